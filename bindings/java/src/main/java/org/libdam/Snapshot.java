package org.libdam;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.libdam.binding.DamC;

/**
 * An unchanging view of one commit, also after the array was closed. It blocks nobody and holds the
 * disk space of what it shows until it is closed. For any number of threads.
 */
public final class Snapshot implements Documents, AutoCloseable {
  private final Lease lease;
  private final Handle handle;

  /** Takes the native snapshot over. */
  Snapshot(long number) {
    Lease held;
    try {
      long[] cursor = new long[1];
      openCursor(number, Slice.to(0), cursor);
      held = new Lease(cursor[0]);
    } catch (RuntimeException failure) {
      DamC.dam_snapshot_release(number);
      throw failure;
    }
    lease = held;
    handle = new Handle(number, released -> release(released, held), "a snapshot");
  }

  static boolean openCursor(long snapshot, Slice slice, long[] cursor) {
    return DamC.dam_cursor_open(snapshot, slice.start(), slice.stop(), slice.step(), cursor);
  }

  private static boolean release(long number, Lease lease) {
    try {
      return DamC.dam_snapshot_release(number);
    } finally {
      lease.give();
    }
  }

  @Override
  public long count() {
    return handle.number(DamC::dam_snapshot_count);
  }

  /** Revision of the commit it shows. */
  public long revision() {
    return handle.number(DamC::dam_snapshot_revision);
  }

  @Override
  public boolean contains(String id) {
    return position(id).isPresent();
  }

  @Override
  public Optional<Document> get(String id) {
    return read(id, Document::copied);
  }

  @Override
  public Document get(long position) {
    return read(position, Document::copied);
  }

  /**
   * The bytes of the document of an id without a copy: read-only, little-endian. They stay valid
   * as long as the buffer is reachable, which keeps the disk space of the snapshot that long too.
   */
  public Optional<ByteBuffer> view(String id) {
    return read(id, lease::lend);
  }

  /** As {@link #view(String)}, by position; outside the snapshot an IndexOutOfBoundsException. */
  public ByteBuffer view(long position) {
    return read(position, lease::lend);
  }

  @Override
  public OptionalLong position(String id) {
    return handle.numberOf(id, DamC::dam_snapshot_position);
  }

  @Override
  public String idAt(long position) {
    return Utf8.decode(ReadBuffer.read((buffer, size) -> handle.call(
        number -> DamC.dam_snapshot_id_at(number, position, buffer, size))).orElseThrow());
  }

  @Override
  public Cursor cursor(Slice slice) {
    Objects.requireNonNull(slice, "slice");
    return new Cursor(handle.number((number, out) -> openCursor(number, slice, out)));
  }

  /** The documents that pass a filter, in order of their positions. */
  public Results find(Filter filter) {
    return find(filter, new FindOptions());
  }

  /** As {@link #find(Filter)}, on other levels, some of them, with progress. */
  public Results find(Filter filter, FindOptions options) {
    return new Results(handle.number((number, out) -> {
      out[0] = options.find(number, filter);
      return true;
    }));
  }

  /** The documents nearest to each query by embedding, by query and then by distance. */
  public Results match(Queries queries, MatchOptions options) {
    return new Results(handle.number((number, out) -> {
      out[0] = options.match(number, queries);
      return true;
    }));
  }

  Handle handle() {
    return handle;
  }

  /** How many documents pass a filter. */
  public long countWhere(Filter filter) {
    byte[] path = {'r'};
    return handle.number((number, out) -> filter.handle().call(chosen ->
        DamC.dam_count_where(number, chosen, path, 0, out)));
  }

  /** How a filter runs, for people: which step kept how many documents. */
  public String explain(Filter filter) {
    byte[] path = {'r'};
    byte[][] text = new byte[1][];
    handle.call(number -> filter.handle().call(chosen ->
        DamC.dam_explain(number, chosen, path, 0, text)));
    return Utf8.decode(text[0]);
  }

  /** Appends a slice, in its order, to an array. */
  public void copyInto(Slice slice, DocumentArray target, WriteOption... options) {
    int flags = WriteOption.flags(options);
    handle.call(from -> target.handle().call(to -> DamC.dam_snapshot_copy_into(
        from, slice.start(), slice.stop(), slice.step(), to, flags)));
  }

  /** Does nothing the second time. Buffers lent by it, and its cursors, stay valid. */
  @Override
  public void close() {
    handle.close();
  }

  private <T> Optional<T> read(String id, Function<ByteBuffer, T> reader) {
    byte[] key = Utf8.encode(id, "id");
    return read(lent -> handle.call(number -> DamC.dam_snapshot_get(number, key, lent)), reader);
  }

  private <T> T read(long position, Function<ByteBuffer, T> reader) {
    Lending lending =
        lent -> handle.call(number -> DamC.dam_snapshot_get_at(number, position, lent));
    return read(lending, reader).orElseThrow();
  }

  /** What is lent may be read only while the lease is held. */
  private <T> Optional<T> read(Lending lending, Function<ByteBuffer, T> reader) {
    ByteBuffer[] lent = new ByteBuffer[1];
    lease.hold();
    try {
      return lending.into(lent) ? Optional.of(reader.apply(lent[0])) : Optional.empty();
    } finally {
      lease.give();
    }
  }

  private interface Lending {
    boolean into(ByteBuffer[] lent);
  }
}
