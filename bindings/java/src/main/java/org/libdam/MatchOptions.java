package org.libdam;

import java.util.Objects;
import org.libdam.binding.DamC;

/** Choices for {@link Snapshot#match(Queries, MatchOptions)}; the rest has its default. */
public final class MatchOptions {
  /** What a distance is. */
  public enum Metric {
    /** 1 - cos. */
    COSINE(DamC.DAM_METRIC_COSINE),
    /** The length of the difference. */
    EUCLIDEAN(DamC.DAM_METRIC_EUCLIDEAN),
    /** Its square. */
    SQEUCLIDEAN(DamC.DAM_METRIC_SQEUCLIDEAN),
    /** 1 - the inner product. */
    INNER_PRODUCT(DamC.DAM_METRIC_INNER_PRODUCT),
    /** The share of components that differ. */
    HAMMING(DamC.DAM_METRIC_HAMMING),
    /** 1 - (both not 0) / (either not 0). */
    JACCARD(DamC.DAM_METRIC_JACCARD),
    /** The sum of the magnitudes of the difference. */
    MANHATTAN(DamC.DAM_METRIC_MANHATTAN);

    private final int number;

    Metric(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  private final OptionValues values = new OptionValues();
  private Filter filter;
  private Task task;

  /** Every default: cosine, the 20 nearest, all documents, all processors. */
  public MatchOptions() {}

  /** What a distance is. */
  public MatchOptions metric(Metric metric) {
    values.put(DamC.DAM_OPTION_METRIC, metric.number());
    return this;
  }

  /** The most documents for a query, at least 1. */
  public MatchOptions limit(long limit) {
    values.put(DamC.DAM_OPTION_LIMIT, limit);
    return this;
  }

  /** Leaves out the document that has the id of the query. */
  public MatchOptions excludeSelf(boolean exclude) {
    values.put(DamC.DAM_OPTION_EXCLUDE_SELF, exclude ? 1 : 0);
    return this;
  }

  /** How many threads work; 0 for all processors. */
  public MatchOptions threads(int threads) {
    values.put(DamC.DAM_OPTION_THREADS, threads);
    return this;
  }

  /** Not exactly, but by a graph; not in this version. */
  public MatchOptions approximate(boolean approximate) {
    values.put(DamC.DAM_OPTION_APPROXIMATE, approximate ? 1 : 0);
    return this;
  }

  /** Maps the least distance of a query to one number, the greatest to another. */
  public MatchOptions range(double from, double to) {
    values.putNumber(DamC.DAM_OPTION_RANGE_FROM, from);
    values.putNumber(DamC.DAM_OPTION_RANGE_TO, to);
    return this;
  }

  /** Looks only among the documents that pass. */
  public MatchOptions where(Filter newFilter) {
    filter = Objects.requireNonNull(newFilter, "filter");
    return this;
  }

  /** For progress, in documents, and for cancelling it. */
  public MatchOptions task(Task newTask) {
    task = Objects.requireNonNull(newTask, "task");
    return this;
  }

  /** The native results of a native snapshot. */
  long match(long snapshot, Queries queries) {
    long[] results = new long[1];
    values.lend(options -> queries.call(asked -> onHandle(filter == null ? null : filter.handle(),
        chosen -> onHandle(task == null ? null : task.handle(), follower ->
            DamC.dam_match(snapshot, asked, chosen, options, follower, results)))));
    return results[0];
  }

  private static boolean onHandle(Handle handle, Handle.Call call) {
    return handle == null ? call.on(0) : handle.call(call);
  }
}
