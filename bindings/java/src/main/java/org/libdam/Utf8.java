package org.libdam;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Texts as libdam wants them. */
final class Utf8 {
  private Utf8() {}

  /** Refuses half a surrogate pair, which getBytes would turn into a question mark. */
  static byte[] encode(String text, String name) {
    Objects.requireNonNull(text, name);
    for (int i = 0; i < text.length(); ++i) {
      char unit = text.charAt(i);
      if (!Character.isSurrogate(unit)) {
        continue;
      }
      boolean paired = Character.isHighSurrogate(unit)
          && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
      if (!paired) {
        throw new IllegalArgumentException(name + " has half a surrogate pair at index " + i);
      }
      ++i;
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String decode(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static String decode(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }
}
