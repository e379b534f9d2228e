package org.libdam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenOptionsTest {
  @TempDir Path folder;

  private static DamException.Code codeOf(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(DamException.class, call).code();
  }

  @Test
  void anAbsentArrayIsMadeUnlessToldNotTo() {
    Path directory = folder.resolve("some/where");
    assertEquals(DamException.Code.NOT_FOUND,
        codeOf(() -> DocumentArray.open(directory, new OpenOptions().create(false))));
    assertFalse(Files.exists(directory));
    DocumentArray.open(directory).close();
    DocumentArray.open(directory, new OpenOptions().create(false)).close();
  }

  @Test
  void aSecondWriterWaitsNoLongerThanItsTimeout() {
    OpenOptions patient = new OpenOptions().lockTimeout(Duration.ofMillis(30));
    try (DocumentArray writer = DocumentArray.open(folder)) {
      assertEquals(0, writer.count());
      long before = System.nanoTime();
      assertEquals(DamException.Code.BUSY, codeOf(() -> DocumentArray.open(folder, patient)));
      assertTrue(System.nanoTime() - before >= Duration.ofMillis(30).toNanos());
    }
  }

  @Test
  void theDurabilityIsThatOfWritesThatChooseNone() {
    OpenOptions durable = new OpenOptions().durability(WriteOption.DURABLE);
    try (DocumentArray array = DocumentArray.open(folder, durable)) {
      long revision = array.append(Birds.of("robin")).revision();
      assertTrue(array.stat(Stat.DURABLE_REVISION) >= revision);
    }
    assertThrows(IllegalArgumentException.class,
        () -> new OpenOptions().durability(WriteOption.UPSERT));
  }

  @Test
  void anEmbeddingMustFitItsColumnUnlessAnyMay() {
    Document long3 = Document.fromJson("{\"id\":\"a\",\"embedding\":[1.5,2.5,3.5]}");
    OpenOptions two = new OpenOptions().embeddingDim(2);
    try (DocumentArray array = DocumentArray.open(folder, two)) {
      assertEquals(2, array.stat(Stat.EMBEDDING_DIM));
      assertEquals(DamException.Code.INVALID_DOCUMENT, codeOf(() -> array.append(long3)));
    }
    try (DocumentArray array = DocumentArray.open(folder, two.anyEmbedding())) {
      array.append(long3);
      assertEquals(1, array.count());
    }
  }

  @Test
  void sharedWritersTakeTurns() {
    OpenOptions shared = new OpenOptions().sharedWriter();
    try (DocumentArray first = DocumentArray.open(folder, shared);
        DocumentArray second = DocumentArray.open(folder, shared)) {
      first.append(Birds.of("robin"));
      second.append(Birds.of("wren"));
      assertEquals(2, second.count());
      assertTrue(first.reload());
      assertEquals(2, first.count());
      assertEquals(DamException.Code.BUSY, codeOf(() -> DocumentArray.open(folder)));
    }
  }

  @Test
  void anIdIsHeldToTheKeyLength() {
    try (DocumentArray array = DocumentArray.open(folder, new OpenOptions().keyLength(4))) {
      assertEquals(4, array.stat(Stat.KEY_LENGTH));
      assertEquals(DamException.Code.TOO_BIG, codeOf(() -> array.append(Birds.of("robin"))));
    }
  }

  @Test
  void aTemporaryArrayHasNoName() {
    Path place = folder.getParent();
    try (DocumentArray array = DocumentArray.open(place, new OpenOptions().temporary())) {
      array.append(Birds.of("robin"));
      assertEquals(1, array.count());
      assertTrue(Files.notExists(place.resolve("body.bin")));
    }
  }

  @Test
  void theOtherOptionsAreKnownToTheLibrary() {
    OpenOptions options = new OpenOptions().upkeepThread(false).checkPayloads(false)
        .windowBytes(1L << 30).allowNetwork().acceptLoss().randomReads().safeReads();
    try (DocumentArray array = DocumentArray.open(folder, options)) {
      array.append(Birds.of("robin"));
      assertTrue(array.contains("robin"));
    }
    assertThrows(IllegalArgumentException.class,
        () -> DocumentArray.open(folder, new OpenOptions().embeddingDim(-1)));
  }

  @Test
  void aVerificationNamesEachDamagedPlace() throws IOException {
    try (DocumentArray array = DocumentArray.open(folder)) {
      array.extend(Birds.flock(20));
    }
    assertEquals(List.of(), DocumentArray.verify(folder));
    Path body = folder.resolve("body.bin");
    try (FileChannel file = FileChannel.open(body, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 4096 + 200);
    }
    List<String> places = DocumentArray.verify(folder);
    assertTrue(places.stream().anyMatch(place -> place.contains("body.bin")), places.toString());
    assertEquals(DamException.Code.NOT_FOUND,
        codeOf(() -> DocumentArray.verify(folder.resolve("nowhere"))));
  }

  @Test
  void aTaskFollowsAndCancelsAVerification() {
    try (DocumentArray array = DocumentArray.open(folder)) {
      array.extend(Birds.flock(20));
    }
    try (Task task = new Task()) {
      assertEquals(List.of(), DocumentArray.verify(folder, task));
      assertTrue(task.done() > 0);
      assertEquals(task.total(), task.done());
      task.cancel();
      assertEquals(DamException.Code.CANCELLED, codeOf(() -> DocumentArray.verify(folder, task)));
      task.close();
      assertThrows(IllegalStateException.class, task::done);
    }
  }
}
