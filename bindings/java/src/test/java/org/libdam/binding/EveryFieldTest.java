package org.libdam.binding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each function of dam.h for the fields of documents, built and read back. */
class EveryFieldTest {
  private static final byte[] HEIGHT = utf8("body.height");
  private static final byte[] COSINE = utf8("cosine");
  private static final float[] VECTOR = {1.5f, -2, 0.25f};

  private long builder;
  private long document;

  @BeforeEach
  void begin() {
    long[] out = new long[1];
    assertTrue(DamC.dam_builder_create(0, out));
    builder = out[0];
  }

  @AfterEach
  void end() {
    DamC.dam_document_free(document);
    assertTrue(DamC.dam_builder_discard(builder));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  private static int[] words(ByteBuffer lent) {
    int[] words = new int[lent.remaining() / Integer.BYTES];
    lent.order(ByteOrder.nativeOrder()).asIntBuffer().get(words);
    return words;
  }

  private void finish() {
    DamC.dam_document_free(document);
    document = 0;
    long[] out = new long[1];
    assertTrue(DamC.dam_builder_finish(builder, out));
    document = out[0];
  }

  @Test
  void stringsBytesAndNumbersComeBack() {
    assertTrue(DamC.dam_builder_set_string(builder, DamC.DAM_FIELD_URI, utf8("a.png")));
    assertTrue(DamC.dam_builder_set_buffer(builder, DamC.DAM_FIELD_BUFFER, new byte[] {1, 0}));
    assertTrue(DamC.dam_builder_set_integer(builder, DamC.DAM_FIELD_OFFSET, 4_294_967_295L));
    assertTrue(DamC.dam_builder_set_number(builder, DamC.DAM_FIELD_WEIGHT, 0.5));
    assertTrue(DamC.dam_builder_set_integer(builder, DamC.DAM_FIELD_SIBLINGS, 1));
    assertTrue(DamC.dam_builder_clear(builder, DamC.DAM_FIELD_SIBLINGS));
    finish();
    ByteBuffer[] lent = new ByteBuffer[1];
    assertTrue(DamC.dam_document_string(document, DamC.DAM_FIELD_URI, lent));
    assertEquals("a.png", text(lent[0]));
    assertTrue(DamC.dam_document_buffer(document, DamC.DAM_FIELD_BUFFER, lent));
    assertEquals(ByteBuffer.wrap(new byte[] {1, 0}), lent[0]);
    long[] integer = new long[1];
    assertTrue(DamC.dam_document_integer(document, DamC.DAM_FIELD_OFFSET, integer));
    assertEquals(4_294_967_295L, integer[0]);
    double[] number = new double[1];
    assertTrue(DamC.dam_document_number(document, DamC.DAM_FIELD_WEIGHT, number));
    assertEquals(0.5, number[0]);
    int[] found = new int[1];
    assertTrue(DamC.dam_document_has(document, DamC.DAM_FIELD_SIBLINGS, found));
    assertEquals(0, found[0]);
    assertTrue(DamC.dam_document_content_type(document, found));
    assertEquals(DamC.DAM_FIELD_BUFFER, found[0]);
  }

  @Test
  void childrenAreDocuments() {
    assertTrue(DamC.dam_builder_set_string(builder, DamC.DAM_FIELD_ID, utf8("egg")));
    finish();
    assertTrue(DamC.dam_builder_set_string(builder, DamC.DAM_FIELD_ID, utf8("nest")));
    assertTrue(DamC.dam_builder_add_child(builder, DamC.DAM_FIELD_CHUNKS, document));
    finish();
    long[] out = new long[1];
    assertTrue(DamC.dam_document_count(document, DamC.DAM_FIELD_CHUNKS, out));
    assertEquals(1, out[0]);
    assertTrue(DamC.dam_document_child(document, DamC.DAM_FIELD_CHUNKS, -1, out));
    ByteBuffer[] lent = new ByteBuffer[1];
    assertTrue(DamC.dam_document_string(out[0], DamC.DAM_FIELD_PARENT_ID, lent));
    assertEquals("nest", text(lent[0]));
    DamC.dam_document_free(out[0]);
    assertTrue(DamC.dam_builder_remove_child(builder, DamC.DAM_FIELD_CHUNKS, 0));
    assertFalse(DamC.dam_builder_remove_child(builder, DamC.DAM_FIELD_MATCHES, 0));
  }

  @Test
  void documentsArePatchedMergedHashedAndCompared() {
    assertTrue(DamC.dam_builder_set_string(builder, DamC.DAM_FIELD_ID, utf8("wren")));
    finish();
    long[] patched = new long[1];
    assertTrue(DamC.dam_document_patch(document, utf8("{\"text\":\"trills\"}"), patched));
    long[] merged = new long[1];
    assertTrue(DamC.dam_document_merge(document, patched[0], merged));
    int[] equal = {-1};
    assertTrue(DamC.dam_document_equal(patched[0], merged[0], equal));
    assertEquals(1, equal[0]);
    assertTrue(DamC.dam_document_equal(document, merged[0], equal));
    assertEquals(0, equal[0]);
    long[] hash = new long[1];
    long[] other = new long[1];
    assertTrue(DamC.dam_document_hash(patched[0], hash));
    assertTrue(DamC.dam_document_hash(merged[0], other));
    assertEquals(hash[0], other[0]);
    DamC.dam_document_free(patched[0]);
    DamC.dam_document_free(merged[0]);
  }

  @Test
  void tensorsComeBackAsTheyLieAndAsNumbers() {
    byte[] data = {0, 0, -128, 63, 0, 0, 0, 64};
    assertTrue(DamC.dam_builder_set_tensor(
        builder, DamC.DAM_FIELD_BLOB, DamC.DAM_DTYPE_F32, new int[] {1, 2}, data));
    assertTrue(DamC.dam_builder_set_floats(builder, DamC.DAM_FIELD_EMBEDDING, VECTOR));
    finish();
    int[] dtype = {-1};
    ByteBuffer[] shape = new ByteBuffer[1];
    ByteBuffer[] lent = new ByteBuffer[1];
    assertTrue(
        DamC.dam_document_tensor(document, DamC.DAM_FIELD_BLOB, dtype, shape, lent));
    assertEquals(DamC.DAM_DTYPE_F32, dtype[0]);
    assertArrayEquals(new int[] {1, 2}, words(shape[0]));
    assertEquals(ByteBuffer.wrap(data), lent[0]);
    float[] floats = new float[3];
    long[] count = new long[1];
    assertTrue(DamC.dam_document_floats(document, DamC.DAM_FIELD_EMBEDDING, floats, count));
    assertArrayEquals(VECTOR, floats);
    double[] doubles = new double[2];
    assertTrue(DamC.dam_document_doubles(document, DamC.DAM_FIELD_BLOB, doubles, count));
    assertArrayEquals(new double[] {1, 2}, doubles);
    assertThrows(RuntimeException.class,
        () -> DamC.dam_document_floats(document, DamC.DAM_FIELD_EMBEDDING, null, count));
    assertEquals(3, count[0]);
  }

  @Test
  void sparseAndQuantizedTensorsTellWhatTheyAre() {
    assertTrue(DamC.dam_builder_set_tensor(builder, DamC.DAM_FIELD_BLOB, DamC.DAM_DTYPE_I8,
        new int[] {9}, new byte[] {5}));
    assertTrue(DamC.dam_builder_set_sparse(
        builder, DamC.DAM_FIELD_BLOB, DamC.DAM_FORMAT_COO, new int[] {7}));
    assertTrue(DamC.dam_builder_set_quantized(builder, DamC.DAM_FIELD_EMBEDDING, VECTOR));
    assertTrue(DamC.dam_builder_set_quantization(builder, DamC.DAM_FIELD_EMBEDDING, 0.5, 3));
    finish();
    int[] format = new int[1];
    ByteBuffer[] indices = new ByteBuffer[1];
    assertTrue(DamC.dam_document_sparse(document, DamC.DAM_FIELD_BLOB, format, indices));
    assertEquals(DamC.DAM_FORMAT_COO, format[0]);
    assertArrayEquals(new int[] {7}, words(indices[0]));
    assertFalse(DamC.dam_document_sparse(document, DamC.DAM_FIELD_EMBEDDING, format, indices));
    double[] scale = new double[1];
    int[] zeroPoint = new int[1];
    assertTrue(DamC.dam_document_quantization(
        document, DamC.DAM_FIELD_EMBEDDING, scale, zeroPoint));
    assertEquals(0.5, scale[0]);
    assertEquals(3, zeroPoint[0]);
  }

  @Test
  void floatsAreQuantizedAndBack() {
    byte[] quantized = new byte[3];
    double[] scale = new double[1];
    int[] zeroPoint = new int[1];
    assertTrue(DamC.dam_quantize(VECTOR, quantized, scale, zeroPoint));
    float[] back = new float[3];
    assertTrue(DamC.dam_dequantize(quantized, scale[0], zeroPoint[0], back));
    assertArrayEquals(VECTOR, back, (float) scale[0]);
    assertThrows(IllegalArgumentException.class,
        () -> DamC.dam_quantize(VECTOR, new byte[2], scale, zeroPoint));
    assertThrows(IllegalArgumentException.class,
        () -> DamC.dam_dequantize(quantized, 1, 0, new float[2]));
  }

  @Test
  void tagsOfEachKindComeBack() {
    assertTrue(DamC.dam_builder_set_tag(builder, utf8("wild"), DamC.DAM_TAG_TRUE));
    assertTrue(DamC.dam_builder_set_tag_integer(builder, utf8("grams"), Long.MAX_VALUE));
    assertTrue(DamC.dam_builder_set_tag_number(builder, HEIGHT, 0.125));
    assertTrue(DamC.dam_builder_set_tag_string(builder, utf8("name"), utf8("wren")));
    assertTrue(DamC.dam_builder_set_tag_buffer(builder, utf8("raw"), new byte[] {0}));
    assertTrue(DamC.dam_builder_clear_tag(builder, utf8("wild")));
    finish();
    int[] kind = new int[1];
    long[] integer = new long[1];
    double[] number = new double[1];
    ByteBuffer[] lent = new ByteBuffer[1];
    assertTrue(DamC.dam_document_tag(document, HEIGHT, kind, integer, number, lent));
    assertEquals(0.125, number[0]);
    assertFalse(DamC.dam_document_tag(document, utf8("wild"), kind, null, null, null));
    assertTrue(DamC.dam_document_tag(document, utf8("name"), kind, integer, number, lent));
    assertEquals("wren", text(lent[0]));
    long[] tags = new long[1];
    assertTrue(DamC.dam_tags_open(document, new byte[0], tags));
    int[] depth = new int[1];
    ByteBuffer[] key = new ByteBuffer[1];
    StringBuilder walk = new StringBuilder();
    while (DamC.dam_tags_next(tags[0], kind, integer, number, lent)) {
      assertTrue(DamC.dam_tags_key(tags[0], depth, key));
      walk.append(depth[0]).append(text(key[0])).append(' ');
    }
    assertEquals("0body 1height 0grams 0name 0raw ", walk.toString());
    assertTrue(DamC.dam_tags_close(tags[0]));
  }

  @Test
  void scoresHaveValuesAndStrings() {
    int field = DamC.DAM_FIELD_SCORES;
    assertTrue(DamC.dam_builder_set_score(builder, field, COSINE, 0.75));
    assertTrue(DamC.dam_builder_set_score_string(
        builder, field, COSINE, DamC.DAM_SCORE_OP_NAME, utf8("dot")));
    finish();
    double[] value = new double[1];
    long[] operands = {-1};
    assertTrue(DamC.dam_document_score(document, field, COSINE, value, operands));
    assertEquals(0.75, value[0]);
    assertEquals(0, operands[0]);
    ByteBuffer[] lent = new ByteBuffer[1];
    assertTrue(DamC.dam_document_score_string(
        document, field, COSINE, DamC.DAM_SCORE_OP_NAME, lent));
    assertEquals("dot", text(lent[0]));
    assertTrue(DamC.dam_document_score_name(document, field, 0, lent));
    assertEquals("cosine", text(lent[0]));
  }
}
