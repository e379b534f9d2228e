package org.libdam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Array;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every public method, found by reflection: closed, and with null for each argument. */
class MisuseTest {
  /** Methods that are meant to work on what is closed. */
  private static final Set<String> CLOSINGS = Set.of("close", "wait", "equals", "hashCode",
      "getClass", "notify", "notifyAll");

  @TempDir Path folder;
  private DocumentArray array;

  @BeforeEach
  void open() {
    array = DocumentArray.open(folder.resolve("birds"));
    array.extend(Birds.flock(3));
  }

  @AfterEach
  void close() {
    array.close();
  }

  private Object sample(Class<?> type) {
    if (type.isArray()) {
      Object samples = Array.newInstance(type.getComponentType(), 1);
      Array.set(samples, 0, sample(type.getComponentType()));
      return samples;
    }
    return Map.<Class<?>, Object>ofEntries(
        Map.entry(long.class, 0L), Map.entry(int.class, 0), Map.entry(boolean.class, true),
        Map.entry(byte.class, (byte) 0), Map.entry(double.class, 0.0),
        Map.entry(float.class, 0.0f), Map.entry(Field.class, Field.TEXT),
        Map.entry(Tensor.class, Tensor.of(Tensor.Dtype.I8, new int[] {1}, new byte[] {0})),
        Map.entry(Tensor.Dtype.class, Tensor.Dtype.I8),
        Map.entry(Tensor.Format.class, Tensor.Format.COO), Map.entry(Score.class, Score.of(0)),
        Map.entry(Map.class, Map.of()),
        Map.entry(Object.class, "tag"), Map.entry(List.class, List.of()),
        Map.entry(String.class, "bird0"),
        Map.entry(Path.class, folder.resolve("other")), Map.entry(Slice.class, Slice.ALL),
        Map.entry(Document.class, Birds.of("bird0")), Map.entry(Stat.class, Stat.SLOTS),
        Map.entry(WriteOption.class, WriteOption.VISIBLE),
        Map.entry(JsonOption.class, JsonOption.ARRAYS), Map.entry(Iterable.class, List.of()),
        Map.entry(Collection.class, List.of()), Map.entry(Duration.class, Duration.ZERO),
        Map.entry(OpenOptions.class, new OpenOptions()), Map.entry(Task.class, new Task()),
        Map.entry(DocumentArray.class, array),
        Map.entry(PruneOptions.class, new PruneOptions()),
        Map.entry(Filter.class, Filter.parse("{}")),
        Map.entry(Filter.Comparison.class, Filter.Comparison.EQ),
        Map.entry(FindOptions.class, new FindOptions()),
        Map.entry(Queries.class, new Queries()),
        Map.entry(String[].class, new String[0]),
        Map.entry(float[].class, new float[1]),
        Map.entry(MatchOptions.class, new MatchOptions()),
        Map.entry(MatchOptions.Metric.class, MatchOptions.Metric.COSINE),
        Map.entry(java.util.function.Consumer.class,
            (java.util.function.Consumer<Object>) ignored -> {})).get(type);
  }

  private Object[] samples(Executable method) {
    return Arrays.stream(method.getParameterTypes()).map(this::sample).toArray();
  }

  private static List<Method> methods(Class<?> type) {
    List<Method> methods = new ArrayList<>();
    for (Method method : type.getMethods()) {
      if (!method.isBridge() && method.getDeclaringClass().getName().startsWith("org.libdam")) {
        methods.add(method);
      }
    }
    return methods;
  }

  private static Throwable failure(Method method, Object target, Object[] arguments)
      throws Exception {
    try {
      method.invoke(target, arguments);
      return null;
    } catch (InvocationTargetException thrown) {
      return thrown.getCause();
    }
  }

  private void everyMethodIsAnIllegalState(Object closed) throws Exception {
    int called = 0;
    for (Method method : methods(closed.getClass())) {
      boolean isStatic = Modifier.isStatic(method.getModifiers());
      if (isStatic || CLOSINGS.contains(method.getName())) {
        continue;
      }
      Throwable thrown = failure(method, closed, samples(method));
      assertTrue(thrown instanceof IllegalStateException, method + ": " + thrown);
      ++called;
    }
    assertTrue(called > 0);
  }

  @Test
  void aClosedArrayIsAnIllegalState() throws Exception {
    array.close();
    array.close();
    everyMethodIsAnIllegalState(array);
  }

  @Test
  void aClosedSnapshotIsAnIllegalState() throws Exception {
    Snapshot snapshot = array.snapshot();
    snapshot.close();
    snapshot.close();
    everyMethodIsAnIllegalState(snapshot);
  }

  @Test
  void aClosedBatchIsAnIllegalState() throws Exception {
    Batch batch = array.batch();
    batch.close();
    batch.close();
    everyMethodIsAnIllegalState(batch);
  }

  @Test
  void closedResultsAreAnIllegalState() throws Exception {
    Results results = array.find(Filter.parse("{}"));
    results.close();
    results.close();
    for (Method method : methods(Results.class)) {
      if (!List.of("close", "forEach", "spliterator").contains(method.getName())) {
        Throwable thrown = failure(method, results, samples(method));
        assertTrue(thrown instanceof IllegalStateException, method + ": " + thrown);
      }
    }
  }

  @Test
  void aClosedTaskIsAnIllegalState() throws Exception {
    Task task = new Task();
    task.close();
    task.close();
    everyMethodIsAnIllegalState(task);
  }

  @Test
  void aClosedBuilderIsAnIllegalState() throws Exception {
    DocumentBuilder builder = Document.builder();
    builder.close();
    builder.close();
    everyMethodIsAnIllegalState(builder);
  }

  /** Arguments that are null one by one; a varargs array and its element count as two. */
  private void nullIsRefused(Object target, Method method) throws Exception {
    for (int i = 0; i < method.getParameterCount(); ++i) {
      Class<?> type = method.getParameterTypes()[i];
      // An Object is the value of a tag, which may be null.
      if (type.isPrimitive() || type == Object.class) {
        continue;
      }
      Object[] arguments = samples(method);
      arguments[i] = null;
      Throwable thrown = failure(method, target, arguments);
      assertTrue(thrown instanceof NullPointerException, method + " #" + i + ": " + thrown);
      Class<?> item = method.getParameterTypes()[i].getComponentType();
      if (item != null && !item.isPrimitive()) {
        arguments[i] = Array.newInstance(item, 1);
        thrown = failure(method, target, arguments);
        assertTrue(thrown instanceof NullPointerException, method + " #" + i + ": " + thrown);
      }
    }
  }

  @Test
  void nullIsRefusedEverywhere() throws Exception {
    List<Object> targets = List.of(array, array.snapshot(), array.batch(), new OpenOptions(),
        new PruneOptions(), new FindOptions(), new MatchOptions(), Filter.parse("{}"),
        Slice.ALL, Birds.of("robin"), array.cursor(Slice.ALL), Document.builder(), Score.of(1));
    for (Object target : targets) {
      for (Method method : methods(target.getClass())) {
        nullIsRefused(target, method);
      }
      ((target instanceof AutoCloseable && target != array)
          ? (AutoCloseable) target : (AutoCloseable) () -> {}).close();
    }
    assertEquals(3, array.count());
  }

  @Test
  void theSamplesCoverEveryParameter() {
    for (Class<?> type : List.of(DocumentArray.class, Snapshot.class, Batch.class, Task.class,
        OpenOptions.class, Slice.class, Document.class, Cursor.class, DocumentBuilder.class,
        Score.class, Tensor.class, Filter.class, FindOptions.class, Results.class,
        MatchOptions.class)) {
      for (Method method : methods(type)) {
        assertFalse(Arrays.asList(samples(method)).contains(null), method.toString());
      }
    }
  }
}
