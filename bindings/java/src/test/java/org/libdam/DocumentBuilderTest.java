package org.libdam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DocumentBuilderTest {
  @Test
  void whatIsSetComesBack() {
    Document wren = Document.builder().id("wren").text("trills")
        .set(Field.URI, "wren.png").set(Field.OFFSET, 7).set(Field.WEIGHT, 0.5)
        .set(Field.META_INFO, new byte[] {1, 0}).set(Field.LOCATION, new float[] {52.5f, 13.4f})
        .embedding(1.5f, -2).build();
    assertEquals(Optional.of("wren"), wren.id());
    assertEquals(Optional.of("trills"), wren.text());
    assertEquals(Optional.of("wren.png"), wren.string(Field.URI));
    assertEquals(OptionalLong.of(7), wren.integer(Field.OFFSET));
    assertEquals(OptionalDouble.of(0.5), wren.number(Field.WEIGHT));
    assertArrayEquals(new byte[] {1, 0}, wren.buffer(Field.META_INFO).orElseThrow());
    assertArrayEquals(new float[] {52.5f, 13.4f}, wren.floats(Field.LOCATION).orElseThrow());
    assertArrayEquals(new float[] {1.5f, -2}, wren.embedding().orElseThrow());
    assertEquals(Optional.of(Field.TEXT), wren.contentType());
  }

  @Test
  void anEmptyDocumentHasNothing() {
    Document empty = Document.builder().build();
    for (Field field : Field.values()) {
      assertFalse(empty.has(field), field.name());
    }
    assertEquals(Optional.empty(), empty.text());
    assertEquals(Optional.empty(), empty.embedding());
    assertEquals(Optional.empty(), empty.floats(Field.LOCATION));
    assertEquals(Optional.empty(), empty.tensor(Field.BLOB));
    assertEquals(OptionalLong.empty(), empty.integer(Field.OFFSET));
    assertEquals(OptionalDouble.empty(), empty.number(Field.WEIGHT));
    assertEquals(Optional.empty(), empty.contentType());
    assertEquals(Map.of(), empty.tags());
    assertEquals(Map.of(), empty.scores(Field.SCORES));
    assertEquals(List.of(), empty.chunks());
  }

  @Test
  void aFieldThatHoldsSomethingElseIsRefused() {
    Document wren = Birds.of("wren");
    assertThrows(IllegalArgumentException.class, () -> wren.string(Field.WEIGHT));
    assertThrows(IllegalArgumentException.class, () -> wren.integer(Field.TEXT));
    assertThrows(IllegalArgumentException.class, () -> wren.children(Field.TEXT));
    assertThrows(IllegalArgumentException.class, () -> wren.floats(Field.TEXT));
    assertThrows(IllegalArgumentException.class,
        () -> Document.builder().set(Field.TEXT, 1));
  }

  @Test
  void tagsKeepTheirTypes() {
    Map<String, Object> tags = new LinkedHashMap<>();
    tags.put("big", Long.MAX_VALUE);
    tags.put("dotted.key\\", Arrays.asList("a", null, List.of(1L, Map.of("deep", true))));
    tags.put("empty", Map.of());
    tags.put("half", 0.5);
    tags.put("ä", "漢字");
    Document document = Document.builder().tags(tags).tag("none", List.of()).build();
    Map<String, Object> read = document.tags();
    assertEquals(List.of("big", "dotted.key\\", "empty", "half", "none", "ä"),
        new ArrayList<>(read.keySet()));
    assertEquals(List.of(), read.get("none"));
    tags.forEach((key, value) -> assertEquals(value, read.get(key)));
    assertThrows(UnsupportedOperationException.class, () -> read.put("new", 1));
  }

  @Test
  void tagsOfEveryJavaTypeAreTaken() {
    Document document = Document.builder().tag("int", 1).tag("short", (short) 2)
        .tag("byte", (byte) 3).tag("float", 0.25f).tag("no", false).tag("nil", null)
        .tag("raw", new byte[] {9}).tagAt("a.b", "below").tagAt("list", List.of(1, 2))
        .tagAt("list.2", 3).build();
    Map<String, Object> tags = document.tags();
    assertEquals(List.of(1L, 2L, 3L),
        List.of(tags.get("int"), tags.get("short"), tags.get("byte")));
    assertEquals(0.25, tags.get("float"));
    assertEquals(false, tags.get("no"));
    assertTrue(tags.containsKey("nil"));
    assertNull(tags.get("nil"));
    assertArrayEquals(new byte[] {9}, (byte[]) tags.get("raw"));
    assertEquals(Map.of("b", "below"), tags.get("a"));
    assertEquals(List.of(1L, 2L, 3L), tags.get("list"));
    DocumentBuilder builder = Document.builder();
    assertThrows(IllegalArgumentException.class, () -> builder.tag("odd", new Object()));
    assertThrows(IllegalArgumentException.class, () -> builder.tag("odd", Map.of(1, 2)));
  }

  @Test
  void tensorsKeepTypeAndShape() {
    Tensor tensor = Tensor.of(Tensor.Dtype.I16, new int[] {2, 1}, new byte[] {1, 0, -1, -1});
    Document document = Document.builder().set(Field.BLOB, tensor).build();
    Tensor read = document.tensor(Field.BLOB).orElseThrow();
    assertEquals(Tensor.Dtype.I16, read.dtype());
    assertArrayEquals(new int[] {2, 1}, read.shape());
    assertEquals(ByteBuffer.wrap(new byte[] {1, 0, -1, -1}), read.data());
    assertEquals(-1, read.data().getShort(2));
    assertArrayEquals(new float[] {1, -1}, document.floats(Field.BLOB).orElseThrow());
    Document short3 = Birds.of("short");
    assertThrows(DamException.class, () -> short3.toBuilder()
        .set(Field.BLOB, Tensor.of(Tensor.Dtype.F64, new int[] {3}, new byte[8])).build());
  }

  @Test
  void everyTypeOfTensorHasItsNumberAndSize() {
    for (Tensor.Dtype dtype : Tensor.Dtype.values()) {
      Tensor one = Tensor.of(dtype, new int[] {1}, new byte[dtype.sizeBytes()]);
      Document document = Document.builder().set(Field.EMBEDDING, one).build();
      assertEquals(dtype, document.tensor(Field.EMBEDDING).orElseThrow().dtype());
      assertArrayEquals(new float[] {0}, document.embedding().orElseThrow());
    }
  }

  @Test
  void quantizedVectorsAreMultipliedOut() {
    float[] vector = {-1, 0.25f, 1};
    Document document = Document.builder().setQuantized(Field.EMBEDDING, vector).build();
    Tensor tensor = document.tensor(Field.EMBEDDING).orElseThrow();
    assertEquals(Tensor.Dtype.I8, tensor.dtype());
    assertEquals(2.0 / 255, tensor.quantization().orElseThrow().scale(), 1e-9);
    assertArrayEquals(vector, document.embedding().orElseThrow(), 2f / 255);
    Document again = Document.builder().set(Field.EMBEDDING, tensor).build();
    assertEquals(document, again);
    assertEquals(tensor.quantization().orElseThrow().zeroPoint(),
        again.tensor(Field.EMBEDDING).orElseThrow().quantization().orElseThrow().zeroPoint());
    assertArrayEquals(new double[] {0.5, -1}, Document.builder().set(Field.BLOB,
        Tensor.of(Tensor.Dtype.I8, new int[] {2}, new byte[] {3, 0}).quantized(0.5, 2)).build()
        .doubles(Field.BLOB).orElseThrow());
  }

  @Test
  void sparseTensorsKeepCoordinatesAndFormat() {
    int[] indices = {0, 50, 99, 1};
    Tensor dense = Tensor.of(Tensor.Dtype.U8, new int[] {100, 100}, new byte[] {7, 9});
    Tensor tensor = dense.sparse(Tensor.Format.CSR, indices);
    Document document = Document.builder().set(Field.EMBEDDING, tensor).build();
    Tensor read = document.tensor(Field.EMBEDDING).orElseThrow();
    assertEquals(Tensor.Format.CSR, read.format());
    assertArrayEquals(indices, read.indices());
    assertArrayEquals(new int[] {100, 100}, read.shape());
    assertArrayEquals(new float[] {7, 9}, document.embedding().orElseThrow());
    assertEquals(Optional.empty(), read.quantization());
    assertEquals(Tensor.Format.DENSE, dense.format());
    assertEquals(0, dense.indices().length);
    DocumentBuilder builder = Document.builder();
    assertThrows(RuntimeException.class, () -> builder
        .set(Field.BLOB, dense.sparse(Tensor.Format.COO, 1)).build());
  }

  @Test
  void whatHoldsItselfIsNoTag() {
    Map<String, Object> endless = new LinkedHashMap<>();
    endless.put("self", endless);
    DocumentBuilder builder = Document.builder();
    assertThrows(IllegalArgumentException.class, () -> builder.tags(endless));
  }

  @Test
  void childrenFollowTheirParent() {
    Document egg = Birds.of("egg");
    Document nest = Document.builder().id("nest").chunk(egg).chunk(Birds.of("twig"))
        .match(Birds.of("other")).build();
    assertEquals(List.of("egg", "twig"), Birds.ids(nest.chunks()));
    assertEquals(Optional.of("nest"), nest.chunks().get(0).string(Field.PARENT_ID));
    assertEquals(OptionalLong.of(1), nest.chunks().get(0).integer(Field.GRANULARITY));
    assertEquals(OptionalLong.of(1), nest.matches().get(0).integer(Field.ADJACENCY));
    Document rest = nest.toBuilder().remove(Field.CHUNKS, -1).build();
    assertEquals(List.of("egg"), Birds.ids(rest.chunks()));
    assertThrows(IndexOutOfBoundsException.class,
        () -> nest.toBuilder().remove(Field.CHUNKS, 2));
  }

  @Test
  void scoresKeepTheirOperands() {
    Score score = Score.of(0.75).withOpName("cosine").withDescription("of both")
        .withRefId("wren").withOperands(List.of(Score.of(1).withOpName("left"), Score.of(2)));
    Document document = Document.builder().score(Field.SCORES, "a.b", score)
        .score(Field.EVALUATIONS, "recall", Score.of(1)).build();
    Score read = document.scores(Field.SCORES).get("a.b");
    assertEquals(0.75, read.value());
    assertEquals("cosine", read.opName());
    assertEquals("of both", read.description());
    assertEquals("wren", read.refId());
    assertEquals(2, read.operands().size());
    assertEquals("left", read.operands().get(0).opName());
    assertEquals(1, document.scores(Field.EVALUATIONS).get("recall").value());
  }

  @Test
  void equalDocumentsAreEqualWhoeverMadeThem() {
    Document built = Document.builder().text("sings").id("robin").build();
    Document read = Birds.of("robin", "sings");
    assertEquals(built, read);
    assertEquals(built.hashCode(), read.hashCode());
    assertEquals(built.contentHash(), Birds.of("another", "sings").contentHash());
    assertNotEquals(built, Birds.of("another", "sings"));
    assertNotEquals(built, Birds.of("robin", "hums"));
    assertNotEquals(built, "robin");
  }

  @Test
  void patchesAndUpdatesMakeNewDocuments() {
    Document robin = Birds.of("robin", "sings");
    assertEquals("{\"id\":\"robin\",\"tags\":{\"grams\":18}}",
        robin.patch("{\"text\":null,\"tags\":{\"grams\":18}}").toJson());
    Document update = Document.builder().tag("red", true).build();
    assertEquals(Map.of("red", true), robin.merge(update).tags());
    assertEquals(Optional.of("sings"), robin.merge(update).text());
    assertThrows(IllegalArgumentException.class, () -> robin.patch("{"));
  }

  @Test
  void aBuilderGoesOnAfterADocument() {
    DocumentBuilder builder = Birds.of("robin", "sings").toBuilder();
    Document first = builder.build();
    Document second = builder.id("wren").clear(Field.TEXT).build();
    assertEquals("{\"id\":\"robin\",\"text\":\"sings\"}", first.toJson());
    assertEquals("{\"id\":\"wren\"}", second.toJson());
    builder.close();
    assertEquals(Optional.of("wren"), second.id());
  }
}
