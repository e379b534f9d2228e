package org.libdam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindTest {
  @TempDir Path folder;
  private DocumentArray array;

  @BeforeEach
  void open() {
    array = DocumentArray.open(folder.resolve("birds"));
    Document beak = Document.builder().id("beak").text("sharp").build();
    Document robin =
        Document.builder().id("robin").text("sings").tag("grams", 18).chunk(beak).build();
    Document wren = Document.builder().id("wren").text("sings loud").tag("grams", 9.5).build();
    Document swan = Document.builder().id("swan").tag("grams", 11_000).tag("eggs", 11_000).build();
    array.extend(List.of(robin, wren, swan));
  }

  @AfterEach
  void close() {
    array.close();
  }

  private List<String> found(Filter filter) {
    try (Results results = array.find(filter)) {
      assertEquals(results.count(), array.countWhere(filter));
      assertEquals(results.ids(), Birds.ids(results));
      return results.ids();
    }
  }

  @Test
  void whatPassesIsFoundInOrder() {
    assertEquals(List.of("robin", "wren"), found(Filter.parse("{\"tags.grams\":{\"$lt\":20}}")));
    assertEquals(List.of("robin", "wren", "swan"), found(Filter.parse("{}")));
    try (Results results = array.find(Filter.exists("tags.eggs"))) {
      assertArrayEquals(new long[] {2}, results.positions());
      assertEquals("swan", results.get(0).id().orElseThrow());
      assertThrows(IndexOutOfBoundsException.class, () -> results.get(1));
      Iterator<Document> rows = results.iterator();
      rows.next();
      assertThrows(NoSuchElementException.class, rows::next);
    }
  }

  @Test
  void filtersAreMadeOfOneAnother() {
    Filter light = Filter.where("tags.grams", Filter.Comparison.LT, 20);
    Filter loud = Filter.matches("text", "loud$");
    assertEquals(List.of("robin"), found(light.and(loud.negated())));
    assertEquals(List.of("wren", "swan"), found(loud.or(light.negated())));
    assertEquals(List.of("wren"), found(Filter.where("tags.grams", Filter.Comparison.LTE, 9.5)));
    assertEquals(List.of("robin"), found(Filter.where("text", Filter.Comparison.EQ, "sings")));
    assertEquals(List.of("swan"),
        found(Filter.whereField("tags.grams", Filter.Comparison.EQ, "tags.eggs")));
  }

  @Test
  void otherLevelsAndPortionsAreChosen() {
    try (Snapshot snapshot = array.snapshot(); Task task = new Task()) {
      FindOptions chunks = new FindOptions().levels("c").task(task);
      assertEquals(List.of("beak"), snapshot.find(Filter.parse("{}"), chunks).ids());
      FindOptions second = new FindOptions().offset(1).limit(1);
      assertEquals(List.of("wren"), array.find(Filter.parse("{}"), second).ids());
      assertThrows(IllegalArgumentException.class,
          () -> snapshot.find(Filter.parse("{}"), new FindOptions().levels("x")));
      task.cancel();
      assertEquals(DamException.Code.CANCELLED, assertThrows(DamException.class,
          () -> snapshot.find(Filter.parse("{}"), chunks)).code());
    }
  }

  @Test
  void documentsAreDeletedByFilter() {
    Filter sings = Filter.matches("text", "^sings");
    try (Snapshot snapshot = array.snapshot()) {
      assertTrue(snapshot.explain(sings).contains("text"));
      assertEquals(2, array.deleteWhere(sings, WriteOption.DURABLE));
      assertEquals(2, snapshot.countWhere(sings));
    }
    assertEquals(List.of("swan"), Birds.ids(array));
  }

  @Test
  void resultsOutliveTheirArray() {
    Results results = array.find(Filter.where("id", Filter.Comparison.EQ, "robin"));
    array.clear();
    array.close();
    Document robin = results.get(0);
    results.close();
    assertEquals("sings", robin.text().orElseThrow());
  }

  @Test
  void whatIsNoFilterIsAnIllegalArgument() {
    for (String wrong : List.of("{", "{\"a\":{\"$near\":1}}", "{\"text\":{\"$regex\":\"(\"}}")) {
      assertThrows(IllegalArgumentException.class, () -> Filter.parse(wrong));
    }
    assertThrows(IllegalArgumentException.class, () -> Filter.matches("text", "("));
    assertThrows(IllegalArgumentException.class, () -> Filter.exists("a\\b"));
  }
}
