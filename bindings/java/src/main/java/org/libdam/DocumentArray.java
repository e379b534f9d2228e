package org.libdam;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.libdam.binding.DamC;

/**
 * An open array of documents on disk. One process writes, any number read, and nothing blocks a
 * reader. For any number of threads; closing while others read is safe.
 */
public final class DocumentArray implements Documents, AutoCloseable {
  private final Handle handle;

  private DocumentArray(long number) {
    handle = new Handle(number, DamC::dam_close, "a document array");
  }

  /** Opens the array in a directory, and makes it when it is absent. */
  public static DocumentArray open(Path directory) {
    return open(directory, new OpenOptions());
  }

  /**
   * Opens the array in a directory. Codes: BUSY (another writer), NOT_FOUND (absent and not to be
   * made), UNSUPPORTED (a newer format), CORRUPT (no array, or damage; nothing is changed).
   */
  public static DocumentArray open(Path directory, OpenOptions options) {
    byte[] path = Utf8.encode(directory.toString(), "directory");
    long[] array = new long[1];
    options.lend(chosen -> DamC.dam_open(path, chosen, array));
    return new DocumentArray(array[0]);
  }

  /**
   * Reads every byte of the array in a directory and compares all that must agree; nothing is
   * written. One line for each damaged place; none when the array is sound.
   */
  public static List<String> verify(Path directory) {
    return verify(Utf8.encode(directory.toString(), "directory"), 0);
  }

  /** As {@link #verify(Path)}, with progress, and until it is cancelled. */
  public static List<String> verify(Path directory, Task task) {
    byte[] path = Utf8.encode(directory.toString(), "directory");
    List<String> places = new ArrayList<>();
    task.handle().call(number -> places.addAll(verify(path, number)));
    return places;
  }

  private static List<String> verify(byte[] path, long task) {
    byte[][] report = new byte[1][];
    try {
      DamC.dam_verify(path, task, report);
    } catch (DamException failure) {
      if (failure.code() != DamException.Code.CORRUPT || report[0] == null) {
        throw failure;
      }
      return Utf8.decode(report[0]).lines().collect(Collectors.toList());
    }
    return List.of();
  }

  /** Version of the library that runs. */
  public static String libraryVersion() {
    return DamC.dam_version();
  }

  /** The directory, as it was given. */
  public Path path() {
    byte[][] text = new byte[1][];
    handle.call(number -> DamC.dam_path(number, text));
    return Paths.get(Utf8.decode(text[0]));
  }

  @Override
  public long count() {
    return handle.number(DamC::dam_count);
  }

  @Override
  public boolean contains(String id) {
    byte[] key = Utf8.encode(id, "id");
    int[] found = new int[1];
    handle.call(number -> DamC.dam_contains(number, key, found));
    return found[0] != 0;
  }

  @Override
  public Optional<Document> get(String id) {
    byte[] key = Utf8.encode(id, "id");
    return ReadBuffer.read((buffer, size) ->
        handle.call(number -> DamC.dam_read(number, key, buffer, size))).map(Document::trusted);
  }

  @Override
  public Document get(long position) {
    return Document.trusted(ReadBuffer.read((buffer, size) ->
        handle.call(number -> DamC.dam_read_at(number, position, buffer, size))).orElseThrow());
  }

  /** The documents of many ids in one call, in the order asked, repeats kept. */
  public List<Optional<Document>> get(Collection<String> ids) {
    byte[][] keys = ids.stream().map(id -> Utf8.encode(id, "id")).toArray(byte[][]::new);
    byte[][][] found = new byte[1][][];
    handle.call(number -> DamC.dam_read_many(number, keys, found));
    List<Optional<Document>> documents = new ArrayList<>(keys.length);
    for (byte[] bytes : found[0]) {
      documents.add(
          bytes.length == 0 ? Optional.empty() : Optional.of(Document.trusted(bytes)));
    }
    return documents;
  }

  @Override
  public OptionalLong position(String id) {
    return handle.numberOf(id, DamC::dam_position);
  }

  @Override
  public String idAt(long position) {
    return Utf8.decode(ReadBuffer.read((buffer, size) ->
        handle.call(number -> DamC.dam_id_at(number, position, buffer, size))).orElseThrow());
  }

  /** The ids of {@code count} positions from {@code first} on; fewer at the end of the array. */
  public List<String> ids(long first, long count) {
    byte[][][] ids = new byte[1][][];
    handle.call(number -> DamC.dam_ids(number, first, count, ids));
    List<String> texts = new ArrayList<>(ids[0].length);
    for (byte[] id : ids[0]) {
      texts.add(Utf8.decode(id));
    }
    return texts;
  }

  /**
   * Revision of the document of an id: the number of the commit that wrote it. Give it to set or
   * delete to write only when nobody else did. Empty when there is no such document.
   */
  public OptionalLong revision(String id) {
    return handle.numberOf(id, DamC::dam_revision);
  }

  @Override
  public Cursor cursor(Slice slice) {
    Objects.requireNonNull(slice, "slice");
    long snapshot = handle.number(DamC::dam_snapshot_open);
    try {
      long[] cursor = new long[1];
      Snapshot.openCursor(snapshot, slice, cursor);
      return new Cursor(cursor[0]);
    } finally {
      DamC.dam_snapshot_release(snapshot);
    }
  }

  /** The documents that pass a filter now; see {@link Snapshot#find(Filter)}. */
  public Results find(Filter filter) {
    return find(filter, new FindOptions());
  }

  /** As {@link #find(Filter)}, on other levels, some of them, with progress. */
  public Results find(Filter filter, FindOptions options) {
    try (Snapshot snapshot = snapshot()) {
      return snapshot.find(filter, options);
    }
  }

  /** The documents nearest to each query now; see {@link Snapshot#match}. */
  public Results match(Queries queries, MatchOptions options) {
    try (Snapshot snapshot = snapshot()) {
      return snapshot.match(queries, options);
    }
  }

  /** How many documents pass a filter now. */
  public long countWhere(Filter filter) {
    try (Snapshot snapshot = snapshot()) {
      return snapshot.countWhere(filter);
    }
  }

  /** Deletes the documents that pass a filter, as one commit; how many that were. */
  public long deleteWhere(Filter filter, WriteOption... options) {
    int flags = WriteOption.flags(options);
    return handle.number((number, out) -> filter.handle().call(chosen ->
        DamC.dam_delete_where(number, chosen, flags, 0, out, null)));
  }

  /** A view of the latest commit. */
  public Snapshot snapshot() {
    return new Snapshot(handle.number(DamC::dam_snapshot_open));
  }

  /**
   * Adds a document at the end; without an id it gets a fresh one, which {@link #idAt} reads.
   * Codes: ALREADY_EXISTS (a live id, without UPSERT), TOO_BIG, NO_SPACE, POISONED.
   */
  public Commit append(Document document, WriteOption... options) {
    byte[] bytes = document.bytes();
    int flags = WriteOption.flags(options);
    long[] position = new long[1];
    long[] revision = new long[1];
    handle.call(number -> DamC.dam_append(number, bytes, flags, position, revision));
    return new Commit(revision[0], position[0]);
  }

  /** Adds documents in one batch: all or none, across a crash too. Held in memory till then. */
  public Commit extend(Iterable<Document> documents, WriteOption... options) {
    List<byte[]> packed = new ArrayList<>();
    documents.forEach(document -> packed.add(document.bytes()));
    byte[][] bytes = packed.toArray(new byte[0][]);
    int flags = WriteOption.flags(options);
    long[] first = new long[1];
    long[] revision = new long[1];
    handle.call(number -> DamC.dam_extend(number, bytes, flags, first, revision));
    return new Commit(revision[0], bytes.length == 0 ? -1 : first[0]);
  }

  /** Replaces the document of an id, which the new one must bear too; absent: NOT_FOUND. */
  public Commit set(String id, Document document, WriteOption... options) {
    return set(id, document, DamC.DAM_ANY_REVISION, options);
  }

  /** As set without a revision; CONFLICT unless the document has the expected one. */
  public Commit set(
      String id, Document document, long expectedRevision, WriteOption... options) {
    byte[] key = Utf8.encode(id, "id");
    byte[] bytes = document.bytes();
    int flags = WriteOption.flags(options);
    long[] revision = new long[1];
    boolean found = handle.call(number ->
        DamC.dam_set(number, key, bytes, expectedRevision, flags, revision));
    return found ? new Commit(revision[0], -1) : absent(id);
  }

  /** Replaces the document at a position; its id may change to one that is not live elsewhere. */
  public Commit set(long position, Document document, WriteOption... options) {
    return set(position, document, DamC.DAM_ANY_REVISION, options);
  }

  /** As set without a revision; CONFLICT unless the document has the expected one. */
  public Commit set(
      long position, Document document, long expectedRevision, WriteOption... options) {
    byte[] bytes = document.bytes();
    int flags = WriteOption.flags(options);
    long[] revision = new long[1];
    handle.call(number ->
        DamC.dam_set_at(number, position, bytes, expectedRevision, flags, revision));
    return new Commit(revision[0], -1);
  }

  /**
   * Applies a JSON merge patch (RFC 7396) to the document of an id: null removes a member, objects
   * are merged, other values replace. No change of another writer is lost. Absent: NOT_FOUND.
   */
  public Commit patch(String id, String patch, WriteOption... options) {
    return patch(id, patch, DamC.DAM_ANY_REVISION, options);
  }

  /** As patch without a revision; CONFLICT unless the document has the expected one. */
  public Commit patch(String id, String patch, long expectedRevision, WriteOption... options) {
    byte[] key = Utf8.encode(id, "id");
    byte[] json = Utf8.encode(patch, "patch");
    int flags = WriteOption.flags(options);
    long[] revision = new long[1];
    boolean found = handle.call(number ->
        DamC.dam_patch(number, key, json, expectedRevision, flags, revision));
    return found ? new Commit(revision[0], -1) : absent(id);
  }

  private static Commit absent(String id) {
    throw new DamException(DamException.Code.NOT_FOUND, "no document has the id " + id);
  }

  /** Deletes the document of an id; false when there is none. */
  public boolean delete(String id, WriteOption... options) {
    return delete(id, DamC.DAM_ANY_REVISION, options);
  }

  /** As delete without a revision; CONFLICT unless the document has the expected one. */
  public boolean delete(String id, long expectedRevision, WriteOption... options) {
    byte[] key = Utf8.encode(id, "id");
    int flags = WriteOption.flags(options);
    return handle.call(number ->
        DamC.dam_delete(number, key, expectedRevision, flags, null));
  }

  /** Deletes the document at a position; later ones move down. */
  public void delete(long position, WriteOption... options) {
    delete(position, DamC.DAM_ANY_REVISION, options);
  }

  /** As delete without a revision; CONFLICT unless the document has the expected one. */
  public void delete(long position, long expectedRevision, WriteOption... options) {
    int flags = WriteOption.flags(options);
    handle.call(number ->
        DamC.dam_delete_at(number, position, expectedRevision, flags, null));
  }

  /** Deletes a slice in one batch; how many documents that were. */
  public long delete(Slice slice, WriteOption... options) {
    int flags = WriteOption.flags(options);
    return handle.number((number, deleted) -> DamC.dam_delete_range(
        number, slice.start(), slice.stop(), slice.step(), flags, deleted));
  }

  /**
   * Appends every document, as of now, to another array; how many those are. An id that the other
   * has is ALREADY_EXISTS before anything is copied, or replaced with UPSERT.
   */
  public long copyInto(DocumentArray target, WriteOption... options) {
    int flags = WriteOption.flags(options);
    long[] count = new long[1];
    handle.call(from ->
        target.handle.call(to -> DamC.dam_copy_into(from, to, flags, 0, count)));
    return count[0];
  }

  /** Whether both are open on one directory, whatever path they were opened by. */
  public boolean isSameArray(DocumentArray other) {
    int[] same = new int[1];
    handle.call(one -> other.handle.call(two -> DamC.dam_same(one, two, same)));
    return same[0] != 0;
  }

  /** Whether both have equal documents in the same order. */
  public boolean hasEqualDocuments(DocumentArray other) {
    int[] equal = new int[1];
    handle.call(one -> other.handle.call(two -> DamC.dam_equal(one, two, 0, equal)));
    return equal[0] != 0;
  }

  /**
   * Copies the array, as it is when the call begins, to an array of its own in a directory that
   * holds none yet (else ALREADY_EXISTS), durably, while others write.
   */
  public void backup(Path target) {
    backup(Utf8.encode(target.toString(), "target"), 0);
  }

  /** As {@link #backup(Path)}, with progress, and until it is cancelled. */
  public void backup(Path target, Task task) {
    byte[] path = Utf8.encode(target.toString(), "target");
    task.handle().call(number -> backup(path, number));
  }

  private boolean backup(byte[] path, long task) {
    return handle.call(number -> DamC.dam_backup(number, path, task));
  }

  /**
   * Writes what is whole of a damaged array to a new one. Codes: CORRUPT (nothing is whole, nothing
   * was written), ALREADY_EXISTS (the target holds an array), BUSY, NOT_FOUND.
   */
  public static Salvaged salvage(Path directory, Path target) {
    return Salvaged.of(directory, target, 0);
  }

  /** As {@link #salvage(Path, Path)}, with progress, and until it is cancelled. */
  public static Salvaged salvage(Path directory, Path target, Task task) {
    Salvaged[] found = new Salvaged[1];
    task.handle().call(number -> {
      found[0] = Salvaged.of(directory, target, number);
      return true;
    });
    return found[0];
  }

  /** Removes all documents at once; the array stays in use, views keep what they show. */
  public Commit clear(WriteOption... options) {
    int flags = WriteOption.flags(options);
    return new Commit(
        handle.number((number, revision) -> DamC.dam_clear(number, flags, revision)), -1);
  }

  /**
   * Rewrites the live documents into new files and gives the space of all others back. Others read
   * and write meanwhile; a crash leaves the array as it was, or pruned. Snapshots and cursors taken
   * before stay valid and keep the space of the old files.
   */
  public void prune() {
    prune(new PruneOptions());
  }

  /** As {@link #prune()}, from some garbage on, in a new order, with progress. */
  public void prune(PruneOptions options) {
    handle.call(options::prune);
  }

  /** Begins a batch. */
  public Batch batch() {
    return new Batch(handle.number(DamC::dam_batch_begin));
  }

  /** Adopts what other processes committed since; whether anything new was seen. */
  public boolean reload() {
    int[] changed = new int[1];
    handle.call(number -> DamC.dam_reload(number, changed));
    return changed[0] != 0;
  }

  /**
   * Waits until there is a commit after a revision, whoever made it, adopts it as {@link #reload}
   * does, and answers its revision; empty when none came in time. A negative timeout waits without
   * end. Closing the array ends the wait with an IllegalStateException.
   */
  public OptionalLong awaitCommit(long revision, Duration timeout) {
    long timeoutMillis = timeout.toMillis();
    long[] newest = new long[1];
    try {
      handle.call(number -> DamC.dam_wait(number, revision, timeoutMillis, newest));
    } catch (DamException failure) {
      if (failure.code() != DamException.Code.BUSY) {
        throw failure;
      }
      return OptionalLong.empty();
    }
    return OptionalLong.of(newest[0]);
  }

  /** Makes buffered commits visible to other processes. */
  public void flush() {
    handle.call(DamC::dam_flush);
  }

  /** Makes every commit so far survive power loss; callers at the same time share one flush. */
  public void sync() {
    handle.call(DamC::dam_sync);
  }

  /** One number about the array. */
  public long stat(Stat stat) {
    return handle.number((number, value) -> DamC.dam_stat(number, stat.number(), value));
  }

  /**
   * Flushes and gives up the writer's lock, after calls of other threads have ended. Snapshots and
   * cursors stay valid. Does nothing the second time; fails when the last write-back did.
   */
  @Override
  public void close() {
    handle.close();
  }

  Handle handle() {
    return handle;
  }

  @Override
  public String toString() {
    return "array " + path();
  }
}
