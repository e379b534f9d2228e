package org.libdam;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.libdam.binding.DamC;

/**
 * A walk through a slice. It crosses into the library once for many documents, and closes itself
 * at the end. A damaged document is the end too: it is thrown as CORRUPT once all documents before
 * it were given, and a slice from one behind it goes on. For one thread at a time.
 */
public final class Cursor implements Iterator<Document>, AutoCloseable {
  private static final int FIRST_BYTES = 32 << 10;
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_DOCUMENTS = 1024;

  private final Handle handle;
  private final long[] offsets = new long[MOST_DOCUMENTS + 1];
  private final long[] count = new long[1];
  private ByteBuffer buffer = ByteBuffer.allocateDirect(FIRST_BYTES);
  private int next;
  private boolean ended;
  private boolean closed;

  /** Takes the native cursor over. */
  Cursor(long number) {
    handle = new Handle(number, DamC::dam_cursor_close, "");
  }

  @Override
  public boolean hasNext() {
    if (closed) {
      throw new IllegalStateException("the cursor is closed");
    }
    if (next < count[0]) {
      return true;
    }
    if (!ended) {
      read();
    }
    return !ended;
  }

  @Override
  public Document next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the cursor is at its end");
    }
    ByteBuffer document = buffer.duplicate();
    document.position((int) offsets[next]).limit((int) offsets[next + 1]);
    ++next;
    return Document.copied(document);
  }

  /** Does nothing the second time. */
  @Override
  public void close() {
    closed = true;
    handle.close();
  }

  /** Longer walks read more at once: the first step of a short one stays cheap. */
  private void read() {
    if (next > 0 && buffer.capacity() < MOST_BYTES) {
      buffer = ByteBuffer.allocateDirect(buffer.capacity() * 2);
    }
    next = 0;
    count[0] = 0;
    boolean more = false;
    try {
      readWhole();
      more = count[0] > 0;
    } finally {
      if (!more) {
        ended = true;
        handle.close();
      }
    }
  }

  private void readWhole() {
    try {
      readIntoBuffer();
    } catch (DamException failure) {
      if (failure.code() != DamException.Code.TOO_BIG || offsets[0] <= buffer.capacity()) {
        throw failure;
      }
      buffer = ByteBuffer.allocateDirect(Math.toIntExact(offsets[0]));
      readIntoBuffer();
    }
  }

  private void readIntoBuffer() {
    handle.call(number -> DamC.dam_cursor_read(number, buffer, offsets, count));
  }
}
