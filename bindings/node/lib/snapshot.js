'use strict';
// A view of one commit, which never changes and outlives its array.

const native = require('./native.js');
const { adopt } = require('./document.js');
const { countWhere, explain, find } = require('./find.js');
const { readInto, walk } = require('./packing.js');

const decoder = new TextDecoder();

class Snapshot {
  #handle;

  /** Snapshots come from array.snapshot(). */
  constructor(handle) {
    native.dam_snapshot_count(handle);
    this.#handle = handle;
  }

  get length() {
    return native.dam_snapshot_count(this.#handle);
  }

  get revision() {
    return native.dam_snapshot_revision(this.#handle);
  }

  get(id) {
    const bytes = native.dam_snapshot_get(this.#handle, id);
    return bytes && adopt(bytes);
  }

  at(position) {
    const bytes = native.dam_snapshot_get_at(this.#handle, position);
    return bytes && adopt(bytes);
  }

  position(id) {
    return native.dam_snapshot_position(this.#handle, id);
  }

  idAt(position) {
    return decoder.decode(
      readInto((room) => native.dam_snapshot_id_at(this.#handle, position, room)));
  }

  range(start, stop, step) {
    return walk(this.#handle, start, stop, step);
  }

  slice(start, stop, step) {
    return [...this.range(start, stop, step)];
  }

  [Symbol.iterator]() {
    return this.range();
  }

  /** The documents that pass a filter. */
  async find(filter, options) {
    return find(this.#handle, filter, options);
  }

  async countWhere(filter, options) {
    return countWhere(this.#handle, filter, options);
  }

  /** How a filter runs, in words: which step kept how many documents. */
  async explain(filter, options) {
    return explain(this.#handle, filter, options);
  }

  close() {
    native.dam_snapshot_release(this.#handle);
  }

  [Symbol.dispose]() {
    closeOnce(this);
  }
}

/** close() for `using`, which may come after a close() by hand. */
function closeOnce(closeable) {
  try {
    closeable.close();
  } catch (error) {
    if (error.code !== 'DAM_CLOSED') throw error;
  }
}

module.exports = { Snapshot, closeOnce };
