package org.libdam;

/** Dotted paths into tags and scores. */
final class TagPath {
  private TagPath() {}

  /** A key as one step of a path. */
  static String escaped(String key) {
    return key.replace("\\", "\\\\").replace(".", "\\.");
  }

  /** The path of an element of what lies at another path, which may be empty. */
  static String below(String path, String step) {
    return path.isEmpty() ? step : path + "." + step;
  }
}
