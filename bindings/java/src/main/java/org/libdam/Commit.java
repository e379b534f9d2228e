package org.libdam;

import java.util.OptionalLong;

/** What a write answers. */
public final class Commit {
  private final long revision;
  private final long position;

  /** {@code position}: negative for none. */
  Commit(long revision, long position) {
    this.revision = revision;
    this.position = position;
  }

  /** Number of the commit, never used twice in an array; 0 when nothing had to be written. */
  public long revision() {
    return revision;
  }

  /**
   * Position of the document, or of the first of several, as of the latest commit when the call
   * returned. Empty where there is no single answer: it was deleted meanwhile, several were
   * replaced, a batch.
   */
  public OptionalLong position() {
    return position < 0 ? OptionalLong.empty() : OptionalLong.of(position);
  }

  @Override
  public String toString() {
    return "commit " + revision;
  }
}
