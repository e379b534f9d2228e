package org.libdam.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries, matches and embeddings of dam.h as the generated layer has them. */
class EveryMatchFunctionTest {
  private static final int[] TWO = {2};

  @TempDir Path folder;
  private final long[] queries = new long[1];
  private final long[] snapshot = new long[1];
  private final long[] options = new long[1];
  private long array;

  @BeforeEach
  void open() {
    long[] out = new long[1];
    assertTrue(DamC.dam_open(utf8(folder.resolve("birds").toString()), 0, out));
    array = out[0];
    append("robin", 0, 0);
    append("wren", 3, 0);
    append("swan", 0, 4);
    assertTrue(DamC.dam_snapshot_open(array, snapshot));
    assertTrue(DamC.dam_queries_create(queries));
    assertTrue(DamC.dam_options_create(options));
    assertTrue(DamC.dam_options_set(options[0], DamC.DAM_OPTION_METRIC,
        DamC.DAM_METRIC_EUCLIDEAN));
  }

  @AfterEach
  void close() {
    DamC.dam_options_free(options[0]);
    DamC.dam_queries_free(queries[0]);
    DamC.dam_queries_free(0);
    assertTrue(DamC.dam_snapshot_release(snapshot[0]));
    DamC.dam_close(array);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] floats(float... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(numbers);
    return bytes.array();
  }

  private void append(String id, int x, int y) {
    long[] document = new long[1];
    byte[] json = utf8("{\"id\":\"" + id + "\",\"embedding\":[" + x + "," + y + "]}");
    assertTrue(DamC.dam_document_from_json(json, 0, document));
    ByteBuffer[] lent = new ByteBuffer[1];
    assertTrue(DamC.dam_document_bytes(document[0], lent));
    byte[] bytes = new byte[lent[0].remaining()];
    lent[0].get(bytes);
    DamC.dam_document_free(document[0]);
    assertTrue(DamC.dam_append(array, bytes, 0, null, null));
  }

  private static ByteBuffer column(long results, int column) {
    ByteBuffer[] lent = new ByteBuffer[1];
    assertTrue(DamC.dam_results_read(results, column, lent));
    return lent[0].order(ByteOrder.nativeOrder());
  }

  private long match() {
    long[] results = new long[1];
    assertTrue(DamC.dam_match(snapshot[0], queries[0], 0, options[0], 0, results));
    return results[0];
  }

  @Test
  void queriesComeFromEverywhere() {
    long[] document = new long[1];
    long[] count = new long[1];
    assertTrue(DamC.dam_get(array, utf8("wren"), document));
    assertTrue(DamC.dam_queries_add_document(queries[0], document[0]));
    DamC.dam_document_free(document[0]);
    assertTrue(DamC.dam_queries_add_slice(queries[0], snapshot[0], 0, 3, 2));
    byte[][] ids = {utf8("swan"), utf8("robin")};
    assertTrue(DamC.dam_queries_add_ids(queries[0], snapshot[0], ids));
    assertTrue(DamC.dam_queries_add_matrix(queries[0], DamC.DAM_DTYPE_F32, TWO, floats(3, 1)));
    assertTrue(DamC.dam_queries_count(queries[0], count));
    assertEquals(6, count[0]);
    assertTrue(DamC.dam_options_set(options[0], DamC.DAM_OPTION_LIMIT, 1));
    long results = match();
    long[] positions = new long[6];
    column(results, DamC.DAM_RESULTS_POSITION).asLongBuffer().get(positions);
    assertEquals("[1, 0, 2, 2, 0, 1]", java.util.Arrays.toString(positions));
    DamC.dam_results_free(results);
  }

  @Test
  void distancesCanBeMappedToARange() {
    assertTrue(DamC.dam_queries_add_matrix(queries[0], DamC.DAM_DTYPE_F32, TWO, floats(0, 0)));
    assertTrue(DamC.dam_options_set_number(options[0], DamC.DAM_OPTION_RANGE_TO, 8));
    long results = match();
    double[] distances = new double[3];
    column(results, DamC.DAM_RESULTS_DISTANCE).asDoubleBuffer().get(distances);
    assertEquals("[0.0, 6.0, 8.0]", java.util.Arrays.toString(distances));
    DamC.dam_results_free(results);
  }

  @Test
  void aMatrixThatDoesNotFitIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> DamC.dam_queries_add_matrix(queries[0],
        DamC.DAM_DTYPE_F32, TWO, floats(1, 2, 3)));
    assertThrows(IllegalArgumentException.class,
        () -> DamC.dam_queries_add_matrix(queries[0], DamC.DAM_DTYPE_F32, null, floats(1, 2)));
  }

  @Test
  void embeddingsComeAndGoAsOneMatrix() {
    long[] results = new long[1];
    int[] shape = {3, 2};
    assertTrue(DamC.dam_embeddings_set(array, DamC.DAM_DTYPE_F32, shape,
        floats(1, 2, 3, 4, 5, 6), 0, new long[1]));
    long[] later = new long[1];
    assertTrue(DamC.dam_snapshot_open(array, later));
    assertTrue(DamC.dam_embeddings(later[0], DamC.DAM_DTYPE_F32, results));
    float[] numbers = new float[6];
    column(results[0], DamC.DAM_RESULTS_EMBEDDING).asFloatBuffer().get(numbers);
    assertEquals("[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]", java.util.Arrays.toString(numbers));
    DamC.dam_results_free(results[0]);
    assertTrue(DamC.dam_snapshot_release(later[0]));
  }
}
