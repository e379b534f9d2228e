package org.libdam;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;
import org.libdam.binding.DamC;

/**
 * Keeps the memory of a snapshot while anyone reads it: the snapshot until it is closed, a copy
 * under way in another thread, a buffer that was lent. A native cursor is what keeps it.
 */
final class Lease {
  private final AtomicLong holders = new AtomicLong(1);
  private final long cursor;

  /** Held once, by the snapshot. */
  Lease(long cursor) {
    this.cursor = cursor;
  }

  void hold() {
    holders.updateAndGet(count -> {
      if (count == 0) {
        throw new IllegalStateException("the snapshot is closed");
      }
      return count + 1;
    });
  }

  void give() {
    if (holders.decrementAndGet() == 0) {
      DamC.dam_cursor_close(cursor);
    }
  }

  /**
   * A view of the bytes; their memory stays as long as the view, or one made of it, is reachable.
   * To be called while the lease is held.
   */
  ByteBuffer lend(ByteBuffer bytes) {
    hold();
    Handle.CLEANER.register(bytes, this::give);
    // Views keep what they are views of reachable.
    return bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }
}
