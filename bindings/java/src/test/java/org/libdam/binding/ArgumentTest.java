package org.libdam.binding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the generated layer does with arguments that are wrong: an exception, never a crash. */
class ArgumentTest {
  private static final byte[] ROBIN = "robin".getBytes(StandardCharsets.UTF_8);
  /** Sizes around the end of the memory that small arguments get on the stack. */
  private static final int[] SIZES = {0, 1, 2047, 2048, 2049, 65_535};

  @TempDir Path folder;
  private long array;

  @BeforeEach
  void open() {
    long[] out = new long[1];
    byte[] path = folder.resolve("birds").toString().getBytes(StandardCharsets.UTF_8);
    DamC.dam_open(path, 0, out);
    array = out[0];
  }

  @AfterEach
  void close() {
    DamC.dam_close(array);
  }

  private static List<Method> functions() {
    List<Method> functions = new ArrayList<>();
    for (Method method : DamC.class.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())) {
        functions.add(method);
      }
    }
    return functions;
  }

  /** A fine argument of each type; handles are 0, which is none. */
  private static Object sample(Class<?> type) {
    return Map.<Class<?>, Object>ofEntries(
        Map.entry(long.class, 0L), Map.entry(int.class, 0), Map.entry(double.class, 0.0),
        Map.entry(byte[].class, ROBIN.clone()), Map.entry(long[].class, new long[2]),
        Map.entry(int[].class, new int[1]), Map.entry(float[].class, new float[2]),
        Map.entry(double[].class, new double[2]),
        Map.entry(byte[][].class, new byte[][] {ROBIN.clone()}),
        Map.entry(byte[][][].class, new byte[1][][]),
        Map.entry(ByteBuffer.class, ByteBuffer.allocateDirect(64)),
        Map.entry(ByteBuffer[].class, new ByteBuffer[1])).get(type);
  }

  private static Object[] samples(Method function) {
    return Arrays.stream(function.getParameterTypes()).map(ArgumentTest::sample).toArray();
  }

  /** What it threw, or null. */
  private static Throwable failure(Method function, Object[] arguments) throws Exception {
    try {
      function.invoke(null, arguments);
      return null;
    } catch (InvocationTargetException thrown) {
      return thrown.getCause();
    }
  }

  @Test
  void theSamplesCoverEveryParameter() {
    assertTrue(functions().size() > 60);
    for (Method function : functions()) {
      assertFalse(Arrays.asList(samples(function)).contains(null), function.getName());
    }
  }

  @Test
  void noHandleIsRefusedByEveryFunctionThatTakesOne() throws Exception {
    for (Method function : functions()) {
      // A builder may begin with no document.
      boolean takesHandle = !function.getName().equals("dam_builder_create")
          && function.getParameterCount() > 0
          && function.getParameterTypes()[0] == long.class
          && function.getReturnType() == boolean.class;
      if (takesHandle) {
        Throwable thrown = failure(function, samples(function));
        assertTrue(thrown instanceof IllegalArgumentException, function + ": " + thrown);
      }
    }
  }

  @Test
  void nullForAnyArgumentNeverCrashes() throws Exception {
    for (Method function : functions()) {
      for (int i = 0; i < function.getParameterCount(); ++i) {
        Object[] arguments = samples(function);
        if (arguments[i] instanceof Number) {
          continue;
        }
        arguments[i] = null;
        // These are plain pointers: none at all is all one may try.
        boolean isPointer = function.getName().matches(
            "dam_(document|options|filter|results|queries)_.*|dam_tags_open|dam_builder_create");
        if (function.getParameterTypes()[0] == long.class && !isPointer) {
          arguments[0] = array;
        }
        Throwable thrown = failure(function, arguments);
        assertTrue(thrown == null || thrown instanceof RuntimeException, function + ": " + thrown);
      }
    }
  }

  @Test
  void anOutputWithoutAnElementIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> DamC.dam_count(array, new long[0]));
    assertThrows(IllegalArgumentException.class,
        () -> DamC.dam_contains(array, ROBIN, new int[0]));
    assertThrows(IllegalArgumentException.class, () -> DamC.dam_path(array, new byte[0][]));
    assertThrows(IllegalArgumentException.class,
        () -> DamC.dam_ids(array, 0, 1, new byte[0][][]));
    assertThrows(IllegalArgumentException.class,
        () -> DamC.dam_document_id(0, new ByteBuffer[0]));
  }

  @Test
  void handlesForManyIdsNeedRoomForAll() {
    byte[][] ids = {ROBIN, ROBIN, ROBIN};
    assertThrows(IllegalArgumentException.class,
        () -> DamC.dam_get_many(array, ids, new long[2]));
    assertTrue(DamC.dam_get_many(array, ids, new long[3]));
  }

  @Test
  void aBufferThatIsNotDirectIsRefused() {
    assertThrows(IllegalArgumentException.class,
        () -> DamC.dam_read(array, ROBIN, ByteBuffer.allocate(64), new long[1]));
  }

  @Test
  void aCursorNeedsRoomForOffsets() {
    long[] out = new long[1];
    DamC.dam_snapshot_open(array, out);
    long snapshot = out[0];
    DamC.dam_cursor_open(snapshot, 0, 1, 1, out);
    long cursor = out[0];
    ByteBuffer buffer = ByteBuffer.allocateDirect(64);
    for (int room = 0; room < 2; ++room) {
      long[] offsets = new long[room];
      assertThrows(IllegalArgumentException.class,
          () -> DamC.dam_cursor_read(cursor, buffer, offsets, out));
    }
    DamC.dam_cursor_close(cursor);
    DamC.dam_snapshot_release(snapshot);
  }

  @Test
  void aListWithANullItemIsRefusedAndNothingIsStored() {
    long[] document = new long[1];
    DamC.dam_document_from_json("{}".getBytes(StandardCharsets.UTF_8), 0, document);
    ByteBuffer[] lent = new ByteBuffer[1];
    DamC.dam_document_bytes(document[0], lent);
    byte[] bytes = new byte[lent[0].remaining()];
    lent[0].get(bytes);
    DamC.dam_document_free(document[0]);
    assertThrows(IllegalArgumentException.class,
        () -> DamC.dam_extend(array, new byte[][] {bytes, null}, 0, null, null));
    assertThrows(IllegalArgumentException.class,
        () -> DamC.dam_extend(array, null, 0, null, null));
    long[] count = {-1};
    DamC.dam_count(array, count);
    assertEquals(0, count[0]);
  }

  @Test
  void aPathWithANulIsNotCutThere() {
    byte[] path = (folder + "/a\0b").getBytes(StandardCharsets.UTF_8);
    assertThrows(IllegalArgumentException.class, () -> DamC.dam_open(path, 0, new long[1]));
  }

  @Test
  void bytesOfEachSizeArriveWhole() {
    for (int size : SIZES) {
      byte[] text = new byte[size];
      Arrays.fill(text, (byte) 'x');
      byte[] json = ("{\"text\":\"" + new String(text, StandardCharsets.UTF_8) + "\"}")
          .getBytes(StandardCharsets.UTF_8);
      long[] document = new long[1];
      assertTrue(DamC.dam_document_from_json(json, 0, document));
      byte[][] back = new byte[1][];
      assertTrue(DamC.dam_document_to_json(document[0], 0, back));
      assertArrayEquals(json, back[0]);
      DamC.dam_document_free(document[0]);
    }
  }
}
