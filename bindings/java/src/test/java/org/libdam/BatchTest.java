package org.libdam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {
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

  @Test
  void aMixOfWritesIsSeenAtOnce() {
    try (Batch batch = array.batch()) {
      batch.append(Birds.of("owl"))
          .append(Birds.of("bird0", "upserted"), WriteOption.UPSERT)
          .set("bird1", Birds.of("bird1", "hums"))
          .set(2, Birds.of("crow"))
          .delete("bird1");
      assertEquals(List.of("bird0", "bird1", "bird2"), Birds.ids(array));
      Commit commit = batch.commit();
      assertEquals(OptionalLong.of(commit.revision()), array.revision("owl"));
    }
    assertEquals(List.of("bird0", "crow", "owl"), Birds.ids(array));
  }

  @Test
  void aBatchThatIsNotCommittedChangesNothing() {
    try (Batch batch = array.batch()) {
      batch.delete(0).delete("bird1");
    }
    assertEquals(3, array.count());
  }

  @Test
  void aFailingCommitStoresNothing() {
    Batch batch = array.batch().append(Birds.of("owl")).append(Birds.of("bird0"));
    DamException failure = assertThrows(DamException.class, batch::commit);
    assertEquals(DamException.Code.ALREADY_EXISTS, failure.code());
    assertFalse(array.contains("owl"));
    assertThrows(IllegalStateException.class, batch::commit);
  }

  @Test
  void expectedRevisionsAreComparedAtTheCommit() {
    long old = array.revision("bird0").orElseThrow();
    array.set("bird0", Birds.of("bird0", "hums"));
    List<Batch> batches = List.of(
        array.batch().set("bird0", Birds.of("bird0"), old),
        array.batch().set(0, Birds.of("bird0"), old),
        array.batch().delete("bird0", old),
        array.batch().delete(0, old));
    for (Batch batch : batches) {
      DamException failure = assertThrows(DamException.class, batch::commit);
      assertEquals(DamException.Code.CONFLICT, failure.code());
    }
  }

  @Test
  void anEndedBatchIsAnIllegalState() {
    Batch batch = array.batch().append(Birds.of("owl"));
    batch.commit(WriteOption.DURABLE);
    batch.close();
    assertThrows(IllegalStateException.class, () -> batch.append(Birds.of("crow")));
    assertTrue(array.contains("owl"));
  }
}
