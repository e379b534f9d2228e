package org.libdam;

import org.libdam.binding.DamC;

/**
 * Writes that readers, and a crash, see together or never. Nothing is written before the commit,
 * and reads of the array do not see it; closing without a commit drops it. For one thread at a
 * time.
 */
public final class Batch implements AutoCloseable {
  private final Handle handle;

  /** Takes the native batch over. */
  Batch(long number) {
    handle = new Handle(number, DamC::dam_batch_discard, "a batch");
  }

  /** Adds a document at the end; ids are checked by the commit. */
  public Batch append(Document document, WriteOption... options) {
    byte[] bytes = document.bytes();
    int flags = WriteOption.flags(options);
    handle.call(number -> DamC.dam_batch_append(number, bytes, flags));
    return this;
  }

  /** Replaces the document of an id. */
  public Batch set(String id, Document document) {
    return set(id, document, DamC.DAM_ANY_REVISION);
  }

  /** Replaces the document of an id, if it has the expected revision when the batch commits. */
  public Batch set(String id, Document document, long expectedRevision) {
    byte[] key = Utf8.encode(id, "id");
    byte[] bytes = document.bytes();
    handle.call(number -> DamC.dam_batch_set(number, key, bytes, expectedRevision));
    return this;
  }

  /**
   * Replaces the document at a position of the array as committed now; the commit answers CONFLICT
   * when another one changed that document in between.
   */
  public Batch set(long position, Document document) {
    return set(position, document, DamC.DAM_ANY_REVISION);
  }

  /** As {@link #set(long, Document)}, if the document has the expected revision. */
  public Batch set(long position, Document document, long expectedRevision) {
    byte[] bytes = document.bytes();
    handle.call(number -> DamC.dam_batch_set_at(number, position, bytes, expectedRevision));
    return this;
  }

  /** Deletes the document of an id; an absent one fails the commit with NOT_FOUND. */
  public Batch delete(String id) {
    return delete(id, DamC.DAM_ANY_REVISION);
  }

  /** As {@link #delete(String)}, if the document has the expected revision. */
  public Batch delete(String id, long expectedRevision) {
    byte[] key = Utf8.encode(id, "id");
    handle.call(number -> DamC.dam_batch_delete(number, key, expectedRevision));
    return this;
  }

  /** Deletes the document at a position of the array as committed now. */
  public Batch delete(long position) {
    return delete(position, DamC.DAM_ANY_REVISION);
  }

  /** As {@link #delete(long)}, if the document has the expected revision. */
  public Batch delete(long position, long expectedRevision) {
    handle.call(number -> DamC.dam_batch_delete_at(number, position, expectedRevision));
    return this;
  }

  /** Commits and ends the batch; when it fails, nothing of it is stored. Options: a durability. */
  public Commit commit(WriteOption... options) {
    int flags = WriteOption.flags(options);
    long[] revision = new long[1];
    try {
      handle.call(number -> DamC.dam_batch_commit(number, flags, revision));
    } finally {
      handle.closedByLibrary();
    }
    return new Commit(revision[0], -1);
  }

  /** Drops what was not committed. Does nothing the second time. */
  @Override
  public void close() {
    handle.close();
  }
}
