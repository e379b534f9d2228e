'use strict';
// The rows that a query answered. They never change and keep the view that was asked; what is
// forgotten is freed when it is collected.

const native = require('./native.js');
const { documentOf } = require('./document.js');

class Results {
  #handle;
  #length;

  /** Results come from find(). */
  constructor(handle) {
    if (handle === undefined) throw new TypeError('results come from find()');
    this.#length = native.dam_results_count(handle);
    this.#handle = handle;
  }

  get length() {
    return this.#length;
  }

  /** Where the documents of the rows stand, or the outermost ones they lie in. */
  get positions() {
    const bytes = native.dam_results_read(this.#handle, native.DAM_RESULTS_POSITION);
    return Array.from(new BigInt64Array(bytes.buffer), Number);
  }

  /** The ids of the documents found, empty for a chunk that has none. */
  get ids() {
    return native.dam_results_ids(this.#handle);
  }

  /** The document that a row found, negative rows from the end; undefined when there is none. */
  at(row) {
    if (!Number.isSafeInteger(row)) throw new TypeError('row is no safe integer');
    const place = row < 0 ? row + this.#length : row;
    if (place < 0 || place >= this.#length) return undefined;
    return documentOf(native.dam_results_document(this.#handle, place));
  }

  * [Symbol.iterator]() {
    for (let row = 0; row < this.#length; row++) yield this.at(row);
  }

  /** Frees the rows; documents that were read stay valid. */
  close() {
    native.dam_results_free(this.#handle);
    this.#length = 0;
  }

  [Symbol.dispose]() {
    this.close();
  }
}

module.exports = { Results };
