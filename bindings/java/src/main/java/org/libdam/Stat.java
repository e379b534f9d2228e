package org.libdam;

import org.libdam.binding.DamC;

/** Numbers about an array; bytes unless said otherwise. */
public enum Stat {
  /** Live documents. */
  DOCUMENTS(DamC.DAM_STAT_DOCUMENTS),
  /** Documents ever added to this generation. */
  SLOTS(DamC.DAM_STAT_SLOTS),
  /** Frames of live documents in the body. */
  LIVE_BYTES(DamC.DAM_STAT_LIVE_BYTES),
  /** Frames that a prune would drop. */
  DEAD_BYTES(DamC.DAM_STAT_DEAD_BYTES),
  /** Lives of the two files, from 1. */
  GENERATION(DamC.DAM_STAT_GENERATION),
  /** The latest commit. */
  REVISION(DamC.DAM_STAT_REVISION),
  /** Size of body.bin. */
  BODY_BYTES(DamC.DAM_STAT_BODY_BYTES),
  /** Size of header.bin. */
  HEADER_BYTES(DamC.DAM_STAT_HEADER_BYTES),
  /** Size of the id index on disk. */
  INDEX_BYTES(DamC.DAM_STAT_INDEX_BYTES),
  /** Private memory of the id index. */
  INDEX_MEMORY(DamC.DAM_STAT_INDEX_MEMORY),
  /** The latest commit known to survive power loss. */
  DURABLE_REVISION(DamC.DAM_STAT_DURABLE_REVISION),
  /** Dimension of the embedding column; 0: none yet. */
  EMBEDDING_DIM(DamC.DAM_STAT_EMBEDDING_DIM),
  /** Files of pruned generations that views of this array keep. */
  PINNED_BYTES(DamC.DAM_STAT_PINNED_BYTES),
  /** Dead bytes of 100 in the body. */
  GARBAGE_PERCENT(DamC.DAM_STAT_GARBAGE_PERCENT),
  /** Code points that an id may have; 0: any number. */
  KEY_LENGTH(DamC.DAM_STAT_KEY_LENGTH),
  /** 1: sealed, nothing is written any more; else 0. */
  SEALED(DamC.DAM_STAT_SEALED);

  private final int number;

  Stat(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
