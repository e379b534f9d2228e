package org.libdam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups, salvages, and a view that is held while the files under it change. */
@Timeout(60)
class WholeArrayTest {
  private static final int BIRDS = 300;

  @TempDir Path folder;
  private DocumentArray array;

  @BeforeEach
  void open() {
    array = DocumentArray.open(folder.resolve("birds"));
    array.extend(Birds.flock(BIRDS));
  }

  @AfterEach
  void close() {
    array.close();
  }

  private static void failsWith(DamException.Code code, Runnable call) {
    assertEquals(code, assertThrows(DamException.class, call::run).code());
  }

  @Test
  void aBackupIsAnArrayOfItsOwn() {
    Path target = folder.resolve("deep").resolve("backup");
    array.backup(target);
    try (DocumentArray copied = DocumentArray.open(target)) {
      assertTrue(array.hasEqualDocuments(copied));
      assertFalse(array.isSameArray(copied));
      array.delete("bird0");
      assertFalse(array.hasEqualDocuments(copied));
    }
  }

  @Test
  void aBackupDoesNotReplaceWhatIsThere() {
    Path target = folder.resolve("other");
    try (DocumentArray other = DocumentArray.open(target)) {
      other.append(Birds.of("robin"));
      failsWith(DamException.Code.ALREADY_EXISTS, () -> array.backup(target));
      failsWith(DamException.Code.ALREADY_EXISTS, () -> array.backup(array.path()));
      assertEquals(List.of("robin"), Birds.ids(other));
    }
  }

  @Test
  void aCancelledTaskEndsABackup() {
    Path target = folder.resolve("cancelled");
    try (Task task = new Task()) {
      task.cancel();
      failsWith(DamException.Code.CANCELLED, () -> array.backup(target, task));
    }
    try (Task task = new Task()) {
      array.backup(target, task);
      assertTrue(task.done() > 0);
      assertEquals(task.total(), task.done());
    }
  }

  @Test
  void aSalvageTakesWhatIsWhole() throws Exception {
    Path damaged = folder.resolve("damaged");
    Path target = folder.resolve("salvaged");
    Birds.damage(damaged);
    Salvaged found = DocumentArray.salvage(damaged, target);
    assertEquals(2, found.recovered());
    assertEquals(0, found.uncertain());
    assertTrue(found.places().toString().contains("body.bin"));
    failsWith(DamException.Code.ALREADY_EXISTS, () -> DocumentArray.salvage(damaged, target));
    failsWith(DamException.Code.NOT_FOUND,
        () -> DocumentArray.salvage(folder.resolve("absent"), folder.resolve("new")));
    try (Task task = new Task()) {
      assertEquals(2,
          DocumentArray.salvage(damaged, folder.resolve("again"), task).recovered());
    }
  }

  /** Reads all of the snapshot in each way until it is told to stop; how often it did. */
  private static int readUntil(AtomicBoolean stopped, Snapshot snapshot) {
    int rounds = 0;
    do {
      long position = 0;
      for (Document document : snapshot) {
        String id = document.id().orElseThrow();
        assertEquals("bird" + position, id);
        assertEquals(position++, snapshot.position(id).orElseThrow());
      }
      assertEquals(BIRDS, position);
      ++rounds;
    } while (!stopped.get());
    return rounds;
  }

  @Test
  void aSnapshotIsReadAcrossTenPrunes() {
    AtomicBoolean stopped = new AtomicBoolean();
    try (Snapshot snapshot = array.snapshot()) {
      ByteBuffer lent = snapshot.view("bird0").orElseThrow();
      CompletableFuture<Integer> reader =
          CompletableFuture.supplyAsync(() -> readUntil(stopped, snapshot));
      for (int i = 0; i < 10; ++i) {
        array.delete("bird" + i);
        array.prune();
      }
      stopped.set(true);
      assertTrue(reader.join() > 0);
      byte[] bytes = new byte[lent.remaining()];
      lent.get(bytes);
      assertEquals(snapshot.get("bird0").orElseThrow(), Document.of(bytes));
    }
    assertEquals(BIRDS - 10, array.count());
    assertEquals(11, array.stat(Stat.GENERATION));
  }
}
