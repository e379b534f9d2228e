package org.libdam;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Documents in an order, each under an id: an array, or a snapshot of one. Positions count from 0;
 * negative ones count from the end. What is read is copied.
 */
public interface Documents extends Iterable<Document> {
  /** Number of documents. */
  long count();

  /** Whether there are none. */
  default boolean isEmpty() {
    return count() == 0;
  }

  /** Whether a document has this id. */
  boolean contains(String id);

  /** The document of an id; empty when there is none. */
  Optional<Document> get(String id);

  /** The document at a position; outside the array an IndexOutOfBoundsException. */
  Document get(long position);

  /** Position of the document of an id; empty when there is none. */
  OptionalLong position(String id);

  /** The id at a position; outside the array an IndexOutOfBoundsException. */
  String idAt(long position);

  /**
   * A walk through a slice, as of now: later writes do not change it. It holds disk space until it
   * is closed.
   */
  Cursor cursor(Slice slice);

  /** The documents of a slice. */
  default List<Document> get(Slice slice) {
    List<Document> documents = new ArrayList<>();
    try (Cursor cursor = cursor(slice)) {
      cursor.forEachRemaining(documents::add);
    }
    return documents;
  }

  /** A walk through all. It closes itself at the end, or when the garbage collector takes it. */
  @Override
  default Iterator<Document> iterator() {
    return cursor(Slice.ALL);
  }

  /** The documents in order; close the stream unless it is read to the end. */
  default Stream<Document> stream() {
    return stream(Slice.ALL);
  }

  /** The documents of a slice in order; close the stream unless it is read to the end. */
  default Stream<Document> stream(Slice slice) {
    Cursor cursor = cursor(slice);
    int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
    Spliterator<Document> documents = Spliterators.spliteratorUnknownSize(cursor, traits);
    return StreamSupport.stream(documents, false).onClose(cursor::close);
  }
}
