package org.libdam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentArrayTest {
  @TempDir Path folder;
  private Path directory;
  private DocumentArray array;

  @BeforeEach
  void open() {
    directory = folder.resolve("birds");
    array = DocumentArray.open(directory);
  }

  @AfterEach
  void closeAndVerify() {
    array.close();
    assertEquals(List.of(), DocumentArray.verify(directory));
  }

  private static DamException.Code codeOf(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(DamException.class, call).code();
  }

  @Test
  void whatWasAppendedIsFoundAgainAfterReopening() {
    array.append(Birds.of("robin", "sings"));
    array.close();
    array = DocumentArray.open(directory);
    assertEquals(1, array.count());
    assertEquals("{\"id\":\"robin\",\"text\":\"sings\"}",
        array.get("robin").orElseThrow().toJson());
  }

  @Test
  void aNewArrayIsEmpty() {
    assertTrue(array.isEmpty());
    assertEquals(0, array.count());
    assertEquals(List.of(), array.get(Slice.ALL));
    assertFalse(array.iterator().hasNext());
  }

  @Test
  void appendAnswersPositionAndRevision() {
    Commit first = array.append(Birds.of("robin"));
    Commit second = array.append(Birds.of("wren"));
    assertEquals(OptionalLong.of(0), first.position());
    assertEquals(OptionalLong.of(1), second.position());
    assertTrue(second.revision() > first.revision());
    assertEquals(OptionalLong.of(second.revision()), array.revision("wren"));
  }

  @Test
  void aLiveIdIsRefusedUnlessUpserted() {
    array.append(Birds.of("robin", "sings"));
    array.append(Birds.of("wren"));
    assertEquals(DamException.Code.ALREADY_EXISTS,
        codeOf(() -> array.append(Birds.of("robin", "again"))));
    Commit upsert = array.append(Birds.of("robin", "hums"), WriteOption.UPSERT);
    assertEquals(OptionalLong.of(0), upsert.position());
    assertEquals("{\"id\":\"robin\",\"text\":\"hums\"}", array.get(0).toJson());
  }

  @Test
  void aDocumentWithoutAnIdGetsOne() {
    array.append(Document.fromJson("{\"text\":\"anonymous\"}"));
    String id = array.idAt(0);
    assertEquals(36, id.length());
    assertEquals(Optional.of(id), array.get(0).id());
  }

  @Test
  void extendIsAllOrNothing() {
    Commit commit = array.extend(Birds.flock(100));
    assertEquals(OptionalLong.of(0), commit.position());
    List<Document> twins = List.of(Birds.of("twin"), Birds.of("twin"));
    assertEquals(DamException.Code.ALREADY_EXISTS, codeOf(() -> array.extend(twins)));
    assertEquals(100, array.count());
    assertEquals(OptionalLong.empty(), array.extend(List.of()).position());
  }

  @Test
  void absenceIsEmpty() {
    assertEquals(Optional.empty(), array.get("nobody"));
    assertEquals(OptionalLong.empty(), array.position("nobody"));
    assertEquals(OptionalLong.empty(), array.revision("nobody"));
    assertFalse(array.contains("nobody"));
    assertFalse(array.delete("nobody"));
  }

  @Test
  void negativePositionsCountFromTheEnd() {
    array.extend(Birds.flock(3));
    assertEquals("bird2", array.get(-1).id().orElseThrow());
    assertEquals("bird0", array.idAt(-3));
    assertThrows(IndexOutOfBoundsException.class, () -> array.get(3));
    assertThrows(IndexOutOfBoundsException.class, () -> array.get(-4));
    assertThrows(IndexOutOfBoundsException.class, () -> array.idAt(3));
  }

  @Test
  void manyIdsKeepOrderAndRepeats() {
    array.extend(Birds.flock(3));
    List<Optional<Document>> found = array.get(List.of("bird2", "nobody", "bird0", "bird2"));
    assertEquals(4, found.size());
    assertEquals("bird2", found.get(0).orElseThrow().id().orElseThrow());
    assertEquals(Optional.empty(), found.get(1));
    assertEquals("bird0", found.get(2).orElseThrow().id().orElseThrow());
    assertEquals(found.get(0).orElseThrow().toJson(), found.get(3).orElseThrow().toJson());
    assertEquals(List.of(), array.get(Set.of()));
  }

  @Test
  void idsComeInPages() {
    array.extend(Birds.flock(5));
    assertEquals(List.of("bird1", "bird2"), array.ids(1, 2));
    assertEquals(List.of("bird4"), array.ids(-1, 10));
    assertEquals(List.of(), array.ids(5, 10));
    assertThrows(IllegalArgumentException.class, () -> array.ids(0, -1));
  }

  @Test
  void slicesFollowPythonsRules() {
    array.extend(Birds.flock(5));
    assertEquals(List.of("bird1", "bird2"), Birds.ids(array.get(Slice.of(1, 3))));
    assertEquals(List.of("bird3", "bird4"), Birds.ids(array.get(Slice.from(-2))));
    assertEquals(List.of("bird0", "bird1"), Birds.ids(array.get(Slice.to(-3))));
    assertEquals(List.of("bird4", "bird2", "bird0"), Birds.ids(array.get(Slice.ALL.by(-2))));
    assertEquals(List.of("bird4", "bird3"), Birds.ids(array.get(Slice.of(9, 2, -1))));
    assertEquals(List.of(), array.get(Slice.of(3, 1)));
    assertThrows(IllegalArgumentException.class, () -> Slice.of(0, 1, 0));
  }

  @Test
  void setReplacesAndKeepsThePosition() {
    array.extend(Birds.flock(2));
    array.set("bird0", Birds.of("bird0", "hums"));
    assertEquals(OptionalLong.of(0), array.position("bird0"));
    array.set(-1, Birds.of("owl", "hoots"));
    assertEquals(List.of("bird0", "owl"), Birds.ids(array));
    assertEquals(DamException.Code.NOT_FOUND,
        codeOf(() -> array.set("nobody", Birds.of("nobody"))));
    assertThrows(IllegalArgumentException.class, () -> array.set("owl", Birds.of("crow")));
  }

  @Test
  void anUnexpectedRevisionIsAConflict() {
    long old = array.append(Birds.of("robin", "sings")).revision();
    long now = array.set("robin", Birds.of("robin", "hums"), old).revision();
    assertEquals(DamException.Code.CONFLICT,
        codeOf(() -> array.set("robin", Birds.of("robin", "late"), old)));
    assertEquals(DamException.Code.CONFLICT,
        codeOf(() -> array.set(0, Birds.of("robin", "late"), old)));
    assertEquals(DamException.Code.CONFLICT, codeOf(() -> array.delete("robin", old)));
    assertEquals(DamException.Code.CONFLICT, codeOf(() -> array.delete(0, old)));
    assertTrue(array.delete("robin", now));
  }

  @Test
  void aPatchChangesOneDocument() {
    long old = array.append(Birds.of("robin", "sings")).revision();
    array.patch("robin", "{\"tags\":{\"grams\":18}}");
    assertEquals("{\"id\":\"robin\",\"tags\":{\"grams\":18},\"text\":\"sings\"}",
        array.get("robin").orElseThrow().toJson());
    assertEquals(DamException.Code.CONFLICT, codeOf(() -> array.patch("robin", "{}", old)));
    assertEquals(DamException.Code.NOT_FOUND, codeOf(() -> array.patch("nobody", "{}")));
  }

  @Test
  void copiesAreEqualButNotTheSame() {
    array.extend(Birds.flock(5));
    try (DocumentArray copy = DocumentArray.open(folder.resolve("copy"));
        DocumentArray reader = DocumentArray.open(directory, new OpenOptions().readOnly())) {
      assertEquals(5, array.copyInto(copy));
      assertTrue(array.hasEqualDocuments(copy));
      assertFalse(array.isSameArray(copy));
      assertTrue(array.isSameArray(reader));
      assertEquals(DamException.Code.ALREADY_EXISTS, codeOf(() -> array.copyInto(copy)));
      copy.delete(0);
      assertFalse(array.hasEqualDocuments(copy));
      try (Snapshot snapshot = array.snapshot()) {
        snapshot.copyInto(Slice.to(1), copy, WriteOption.UPSERT);
      }
      assertEquals(List.of("bird1", "bird2", "bird3", "bird4", "bird0"), Birds.ids(copy));
    }
  }

  @Test
  void deletesMoveLaterPositionsDown() {
    array.extend(Birds.flock(6));
    assertTrue(array.delete("bird0"));
    array.delete(-1);
    assertEquals(2, array.delete(Slice.of(1, 3)));
    assertEquals(List.of("bird1", "bird4"), Birds.ids(array));
    assertThrows(IndexOutOfBoundsException.class, () -> array.delete(2));
  }

  @Test
  void idsOfEveryKindKeepTheirCharacters() {
    List<String> ids = List.of("ä", "漢字", "🐦", "a\0b", "x".repeat(65_535));
    for (String id : ids) {
      String escaped = id.replace("\0", "\\u0000");
      array.append(Birds.of(escaped));
    }
    assertEquals(ids, Birds.ids(array));
    for (int i = 0; i < ids.size(); ++i) {
      assertEquals(OptionalLong.of(i), array.position(ids.get(i)));
      assertEquals(ids.get(i), array.idAt(i));
    }
    assertEquals(ids, array.ids(0, 10));
  }

  @Test
  void aReaderFollowsByReload() {
    try (DocumentArray reader =
        DocumentArray.open(directory, new OpenOptions().readOnly())) {
      assertFalse(reader.reload());
      array.append(Birds.of("robin"), WriteOption.BUFFERED);
      assertFalse(reader.reload());
      array.flush();
      assertTrue(reader.reload());
      assertEquals(1, reader.count());
      assertEquals(DamException.Code.READ_ONLY, codeOf(() -> reader.append(Birds.of("wren"))));
    }
  }

  @Test
  void aWaitAnswersTheNextCommit() {
    long before = array.append(Birds.of("robin")).revision();
    try (DocumentArray reader =
        DocumentArray.open(directory, new OpenOptions().readOnly())) {
      assertEquals(OptionalLong.empty(), reader.awaitCommit(before, Duration.ofMillis(1)));
      long after = array.append(Birds.of("wren")).revision();
      assertEquals(OptionalLong.of(after), reader.awaitCommit(before, Duration.ofSeconds(30)));
      assertEquals(2, reader.count());
    }
  }

  @Test
  void syncMakesCommitsDurable() {
    long revision = array.append(Birds.of("robin")).revision();
    array.sync();
    assertTrue(array.stat(Stat.DURABLE_REVISION) >= revision);
    array.append(Birds.of("wren"), WriteOption.DURABLE);
    assertEquals(array.stat(Stat.REVISION), array.stat(Stat.DURABLE_REVISION));
  }

  @Test
  void everyStatAnswers() {
    array.append(Birds.of("robin"));
    for (Stat stat : Stat.values()) {
      assertTrue(array.stat(stat) >= 0, stat.name());
    }
    assertEquals(1, array.stat(Stat.DOCUMENTS));
  }

  @Test
  void anArrayNamesItsDirectory() {
    assertEquals(directory, array.path());
    assertEquals("array " + directory, array.toString());
  }

  @Test
  void streamsReadInOrder() {
    array.extend(Birds.flock(10));
    try (var documents = array.stream(Slice.from(7))) {
      assertEquals("bird7", documents.findFirst().orElseThrow().id().orElseThrow());
    }
    assertEquals(10, array.stream().count());
  }

  @Test
  void documentsOfEverySizeAreReadWhole() {
    for (int size : new int[] {1, 4_000, 5_000, 100_000, 2_000_000, 10}) {
      Document song = Birds.of("song" + size, "a".repeat(size));
      array.append(song);
      assertEquals(song, array.get("song" + size).orElseThrow());
      assertEquals(song, array.get(-1));
      assertEquals("song" + size, array.idAt(-1));
    }
    String longest = "i".repeat(65_535);
    array.append(Birds.of(longest));
    assertEquals(longest, array.idAt(-1));
  }
}
