package org.libdam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatchTest {
  @TempDir Path folder;
  private DocumentArray array;
  private final MatchOptions euclidean =
      new MatchOptions().metric(MatchOptions.Metric.EUCLIDEAN).threads(1);

  @BeforeEach
  void open() {
    array = DocumentArray.open(folder.resolve("birds"));
    array.extend(List.of(bird("robin", 0, 0), bird("wren", 3, 0), bird("swan", 0, 4)));
  }

  @AfterEach
  void close() {
    array.close();
  }

  private static Document bird(String id, int x, int y) {
    return Document.fromJson("{\"id\":\"" + id + "\",\"embedding\":[" + x + "," + y + "]}");
  }

  @Test
  void theNearestComeFirst() {
    Queries queries = new Queries().addVector(0, 0).addVector(3, 1);
    assertEquals(2, queries.count());
    try (Results results = array.match(queries, euclidean.limit(2))) {
      assertEquals(List.of("robin", "wren", "wren", "robin"), results.ids());
      assertArrayEquals(new long[] {0, 0, 1, 1}, results.queries());
      assertArrayEquals(new long[] {0, 1, 1, 0}, results.positions());
      assertArrayEquals(new double[] {0, 3, 1, Math.sqrt(10)}, results.distances());
      assertEquals("wren", results.get(2).id().orElseThrow());
    }
  }

  @Test
  void aFilterComesFirstAndADocumentLeavesItselfOut() {
    try (Snapshot snapshot = array.snapshot(); Task task = new Task()) {
      Queries queries = new Queries().addIds(snapshot, "robin", "swan");
      euclidean.excludeSelf(true).where(Filter.parse("{\"id\":{\"$ne\":\"wren\"}}")).task(task);
      try (Results results = snapshot.match(queries, euclidean)) {
        assertEquals(List.of("swan", "robin"), results.ids());
      }
      task.cancel();
      assertEquals(DamException.Code.CANCELLED, assertThrows(DamException.class,
          () -> snapshot.match(queries, euclidean)).code());
    }
  }

  @Test
  void distancesAreMappedToARange() {
    Queries queries = new Queries().addVector(0, 0);
    try (Results results = array.match(queries, euclidean.range(1, 0))) {
      assertArrayEquals(new double[] {1, 0.25, 0}, results.distances());
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Queries queries = new Queries().addVector(1, 2);
    assertThrows(IllegalArgumentException.class, () -> queries.addVector(1));
    assertThrows(IllegalArgumentException.class, () -> queries.addVector(Float.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> array.match(queries, euclidean.limit(0)));
    assertThrows(DamException.class,
        () -> array.match(queries, new MatchOptions().approximate(true)));
  }
}
