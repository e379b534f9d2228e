package org.libdam;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One handle of the library, closed once: by its owner, or after the garbage collector took the
 * owner. The number stays usable after that; libdam answers a call with it by CLOSED.
 */
final class Handle {
  static final Cleaner CLEANER = Cleaner.create();
  private static final System.Logger LOG = System.getLogger("org.libdam");

  /** A call that takes the number and answers false for absence. */
  interface Call {
    boolean on(long number);
  }

  private final Ending ending;
  private final Cleaner.Cleanable cleanable;

  /** {@code leak}: what the log says when nobody closed it; empty where that is no mistake. */
  Handle(long number, Call closing, String leak) {
    ending = new Ending(number, closing, leak);
    cleanable = CLEANER.register(this, ending);
  }

  /** Why through here: the handle must not be collected, and so closed, while a call uses it. */
  boolean call(Call call) {
    try {
      return call.on(ending.number);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** A call that puts a number out. */
  interface NumberCall {
    boolean on(long number, long[] out);
  }

  /** A call that looks an id up and puts a number out. */
  interface IdCall {
    boolean on(long number, byte[] id, long[] out);
  }

  /** A call that makes a handle. */
  interface NumberMaking {
    boolean into(long[] out);
  }

  /** The number of the handle that a call makes. */
  static long made(NumberMaking making) {
    long[] out = new long[1];
    making.into(out);
    return out[0];
  }

  /** The number that a call puts out. */
  long number(NumberCall call) {
    long[] out = new long[1];
    call(number -> call.on(number, out));
    return out[0];
  }

  /** The number that a call puts out for an id; empty when there is none. */
  OptionalLong numberOf(String id, IdCall call) {
    byte[] key = Utf8.encode(id, "id");
    long[] out = new long[1];
    boolean found = call(number -> call.on(number, key, out));
    return found ? OptionalLong.of(out[0]) : OptionalLong.empty();
  }

  /** For calls that keep this reachable by themselves. */
  long number() {
    return ending.number;
  }

  /** Does nothing the second time. */
  void close() {
    try {
      if (ending.begin()) {
        ending.closing.on(ending.number);
      }
    } finally {
      cleanable.clean();
    }
  }

  /** For calls that end the handle by themselves. */
  void closedByLibrary() {
    ending.begin();
    cleanable.clean();
  }

  private static final class Ending implements Runnable {
    private final long number;
    private final Call closing;
    private final String leak;
    private final AtomicBoolean begun = new AtomicBoolean();

    private Ending(long number, Call closing, String leak) {
      this.number = number;
      this.closing = closing;
      this.leak = leak;
    }

    private boolean begin() {
      return begun.compareAndSet(false, true);
    }

    @Override
    public void run() {
      if (!begin()) {
        return;
      }
      if (!leak.isEmpty()) {
        LOG.log(System.Logger.Level.WARNING, leak + " was collected without being closed");
      }
      try {
        closing.on(number);
      } catch (RuntimeException failure) {
        LOG.log(System.Logger.Level.WARNING, "closing what was collected failed", failure);
      }
    }
  }
}
