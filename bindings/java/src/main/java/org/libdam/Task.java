package org.libdam;

import org.libdam.binding.DamC;

/** Progress and cancellation of long work, for any thread while the work runs. */
public final class Task implements AutoCloseable {
  private final Handle handle;

  /** A token for one piece of work. */
  public Task() {
    long[] task = new long[1];
    DamC.dam_task_create(task);
    handle = new Handle(task[0], DamC::dam_task_release, "");
  }

  /** Asks the work to stop at its next step; it fails with CANCELLED. */
  public void cancel() {
    handle.call(DamC::dam_task_cancel);
  }

  /** How much is done, in units of the work: bytes for a verification. */
  public long done() {
    return progress()[0];
  }

  /** How much there is to do; 0 when that is not known yet. */
  public long total() {
    return progress()[1];
  }

  /** Ends the token; work that still uses it goes on. Does nothing the second time. */
  @Override
  public void close() {
    handle.close();
  }

  Handle handle() {
    return handle;
  }

  private long[] progress() {
    long[] done = new long[1];
    long[] total = new long[1];
    handle.call(number -> DamC.dam_task_progress(number, done, total));
    return new long[] {done[0], total[0]};
  }
}
