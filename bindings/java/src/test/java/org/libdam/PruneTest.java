package org.libdam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneTest {
  @TempDir Path folder;
  private DocumentArray array;

  @BeforeEach
  void open() {
    array = DocumentArray.open(folder.resolve("birds"));
    array.extend(Birds.flock(10));
    array.delete(Slice.of(0, 10, 2));
  }

  @AfterEach
  void closeAndVerify() {
    array.close();
    assertEquals(List.of(), DocumentArray.verify(folder.resolve("birds")));
  }

  @Test
  void theSpaceOfWhatIsDeadIsGivenBack() {
    final long before = array.stat(Stat.BODY_BYTES);
    final long garbage = array.stat(Stat.GARBAGE_PERCENT);
    array.prune();
    assertTrue(array.stat(Stat.BODY_BYTES) < before);
    assertTrue(array.stat(Stat.GARBAGE_PERCENT) < garbage);
    assertEquals(List.of("bird1", "bird3", "bird5", "bird7", "bird9"), Birds.ids(array));
  }

  @Test
  void littleGarbageMayStay() {
    final long generation = array.stat(Stat.GENERATION);
    array.prune(new PruneOptions().garbagePercent(100));
    assertEquals(generation, array.stat(Stat.GENERATION));
    array.prune(new PruneOptions().garbagePercent(1));
    assertEquals(generation + 1, array.stat(Stat.GENERATION));
    assertThrows(IllegalArgumentException.class,
        () -> array.prune(new PruneOptions().garbagePercent(101)));
  }

  @Test
  void theDocumentsTakeTheOrderGiven() {
    array.prune(new PruneOptions().order(4, 3, 2, 1, 0));
    assertEquals(List.of("bird9", "bird7", "bird5", "bird3", "bird1"), Birds.ids(array));
    assertThrows(IllegalArgumentException.class,
        () -> array.prune(new PruneOptions().order(0, 0, 1, 2, 3)));
    assertThrows(IndexOutOfBoundsException.class,
        () -> array.prune(new PruneOptions().order(0, 1, 2, 3, 5)));
  }

  @Test
  void viewsTakenBeforeStayValid() {
    try (Snapshot snapshot = array.snapshot()) {
      ByteBuffer view = snapshot.view("bird1").orElseThrow();
      final int hash = view.hashCode();
      array.prune();
      array.clear();
      assertEquals(hash, view.hashCode());
      assertEquals(5, snapshot.count());
      assertTrue(array.stat(Stat.PINNED_BYTES) > 0);
    }
  }

  @Test
  void aTaskCancelsAPrune() {
    try (Task task = new Task()) {
      array.prune(new PruneOptions().task(task));
      assertTrue(task.total() > 0);
      task.cancel();
      DamException failure = assertThrows(DamException.class,
          () -> array.prune(new PruneOptions().task(task)));
      assertEquals(DamException.Code.CANCELLED, failure.code());
    }
  }

  @Test
  void aClearedArrayIsEmptyAndGoesOn() {
    final long before = array.stat(Stat.REVISION);
    assertTrue(array.clear().revision() > before);
    assertTrue(array.isEmpty());
    array.append(Birds.of("phoenix"));
    assertEquals(List.of("phoenix"), Birds.ids(array));
  }
}
