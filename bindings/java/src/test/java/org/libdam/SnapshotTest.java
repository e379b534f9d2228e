package org.libdam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
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
  void aSnapshotAnswersTheSameForEver() {
    try (Snapshot snapshot = array.snapshot()) {
      final long revision = snapshot.revision();
      array.delete("bird0");
      array.append(Birds.of("owl"));
      array.close();
      assertEquals(3, snapshot.count());
      assertEquals(revision, snapshot.revision());
      assertEquals(List.of("bird0", "bird1", "bird2"), Birds.ids(snapshot));
      assertFalse(snapshot.contains("owl"));
      assertTrue(snapshot.contains("bird0"));
    }
  }

  @Test
  void idsAndPositionsLeadToDocuments() {
    try (Snapshot snapshot = array.snapshot()) {
      assertEquals("bird1", snapshot.get("bird1").orElseThrow().id().orElseThrow());
      assertEquals("bird2", snapshot.get(-1).id().orElseThrow());
      assertEquals(OptionalLong.of(1), snapshot.position("bird1"));
      assertEquals("bird1", snapshot.idAt(1));
      assertEquals(Optional.empty(), snapshot.get("nobody"));
      assertEquals(Optional.empty(), snapshot.view("nobody"));
      assertThrows(IndexOutOfBoundsException.class, () -> snapshot.get(3));
      assertThrows(IndexOutOfBoundsException.class, () -> snapshot.view(3));
    }
  }

  @Test
  void viewsShowTheBytesWithoutLettingThemChange() {
    try (Snapshot snapshot = array.snapshot()) {
      ByteBuffer view = snapshot.view("bird1").orElseThrow();
      byte[] bytes = new byte[view.remaining()];
      view.duplicate().get(bytes);
      assertArrayEquals(array.get("bird1").orElseThrow().toBytes(), bytes);
      assertTrue(view.isDirect());
      assertEquals(ByteOrder.LITTLE_ENDIAN, view.order());
      assertThrows(ReadOnlyBufferException.class, () -> view.put(0, (byte) 1));
    }
  }

  @Test
  void aViewOutlivesSnapshotAndArray() throws InterruptedException {
    Snapshot snapshot = array.snapshot();
    ByteBuffer slice = snapshot.view(-1).slice();
    final byte[] expected = array.get(-1).toBytes();
    snapshot.close();
    array.close();
    // What is kept only by Java's references would be gone by now.
    for (int round = 0; round < 5; ++round) {
      System.gc();
      Thread.sleep(20);
      byte[] bytes = new byte[expected.length];
      slice.duplicate().get(bytes);
      assertArrayEquals(expected, bytes);
    }
  }

  @Test
  void aClosedSnapshotIsAnIllegalState() {
    Snapshot snapshot = array.snapshot();
    final ByteBuffer held = snapshot.view(0);
    snapshot.close();
    snapshot.close();
    assertThrows(IllegalStateException.class, snapshot::count);
    assertThrows(IllegalStateException.class, () -> snapshot.view(0));
    assertThrows(IllegalStateException.class, () -> snapshot.get("bird0"));
    assertTrue(held.remaining() > 0);
  }
}
