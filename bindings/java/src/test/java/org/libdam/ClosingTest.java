package org.libdam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ends that come while others work, and ends that nobody brings about. */
@Timeout(60)
class ClosingTest {
  private static final int ROUNDS = 30;
  private static final int READERS = 4;

  @TempDir Path folder;

  /** Reads until the target is closed; how often it did. */
  private interface Reading {
    void once();
  }

  private static int readUntilClosed(Reading reading, CountDownLatch started) {
    int times = 0;
    try {
      while (true) {
        reading.once();
        if (times++ == 0) {
          started.countDown();
        }
      }
    } catch (IllegalStateException closed) {
      return times;
    }
  }

  private static void closeWhileRead(AutoCloseable target, List<Reading> readings)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    CountDownLatch started = new CountDownLatch(READERS);
    List<Future<Integer>> readers = new ArrayList<>();
    for (int i = 0; i < READERS; ++i) {
      Reading reading = readings.get(i % readings.size());
      readers.add(threads.submit(() -> readUntilClosed(reading, started)));
    }
    assertTrue(started.await(30, TimeUnit.SECONDS));
    target.close();
    for (Future<Integer> reader : readers) {
      assertTrue(reader.get(30, TimeUnit.SECONDS) > 0);
    }
    threads.shutdown();
  }

  @Test
  void anArrayClosesWhileOthersRead() throws Exception {
    for (int round = 0; round < ROUNDS; ++round) {
      DocumentArray array = DocumentArray.open(folder.resolve("birds" + round));
      array.extend(Birds.flock(20));
      closeWhileRead(array, List.of(() -> array.get("bird7").orElseThrow(), () -> array.get(3),
          () -> array.forEach(Document::toBytes), () -> array.append(Document.fromJson("{}"))));
      assertEquals(List.of(), DocumentArray.verify(folder.resolve("birds" + round)));
    }
  }

  @Test
  void aSnapshotClosesWhileOthersReadItsMemory() throws Exception {
    try (DocumentArray array = DocumentArray.open(folder)) {
      array.extend(Birds.flock(20));
      array.append(Birds.of("nightingale", "la".repeat(10_000)));
      for (int round = 0; round < ROUNDS; ++round) {
        Snapshot snapshot = array.snapshot();
        closeWhileRead(snapshot, List.of(() -> snapshot.get(-1), () -> snapshot.get("bird3"),
            () -> checksum(snapshot.view("nightingale").orElseThrow())));
      }
    }
  }

  private static int checksum(ByteBuffer bytes) {
    int sum = 0;
    while (bytes.hasRemaining()) {
      sum += bytes.get();
    }
    return sum;
  }

  @Test
  void closingEndsAWait() throws Exception {
    DocumentArray array = DocumentArray.open(folder);
    CountDownLatch started = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<?> waiting = thread.submit(() -> {
      started.countDown();
      assertThrows(IllegalStateException.class,
          () -> array.awaitCommit(array.stat(Stat.REVISION), Duration.ofMillis(-1)));
    });
    started.await();
    array.close();
    waiting.get(30, TimeUnit.SECONDS);
    thread.shutdown();
  }

  @Test
  void manyThreadsMayCloseTheSameArray() throws Exception {
    DocumentArray array = DocumentArray.open(folder);
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    List<Future<?>> closings = new ArrayList<>();
    for (int i = 0; i < READERS; ++i) {
      closings.add(threads.submit(array::close));
    }
    for (Future<?> closing : closings) {
      closing.get(30, TimeUnit.SECONDS);
    }
    threads.shutdown();
    assertThrows(IllegalStateException.class, array::count);
  }

  @Test
  void anArrayThatNobodyClosesIsClosedOnceItIsCollected() throws InterruptedException {
    DocumentArray.open(folder).append(Birds.of("robin"));
    DocumentArray again = null;
    while (again == null) {
      System.gc();
      Thread.sleep(10);
      again = tryOpen();
    }
    assertTrue(again.contains("robin"));
    again.close();
  }

  /** Null while another writer has the array. */
  private DocumentArray tryOpen() {
    try {
      return DocumentArray.open(folder);
    } catch (DamException failure) {
      assertEquals(DamException.Code.BUSY, failure.code());
      return null;
    }
  }

  @Test
  void cursorsLeftInTheMiddleDoNotUseUpTheHandles() {
    try (DocumentArray array = DocumentArray.open(folder)) {
      array.extend(Birds.flock(3));
      // A process has 2^20 handles; what the collector brings back keeps this far below.
      for (int i = 0; i < 20_000; ++i) {
        assertTrue(array.iterator().next().toBytes().length > 0);
      }
    }
  }
}
