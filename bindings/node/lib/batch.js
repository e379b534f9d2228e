'use strict';
// Writes that readers see together or never; nothing is written before commit.

const native = require('./native.js');
const { bytesOf } = require('./document.js');
const { writing } = require('./write_options.js');

const EXPECTED = ['expectedRevision'];

class Batch {
  #handle;

  /** Batches come from array.batch(). */
  constructor(handle) {
    if (handle === undefined) throw new TypeError('a batch comes from array.batch()');
    this.#handle = handle;
  }

  append(document, options) {
    const { flags } = writing(options, ['upsert']);
    native.dam_batch_append(this.#handle, bytesOf(document), flags);
  }

  set(id, document, options) {
    const { expectedRevision } = writing(options, EXPECTED);
    native.dam_batch_set(this.#handle, id, bytesOf(document), expectedRevision);
  }

  setAt(position, document, options) {
    const { expectedRevision } = writing(options, EXPECTED);
    native.dam_batch_set_at(this.#handle, position, bytesOf(document), expectedRevision);
  }

  delete(id, options) {
    native.dam_batch_delete(this.#handle, id, writing(options, EXPECTED).expectedRevision);
  }

  deleteAt(position, options) {
    const { expectedRevision } = writing(options, EXPECTED);
    native.dam_batch_delete_at(this.#handle, position, expectedRevision);
  }

  /** Writes all of it, or on any error nothing, and ends the batch; the revision. */
  commit(options) {
    return native.dam_batch_commit(this.#handle, writing(options, ['durability']).flags);
  }

  discard() {
    native.dam_batch_discard(this.#handle);
  }

  /** Discards what was not committed. */
  [Symbol.dispose]() {
    try {
      this.discard();
    } catch (error) {
      if (error.code !== 'DAM_CLOSED') throw error;
    }
  }
}

module.exports = { Batch };
