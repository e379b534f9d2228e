package org.libdam;

import java.nio.ByteBuffer;

/** Reads an id of unknown length: most fit the first buffer, none is longer than the second. */
final class IdBuffer {
  private static final int MOST = 256;
  private static final int LONGEST = 65_535;

  private IdBuffer() {}

  interface Reading {
    boolean into(ByteBuffer buffer, long[] size);
  }

  static String read(Reading reading) {
    long[] size = new long[1];
    ByteBuffer buffer = ByteBuffer.allocateDirect(MOST);
    try {
      reading.into(buffer, size);
    } catch (DamException failure) {
      if (failure.code() != DamException.Code.TOO_BIG) {
        throw failure;
      }
      buffer = ByteBuffer.allocateDirect(LONGEST);
      reading.into(buffer, size);
    }
    return Utf8.decode(buffer.limit((int) size[0]));
  }
}
