'use strict';
// An open array of documents: one directory on disk.

const { setTimeout: sleep } = require('node:timers/promises');

const native = require('./native.js');
const { Batch } = require('./batch.js');
const { DamError } = require('./dam_error.js');
const { adopt, bytesOf } = require('./document.js');
const { packDocuments, packIds, packPositions, readInto, unpack, walk } = require('./packing.js');
const { countWhere, find, withFilter } = require('./find.js');
const { Snapshot, closeOnce } = require('./snapshot.js');
const { withTask } = require('./task.js');
const { checked, opening, pruning, writing } = require('./write_options.js');

const STATS = {
  documents: native.DAM_STAT_DOCUMENTS, slots: native.DAM_STAT_SLOTS,
  liveBytes: native.DAM_STAT_LIVE_BYTES, deadBytes: native.DAM_STAT_DEAD_BYTES,
  generation: native.DAM_STAT_GENERATION, revision: native.DAM_STAT_REVISION,
  bodyBytes: native.DAM_STAT_BODY_BYTES, headerBytes: native.DAM_STAT_HEADER_BYTES,
  indexBytes: native.DAM_STAT_INDEX_BYTES, indexMemory: native.DAM_STAT_INDEX_MEMORY,
  durableRevision: native.DAM_STAT_DURABLE_REVISION, embeddingDim: native.DAM_STAT_EMBEDDING_DIM,
  pinnedBytes: native.DAM_STAT_PINNED_BYTES, garbagePercent: native.DAM_STAT_GARBAGE_PERCENT,
  keyLength: native.DAM_STAT_KEY_LENGTH, sealed: native.DAM_STAT_SEALED,
};
const DURABILITY = ['durability'];
const ADDING = ['durability', 'upsert'];
const SIGNAL = ['signal'];
const CHANGING = ['durability', 'expectedRevision'];
const decoder = new TextDecoder();
// Why looking again and again: a wait in C would keep a thread of Node's few from other work.
const LOOK_EVERY_MS = 5;

const written = ([position, revision]) => ({ position, revision });

/** The handle of what must be an array. */
let handleOf;

class DocumentArray {
  #handle;

  static {
    handleOf = (array) => {
      if (!(#handle in Object(array))) throw new TypeError('the other is no DocumentArray');
      return array.#handle;
    };
  }

  /** Arrays come from open(). */
  constructor(handle) {
    native.dam_count(handle);
    this.#handle = handle;
  }

  // -------------------------------------------------------------- reading

  get length() {
    return native.dam_count(this.#handle);
  }

  get path() {
    return native.dam_path(this.#handle);
  }

  get(id) {
    const bytes = readInto((room) => native.dam_read(this.#handle, id, room));
    return bytes && adopt(bytes);
  }

  at(position) {
    const bytes = readInto((room) => native.dam_read_at(this.#handle, position, room));
    return bytes && adopt(bytes);
  }

  async getMany(ids) {
    const { data, offsets } = packIds(ids);
    const [found, ends] = await native.dam_read_many_async(this.#handle, data, offsets);
    return unpack(found, ends, offsets.length - 1);
  }

  getManySync(ids) {
    const { data, offsets } = packIds(ids);
    const [found, ends] = native.dam_read_many(this.#handle, data, offsets);
    return unpack(found, ends, offsets.length - 1);
  }

  contains(id) {
    return native.dam_contains(this.#handle, id);
  }

  position(id) {
    return native.dam_position(this.#handle, id);
  }

  idAt(position) {
    return decoder.decode(readInto((room) => native.dam_id_at(this.#handle, position, room)));
  }

  ids(first = 0, count = Number.MAX_SAFE_INTEGER) {
    return native.dam_ids(this.#handle, first, count);
  }

  revision(id) {
    return native.dam_revision(this.#handle, id);
  }

  /** Walks through a slice of the array as it is when the walk begins. */
  * range(start, stop, step) {
    const snapshot = native.dam_snapshot_open(this.#handle);
    try {
      yield* walk(snapshot, start, stop, step);
    } finally {
      native.dam_snapshot_release(snapshot);
    }
  }

  slice(start, stop, step) {
    return [...this.range(start, stop, step)];
  }

  [Symbol.iterator]() {
    return this.range();
  }

  /** The documents that pass a filter, as the array is now. */
  async find(filter, options) {
    return this.#viewed((snapshot) => find(snapshot, filter, options));
  }

  async countWhere(filter, options) {
    return this.#viewed((snapshot) => countWhere(snapshot, filter, options));
  }

  async #viewed(run) {
    const snapshot = native.dam_snapshot_open(this.#handle);
    try {
      return await run(snapshot);
    } finally {
      native.dam_snapshot_release(snapshot);
    }
  }

  // -------------------------------------------------------------- writing

  append(document, options) {
    const { flags } = writing(options, ADDING);
    return written(native.dam_append(this.#handle, bytesOf(document), flags));
  }

  async extend(documents, options) {
    const { flags } = writing(options, ADDING);
    const { data, offsets } = packDocuments(documents);
    return written(await native.dam_extend_async(this.#handle, data, offsets, flags));
  }

  extendSync(documents, options) {
    const { flags } = writing(options, ADDING);
    const { data, offsets } = packDocuments(documents);
    return written(native.dam_extend(this.#handle, data, offsets, flags));
  }

  set(id, document, options) {
    const { flags, expectedRevision } = writing(options, CHANGING);
    return native.dam_set(this.#handle, id, bytesOf(document), expectedRevision, flags);
  }

  setAt(position, document, options) {
    const { flags, expectedRevision } = writing(options, CHANGING);
    return native.dam_set_at(this.#handle, position, bytesOf(document), expectedRevision, flags);
  }

  /** Applies a JSON merge patch, text or an object, as one commit; the revision. */
  patch(id, patch, options) {
    const { flags, expectedRevision } = writing(options, CHANGING);
    const isObject = typeof patch === 'object' && patch !== null;
    const text = isObject ? JSON.stringify(patch) : patch;
    return native.dam_patch(this.#handle, id, text, expectedRevision, flags);
  }

  delete(id, options) {
    const { flags, expectedRevision } = writing(options, CHANGING);
    return native.dam_delete(this.#handle, id, expectedRevision, flags);
  }

  deleteAt(position, options) {
    const { flags, expectedRevision } = writing(options, CHANGING);
    return native.dam_delete_at(this.#handle, position, expectedRevision, flags);
  }

  deleteSlice(start, stop, step, options) {
    const { flags } = writing(options, DURABILITY);
    return native.dam_delete_range(this.#handle, start, stop, step, flags);
  }

  /** Deletes the documents that pass a filter, as one commit; how many that were. */
  async deleteWhere(filter, options) {
    const { signal, ...durability } = checked(options, [...DURABILITY, ...SIGNAL]);
    const { flags } = writing(durability, DURABILITY);
    return withFilter(filter, (parsed) => withTask(signal, (task) =>
      native.dam_delete_where_async(this.#handle, parsed, flags, task)));
  }

  // -------------------------------------------------------------- the array as a whole

  async prune(options) {
    await this.#pruned(options);
  }

  async pruneOrdered(positions, options) {
    await this.#pruned(options, packPositions(positions));
  }

  async #pruned(options, positions) {
    const choices = pruning(options);
    try {
      await withTask(options?.signal, (task) =>
        native.dam_prune_async(this.#handle, choices, task, positions));
    } finally {
      native.dam_options_free(choices);
    }
  }

  /** Copies the array, as it is now, to an array of its own in a directory that holds none. */
  async backup(path, options) {
    const { signal } = checked(options, SIGNAL);
    await withTask(signal, (task) => native.dam_backup_async(this.#handle, path, task));
  }

  /** Appends every document to another array; how many those are. */
  async copyInto(target, options) {
    const { signal, ...adding } = checked(options, [...ADDING, ...SIGNAL]);
    const { flags } = writing(adding, ADDING);
    return withTask(signal, (task) =>
      native.dam_copy_into_async(this.#handle, handleOf(target), task, flags));
  }

  isSameArray(other) {
    return native.dam_same(this.#handle, handleOf(other));
  }

  async hasEqualDocuments(other, options) {
    const { signal } = checked(options, SIGNAL);
    return withTask(signal, (task) =>
      native.dam_equal_async(this.#handle, handleOf(other), task));
  }

  clear(options) {
    return native.dam_clear(this.#handle, writing(options, DURABILITY).flags);
  }

  snapshot() {
    return new Snapshot(native.dam_snapshot_open(this.#handle));
  }

  batch() {
    return new Batch(native.dam_batch_begin(this.#handle));
  }

  reload() {
    return native.dam_reload(this.#handle);
  }

  /** The newest revision, once there is a commit after the one given, whoever made it. */
  async wait(revision, options) {
    const { timeoutMs = Infinity, signal } = checked(options, ['timeoutMs', 'signal']);
    if (typeof timeoutMs !== 'number') throw new TypeError('timeoutMs is no number');
    const end = performance.now() + timeoutMs;
    for (;;) {
      if (signal?.aborted) throw new DamError('DAM_CANCELLED', 'the wait was aborted');
      try {
        return native.dam_wait(this.#handle, revision, 0);
      } catch (error) {
        if (error.code !== 'DAM_BUSY' || performance.now() >= end) throw error;
      }
      await sleep(LOOK_EVERY_MS);
    }
  }

  flush() {
    native.dam_flush(this.#handle);
  }

  sync() {
    native.dam_sync(this.#handle);
  }

  stat() {
    const read = ([name, stat]) => [name, native.dam_stat(this.#handle, stat)];
    return Object.fromEntries(Object.entries(STATS).map(read));
  }

  close() {
    native.dam_close(this.#handle);
  }

  [Symbol.dispose]() {
    closeOnce(this);
  }
}

function open(path, options) {
  const choices = opening(options);
  try {
    return new DocumentArray(native.dam_open(path, choices));
  } finally {
    native.dam_options_free(choices);
  }
}

async function verify(path, options) {
  const { signal } = checked(options, SIGNAL);
  return withTask(signal, (task) => native.dam_verify_async(path, task));
}

async function salvage(path, targetPath, options) {
  const { signal } = checked(options, SIGNAL);
  const [recovered, uncertain, report] = await withTask(signal, (task) =>
    native.dam_salvage_async(path, targetPath, task));
  return { recovered, uncertain, report };
}

module.exports = { DocumentArray, open, salvage, verify };
