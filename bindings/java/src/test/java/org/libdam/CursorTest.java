package org.libdam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CursorTest {
  @TempDir Path folder;
  private DocumentArray array;

  @BeforeEach
  void open() {
    array = DocumentArray.open(folder.resolve("birds"));
  }

  @AfterEach
  void close() {
    array.close();
  }

  @Test
  void aLongWalkMeetsEveryDocumentOnce() {
    final int count = 5_000;
    array.extend(Birds.flock(count));
    int next = 0;
    for (Document document : array) {
      assertEquals("bird" + next++, document.id().orElseThrow());
    }
    assertEquals(count, next);
  }

  @Test
  void documentsLongerThanTheBufferArriveWhole() {
    String song = "la".repeat(1 << 20);
    array.append(Birds.of("robin"));
    array.append(Birds.of("nightingale", song));
    array.append(Birds.of("wren"));
    Cursor cursor = array.cursor(Slice.ALL);
    assertEquals("robin", cursor.next().id().orElseThrow());
    assertEquals(Birds.of("nightingale", song).toJson(), cursor.next().toJson());
    assertEquals("wren", cursor.next().id().orElseThrow());
    assertFalse(cursor.hasNext());
  }

  @Test
  void writesMeanwhileAreNotSeen() {
    array.extend(Birds.flock(3));
    try (Cursor cursor = array.cursor(Slice.ALL)) {
      array.delete(Slice.ALL);
      cursor.next();
      cursor.next();
      cursor.next();
      assertFalse(cursor.hasNext());
    }
  }

  @Test
  void theEndStaysTheEnd() {
    Cursor cursor = array.cursor(Slice.ALL);
    assertFalse(cursor.hasNext());
    assertFalse(cursor.hasNext());
    assertThrows(NoSuchElementException.class, cursor::next);
  }

  @Test
  void aClosedCursorIsAnIllegalState() {
    array.extend(Birds.flock(3));
    Cursor cursor = array.cursor(Slice.ALL);
    cursor.next();
    cursor.close();
    cursor.close();
    assertThrows(IllegalStateException.class, cursor::hasNext);
    assertThrows(IllegalStateException.class, cursor::next);
  }

  @Test
  void aDamagedDocumentIsTheEndBehindAllThatPrecedeIt() throws Exception {
    Birds.damage(folder.resolve("damaged"));
    OpenOptions reading = new OpenOptions().readOnly();
    try (DocumentArray reader = DocumentArray.open(folder.resolve("damaged"), reading)) {
      Cursor cursor = reader.cursor(Slice.ALL);
      assertEquals("bird0", cursor.next().id().orElseThrow());
      assertEquals("bird1", cursor.next().id().orElseThrow());
      DamException failure = assertThrows(DamException.class, cursor::hasNext);
      assertEquals(DamException.Code.CORRUPT, failure.code());
      assertFalse(cursor.hasNext());
      assertThrows(NoSuchElementException.class, cursor::next);
      assertThrows(DamException.class, () -> reader.get(Slice.ALL.by(-1)));
      assertEquals(List.of("bird1", "bird0"), Birds.ids(reader.get(Slice.from(-2).by(-1))));
    }
  }

  @Test
  void aCursorOutlivesItsArray() {
    array.extend(Birds.flock(2));
    Cursor cursor = array.cursor(Slice.ALL.by(-1));
    array.close();
    assertEquals("bird1", cursor.next().id().orElseThrow());
    assertEquals("bird0", cursor.next().id().orElseThrow());
  }
}
