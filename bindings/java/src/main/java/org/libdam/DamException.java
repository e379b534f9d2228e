package org.libdam;

import org.libdam.binding.DamC;

/** A call of libdam failed; {@link #code} says in which way, the message why. */
public final class DamException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Code code;

  DamException(Code code, String message) {
    super(message);
    this.code = code;
  }

  /** What a caller can tell failures apart by. */
  public Code code() {
    return code;
  }

  @Override
  public String toString() {
    return getClass().getName() + ": " + code + ": " + getMessage();
  }

  /** The codes of libdam, the same in every language. */
  public enum Code {
    /** No such document, file or directory. */
    NOT_FOUND(DamC.DAM_NOT_FOUND),
    /** The id is live already, or the file is there already. */
    ALREADY_EXISTS(DamC.DAM_ALREADY_EXISTS),
    /** The document has another revision than the one expected: read it again and retry. */
    CONFLICT(DamC.DAM_CONFLICT),
    /** An argument is malformed or contradicts another; thrown as IllegalArgumentException. */
    INVALID_ARGUMENT(DamC.DAM_INVALID_ARGUMENT),
    /** The bytes are no valid document; nothing was stored. */
    INVALID_DOCUMENT(DamC.DAM_INVALID_DOCUMENT),
    /** A position outside the array; thrown as IndexOutOfBoundsException. */
    OUT_OF_RANGE(DamC.DAM_OUT_OF_RANGE),
    /** The array or its medium cannot be written. */
    READ_ONLY(DamC.DAM_READ_ONLY),
    /** Another writer has the array. */
    BUSY(DamC.DAM_BUSY),
    /** The disk, quota or file size limit is full; nothing changed. */
    NO_SPACE(DamC.DAM_NO_SPACE),
    /** The operating system failed a read or a write. */
    IO(DamC.DAM_IO),
    /** Bytes on disk contradict their checksums or each other. */
    CORRUPT(DamC.DAM_CORRUPT),
    /** A newer format, or a file system that cannot lock. */
    UNSUPPORTED(DamC.DAM_UNSUPPORTED),
    /** A sync failed: the array writes no more. Close it, open it again, look what is there. */
    POISONED(DamC.DAM_POISONED),
    /** The array, snapshot, cursor or batch was closed; thrown as IllegalStateException. */
    CLOSED(DamC.DAM_CLOSED),
    /** A writable array in the child of a fork. */
    FORKED(DamC.DAM_FORKED),
    /** Longer than a limit. */
    TOO_BIG(DamC.DAM_TOO_BIG),
    /** Memory could not be had; nothing changed. */
    NO_MEMORY(DamC.DAM_NO_MEMORY),
    /** Its task was cancelled. */
    CANCELLED(DamC.DAM_CANCELLED),
    /** A defect of libdam: please report the message. */
    INTERNAL(DamC.DAM_INTERNAL),
    /** A code that these classes do not know. */
    UNKNOWN(Integer.MIN_VALUE);

    private final int number;

    Code(int number) {
      this.number = number;
    }

    /** The number of the code in dam.h. */
    public int number() {
      return number;
    }

    static Code of(int number) {
      for (Code code : values()) {
        if (code.number == number) {
          return code;
        }
      }
      return UNKNOWN;
    }
  }
}
