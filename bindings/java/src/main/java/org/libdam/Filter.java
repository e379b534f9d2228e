package org.libdam;

import java.util.Objects;
import org.libdam.binding.DamC;

/**
 * What a document must have to be found. Values are named by dotted paths, such as {@code text} or
 * {@code tags.size.grams}. Comparing with a missing value, or with one of another type, is false;
 * integers and doubles are one type. Filters never change.
 */
public final class Filter {
  /** How two values compare. */
  public enum Comparison {
    /** Equal. */
    EQ(DamC.DAM_FILTER_EQ),
    /** Not equal, or missing. */
    NE(DamC.DAM_FILTER_NE),
    /** Less. */
    LT(DamC.DAM_FILTER_LT),
    /** Less or equal. */
    LTE(DamC.DAM_FILTER_LTE),
    /** Greater. */
    GT(DamC.DAM_FILTER_GT),
    /** Greater or equal. */
    GTE(DamC.DAM_FILTER_GTE);

    private final int number;

    Comparison(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  private final Handle handle;

  private Filter(Handle.NumberMaking making) {
    handle = new Handle(Handle.made(making), Filter::freed, "");
  }

  private static boolean freed(long number) {
    DamC.dam_filter_free(number);
    return true;
  }

  /** A filter in JSON, such as {@code {"tags.grams": {"$lt": 20}}}. */
  public static Filter parse(String json) {
    byte[] text = Utf8.encode(json, "json");
    return new Filter(out -> DamC.dam_filter_parse(text, out));
  }

  /** Compares the value at a path with an integer. */
  public static Filter where(String path, Comparison comparison, long value) {
    byte[] place = Utf8.encode(path, "path");
    int number = comparison.number();
    return new Filter(out -> DamC.dam_filter_integer(place, number, value, out));
  }

  /** Compares the value at a path with a double. */
  public static Filter where(String path, Comparison comparison, double value) {
    byte[] place = Utf8.encode(path, "path");
    int number = comparison.number();
    return new Filter(out -> DamC.dam_filter_number(place, number, value, out));
  }

  /** Compares the value at a path with a text, byte by byte. */
  public static Filter where(String path, Comparison comparison, String value) {
    return ofText(path, comparison.number(), value);
  }

  /** Compares the values at two paths of one document. */
  public static Filter whereField(String path, Comparison comparison, String otherPath) {
    return ofText(path, comparison.number() | DamC.DAM_FILTER_FIELD, otherPath);
  }

  /** Whether there is a value at a path. */
  public static Filter exists(String path) {
    byte[] place = Utf8.encode(path, "path");
    return new Filter(out -> DamC.dam_filter_integer(place, DamC.DAM_FILTER_EXISTS, 1, out));
  }

  /** Whether a regular expression matches anywhere in the text at a path. */
  public static Filter matches(String path, String expression) {
    return ofText(path, DamC.DAM_FILTER_REGEX, expression);
  }

  private static Filter ofText(String path, int operation, String value) {
    byte[] place = Utf8.encode(path, "path");
    byte[] text = Utf8.encode(value, "value");
    return new Filter(out -> DamC.dam_filter_string(place, operation, text, out));
  }

  /** What passes both. */
  public Filter and(Filter other) {
    return joined(DamC.DAM_FILTER_AND, other);
  }

  /** What passes either. */
  public Filter or(Filter other) {
    return joined(DamC.DAM_FILTER_OR, other);
  }

  /** What does not pass this one. */
  public Filter negated() {
    return new Filter(out -> handle.call(first ->
        DamC.dam_filter_join(DamC.DAM_FILTER_NOT, first, 0, out)));
  }

  private Filter joined(int operation, Filter other) {
    Objects.requireNonNull(other, "other");
    return new Filter(out -> handle.call(first -> other.handle.call(second ->
        DamC.dam_filter_join(operation, first, second, out))));
  }

  Handle handle() {
    return handle;
  }
}
