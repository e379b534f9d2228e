package org.libdam;

import java.nio.charset.StandardCharsets;

/** The one place where a status of libdam becomes an exception; libdam_jni.so calls it. */
final class Failures {
  private Failures() {}

  /** The exceptions of Java's own carry the DamException as their cause. */
  static RuntimeException of(int status, byte[] text) {
    String message = new String(text, StandardCharsets.UTF_8);
    DamException failure = new DamException(DamException.Code.of(status), message);
    switch (failure.code()) {
      case INVALID_ARGUMENT:
        return new IllegalArgumentException(message, failure);
      case CLOSED:
        return new IllegalStateException(message, failure);
      case OUT_OF_RANGE:
        RuntimeException outside = new IndexOutOfBoundsException(message);
        outside.initCause(failure);
        return outside;
      default:
        return failure;
    }
  }
}
