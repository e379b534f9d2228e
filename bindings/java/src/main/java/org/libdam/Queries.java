package org.libdam;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.libdam.binding.DamC;

/**
 * What a match looks for, numbered in the order it was added. One thread at a time adds; then any
 * number may match. What is forgotten is freed when it is collected.
 */
public final class Queries {
  private final Handle handle =
      new Handle(Handle.made(DamC::dam_queries_create), Queries::freed, "");

  /** None yet. */
  public Queries() {}

  private static boolean freed(long number) {
    DamC.dam_queries_free(number);
    return true;
  }

  /** Looks for what is near to a vector. */
  public synchronized Queries addVector(float... vector) {
    ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(vector);
    int[] shape = {vector.length};
    handle.call(number -> DamC.dam_queries_add_matrix(
        number, DamC.DAM_DTYPE_F32, shape, bytes.array()));
    return this;
  }

  /** Looks for what is near to documents of a snapshot, by their ids. */
  public synchronized Queries addIds(Snapshot snapshot, String... ids) {
    byte[][] keys = new byte[ids.length][];
    for (int i = 0; i < ids.length; ++i) {
      keys[i] = Utf8.encode(ids[i], "id");
    }
    handle.call(number -> snapshot.handle().call(
        view -> DamC.dam_queries_add_ids(number, view, keys)));
    return this;
  }

  /** How many there are. */
  public synchronized long count() {
    return handle.number(DamC::dam_queries_count);
  }

  boolean call(Handle.Call call) {
    return handle.call(call);
  }
}
