package org.libdam;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.libdam.binding.DamC;

/**
 * The rows that a query answered. They never change, and keep the view that was asked, and its disk
 * space, until they are closed or collected. For any number of threads.
 */
public final class Results implements Iterable<Document>, AutoCloseable {
  private final Handle handle;
  private final long count;
  private boolean closed;

  /** Takes the native results over. */
  Results(long number) {
    handle = new Handle(number, Results::freed, "");
    count = handle.number(DamC::dam_results_count);
  }

  private static boolean freed(long number) {
    DamC.dam_results_free(number);
    return true;
  }

  /** Number of rows. */
  public long count() {
    call(number -> true);
    return count;
  }

  private static ByteBuffer column(long number, int column) {
    ByteBuffer[] lent = new ByteBuffer[1];
    DamC.dam_results_read(number, column, lent);
    return lent[0].order(ByteOrder.nativeOrder());
  }

  /** Where the documents of the rows stand, or the outermost ones they lie in. */
  public long[] positions() {
    long[] positions = new long[Math.toIntExact(count)];
    call(number -> {
      column(number, DamC.DAM_RESULTS_POSITION).asLongBuffer().get(positions);
      return true;
    });
    return positions;
  }

  /** Of a match: for each row the number of the query that it answers, from 0. */
  public long[] queries() {
    long[] queries = new long[Math.toIntExact(count)];
    call(number -> {
      column(number, DamC.DAM_RESULTS_QUERY).asLongBuffer().get(queries);
      return true;
    });
    return queries;
  }

  /** Of a match: the distances of the rows. */
  public double[] distances() {
    double[] distances = new double[Math.toIntExact(count)];
    call(number -> {
      column(number, DamC.DAM_RESULTS_DISTANCE).asDoubleBuffer().get(distances);
      return true;
    });
    return distances;
  }

  /** The ids of the documents found; empty for a chunk that has none. */
  public List<String> ids() {
    byte[][][] ids = new byte[1][][];
    call(number -> DamC.dam_results_ids(number, ids));
    List<String> texts = new ArrayList<>(ids[0].length);
    for (byte[] id : ids[0]) {
      texts.add(Utf8.decode(id));
    }
    return texts;
  }

  /** The document that a row found; outside the rows an IndexOutOfBoundsException. */
  public Document get(long row) {
    long[] document = new long[1];
    call(number -> DamC.dam_results_document(number, row, document));
    return Document.taken(document[0]);
  }

  /** The documents of all rows, each read when it comes. */
  @Override
  public Iterator<Document> iterator() {
    count();
    return new Rows();
  }

  /** Frees the rows; documents that were read stay valid. Does nothing the second time. */
  @Override
  public synchronized void close() {
    closed = true;
    handle.close();
  }

  /** Why under a lock: libdam does not know results that were freed. */
  private synchronized void call(Handle.Call call) {
    if (closed) {
      throw new IllegalStateException("the results are closed");
    }
    handle.call(call);
  }

  private final class Rows implements Iterator<Document> {
    private long next;

    @Override
    public boolean hasNext() {
      return next < count;
    }

    @Override
    public Document next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the results are at their end");
      }
      return get(next++);
    }
  }
}
