package org.libdam;

/** A slice with exactly Python's rules: negative bounds count from the end, steps may go back. */
public final class Slice {
  /** As {@code a[:]}. */
  public static final Slice ALL = new Slice(Long.MIN_VALUE, Long.MIN_VALUE, 1);

  // Long.MIN_VALUE is DAM_OMITTED: a bound left out.
  private final long start;
  private final long stop;
  private final long step;

  private Slice(long start, long stop, long step) {
    if (step == 0) {
      throw new IllegalArgumentException("the step of a slice is 0");
    }
    this.start = start;
    this.stop = stop;
    this.step = step;
  }

  /** As {@code a[start:stop]}. */
  public static Slice of(long start, long stop) {
    return new Slice(start, stop, 1);
  }

  /** As {@code a[start:stop:step]}. */
  public static Slice of(long start, long stop, long step) {
    return new Slice(start, stop, step);
  }

  /** As {@code a[start:]}. */
  public static Slice from(long start) {
    return new Slice(start, Long.MIN_VALUE, 1);
  }

  /** As {@code a[:stop]}. */
  public static Slice to(long stop) {
    return new Slice(Long.MIN_VALUE, stop, 1);
  }

  /** The same bounds with another step: {@code ALL.by(-1)} goes from the last to the first. */
  public Slice by(long newStep) {
    return new Slice(start, stop, newStep);
  }

  long start() {
    return start;
  }

  long stop() {
    return stop;
  }

  long step() {
    return step;
  }

  @Override
  public String toString() {
    return "[" + bound(start) + ":" + bound(stop) + ":" + step + "]";
  }

  private static String bound(long value) {
    return value == Long.MIN_VALUE ? "" : Long.toString(value);
  }
}
