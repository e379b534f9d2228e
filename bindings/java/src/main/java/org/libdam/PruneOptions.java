package org.libdam;

import java.util.Objects;
import org.libdam.binding.DamC;

/** Choices for {@link DocumentArray#prune(PruneOptions)}; what is not chosen has its default. */
public final class PruneOptions {
  private final OptionValues values = new OptionValues();
  private long[] order;
  private Task task;

  /** Every default: prune whatever the garbage, keep the order. */
  public PruneOptions() {}

  /** Do nothing while less than this share of the body is garbage, 0 to 100. Default 0. */
  public PruneOptions garbagePercent(int garbagePercent) {
    values.put(DamC.DAM_OPTION_GARBAGE_PERCENT, garbagePercent);
    return this;
  }

  /**
   * A new order, whatever the garbage: at each place the position of the document that shall stand
   * there; each of the array's positions once.
   */
  public PruneOptions order(long... positions) {
    order = positions.clone();
    return this;
  }

  /** For progress, in bytes, and for cancelling it. */
  public PruneOptions task(Task newTask) {
    task = Objects.requireNonNull(newTask, "task");
    return this;
  }

  boolean prune(long array) {
    values.lend(options -> task == null
        ? prune(array, options, 0)
        : task.handle().call(number -> prune(array, options, number)));
    return true;
  }

  private boolean prune(long array, long options, long taskNumber) {
    return order == null
        ? DamC.dam_prune(array, options, taskNumber)
        : DamC.dam_prune_ordered(array, order, options, taskNumber);
  }
}
