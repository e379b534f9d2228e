package org.libdam;

import java.time.Duration;
import java.util.Objects;
import org.libdam.binding.DamC;

/** Choices for {@link DocumentArray#open}; what is not chosen has its default. */
public final class OpenOptions {
  private final OptionValues values = new OptionValues();

  /** Every default. */
  public OpenOptions() {}

  /** Never write, not even to recover after a crash. */
  public OpenOptions readOnly() {
    return with(DamC.DAM_OPTION_READ_ONLY, 1);
  }

  /** False: an absent array is NOT_FOUND. Default true: it is made, parent directories too. */
  public OpenOptions create(boolean create) {
    return with(DamC.DAM_OPTION_CREATE, create ? 1 : 0);
  }

  /** Durability of writes that choose none: BUFFERED, VISIBLE (the default) or DURABLE. */
  public OpenOptions durability(WriteOption durability) {
    if (Objects.requireNonNull(durability, "durability") == WriteOption.UPSERT) {
      throw new IllegalArgumentException("UPSERT is no durability");
    }
    return with(DamC.DAM_OPTION_DURABILITY, durability.flag());
  }

  /** How long to wait for another writer; negative: for ever. Default: not at all. */
  public OpenOptions lockTimeout(Duration timeout) {
    return with(DamC.DAM_OPTION_LOCK_TIMEOUT_MS, timeout.toMillis());
  }

  /** False: no helper thread; checkpoints run inside commits and close. Default true. */
  public OpenOptions upkeepThread(boolean upkeepThread) {
    return with(DamC.DAM_OPTION_UPKEEP_THREAD, upkeepThread ? 1 : 0);
  }

  /** False: copies and scans do not check payload checksums. Default true. */
  public OpenOptions checkPayloads(boolean checkPayloads) {
    return with(DamC.DAM_OPTION_CHECK_PAYLOADS, checkPayloads ? 1 : 0);
  }

  /** Address space to reserve for each of the two files; it bounds nothing. Default 64 GiB. */
  public OpenOptions windowBytes(long windowBytes) {
    return with(DamC.DAM_OPTION_WINDOW_BYTES, windowBytes);
  }

  /** Write even on NFS, SMB, 9p and FUSE, at the caller's risk. */
  public OpenOptions allowNetwork() {
    return with(DamC.DAM_OPTION_ALLOW_NETWORK, 1);
  }

  /** When there is damage behind the last checkpoint: keep what precedes it, drop the rest. */
  public OpenOptions acceptLoss() {
    return with(DamC.DAM_OPTION_ACCEPT_LOSS, 1);
  }

  /** Dimension of the embedding column, fixed at creation. Default: that of the first stored. */
  public OpenOptions embeddingDim(int embeddingDim) {
    return with(DamC.DAM_OPTION_EMBEDDING_DIM, embeddingDim);
  }

  /** Also store documents whose embedding does not fit the column. */
  public OpenOptions anyEmbedding() {
    return with(DamC.DAM_OPTION_ANY_EMBEDDING, 1);
  }

  /** Read nothing ahead: for arrays larger than memory whose documents are read in no order. */
  public OpenOptions randomReads() {
    return with(DamC.DAM_OPTION_RANDOM_READS, 1);
  }

  /** Several arrays, in any processes, write by turns, a commit each. */
  public OpenOptions sharedWriter() {
    return with(DamC.DAM_OPTION_SHARED_WRITER, 1);
  }

  /** How many code points an id may have, fixed at creation. Default 0: any number. */
  public OpenOptions keyLength(int keyLength) {
    return with(DamC.DAM_OPTION_KEY_LENGTH, keyLength);
  }

  /**
   * An array without a name, which goes when it is closed; the directory given to open is the one
   * whose disk it uses.
   */
  public OpenOptions temporary() {
    return with(DamC.DAM_OPTION_TEMPORARY, 1);
  }

  /** Answer IO where a file that something else cut off would end the process. */
  public OpenOptions safeReads() {
    return with(DamC.DAM_OPTION_SAFE_READS, 1);
  }

  private OpenOptions with(int option, long value) {
    values.put(option, value);
    return this;
  }

  /** Runs the call with these options as a native object. */
  void lend(Handle.Call call) {
    values.lend(call);
  }
}
