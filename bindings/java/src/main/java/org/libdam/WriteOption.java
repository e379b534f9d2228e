package org.libdam;

import org.libdam.binding.DamC;

/** Options of a write; of the three durabilities, at most one. */
public enum WriteOption {
  /** A live document of the same id is replaced, and keeps its position. */
  UPSERT(DamC.DAM_UPSERT),
  /** Gathered in memory: other processes see it, and a crash spares it, after a flush. */
  BUFFERED(DamC.DAM_BUFFERED),
  /** Seen by other processes at once; survives a crash of this one. */
  VISIBLE(DamC.DAM_VISIBLE),
  /** Survives power loss when the call returns. */
  DURABLE(DamC.DAM_DURABLE);

  private final int flag;

  WriteOption(int flag) {
    this.flag = flag;
  }

  int flag() {
    return flag;
  }

  static int flags(WriteOption... options) {
    int flags = 0;
    for (WriteOption option : options) {
      flags |= option.flag;
    }
    return flags;
  }
}
