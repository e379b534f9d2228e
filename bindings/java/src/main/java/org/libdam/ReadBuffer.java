package org.libdam;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Takes what a call copies into a buffer; each thread keeps its buffer for the next call. */
final class ReadBuffer {
  private static final int FIRST_BYTES = 4 << 10;
  private static final int MOST_KEPT_BYTES = 1 << 20;
  private static final ThreadLocal<ByteBuffer> KEPT =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(FIRST_BYTES));

  private ReadBuffer() {}

  interface Reading {
    boolean into(ByteBuffer buffer, long[] size);
  }

  /** A copy of what the call reads, whatever its size; empty for absence. */
  static Optional<byte[]> read(Reading reading) {
    long[] size = new long[1];
    ByteBuffer buffer = KEPT.get();
    while (true) {
      try {
        return reading.into(buffer, size) ? Optional.of(copied(buffer, size[0])) : Optional.empty();
      } catch (DamException failure) {
        boolean isShort = size[0] > buffer.capacity();
        if (failure.code() != DamException.Code.TOO_BIG || !isShort) {
          throw failure;
        }
        buffer = grown(size[0]);
      }
    }
  }

  private static byte[] copied(ByteBuffer buffer, long size) {
    byte[] copy = new byte[Math.toIntExact(size)];
    buffer.clear();
    buffer.get(copy);
    return copy;
  }

  private static ByteBuffer grown(long size) {
    ByteBuffer larger = ByteBuffer.allocateDirect(Math.toIntExact(size));
    if (size <= MOST_KEPT_BYTES) {
      KEPT.set(larger);
    }
    return larger;
  }
}
