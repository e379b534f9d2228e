package org.libdam;

import java.util.Objects;
import org.libdam.binding.DamC;

/** Choices for {@link Snapshot#find(Filter, FindOptions)}; what is not chosen has its default. */
public final class FindOptions {
  private final OptionValues values = new OptionValues();
  private String levels = "r";
  private Task task;

  /** Every default: documents only, all that pass. */
  public FindOptions() {}

  /** How many of the documents found to pass over. */
  public FindOptions offset(long offset) {
    values.put(DamC.DAM_OPTION_FIND_OFFSET, offset);
    return this;
  }

  /** How many to give out at most. */
  public FindOptions limit(long limit) {
    values.put(DamC.DAM_OPTION_FIND_LIMIT, limit);
    return this;
  }

  /**
   * Which levels to look at, letters with commas between them: {@code r} documents, {@code c} their
   * chunks, {@code m} their matches, {@code cm} the matches of chunks.
   */
  public FindOptions levels(String newLevels) {
    levels = Objects.requireNonNull(newLevels, "levels");
    return this;
  }

  /** For progress, in documents, and for cancelling it. */
  public FindOptions task(Task newTask) {
    task = Objects.requireNonNull(newTask, "task");
    return this;
  }

  /** The native results of a native snapshot. */
  long find(long snapshot, Filter filter) {
    byte[] path = Utf8.encode(levels, "levels");
    long[] results = new long[1];
    values.lend(options -> filter.handle().call(chosen -> onTask(number ->
        DamC.dam_find(snapshot, chosen, path, options, number, results))));
    return results[0];
  }

  private boolean onTask(Handle.Call call) {
    return task == null ? call.on(0) : task.handle().call(call);
  }
}
