'use strict';
// One document: its FlatBuffer in memory of its own. libdam's form of it, which knows the fields,
// is made at the first question for one, and freed by the collector.

const native = require('./native.js');
const { checked } = require('./write_options.js');

const OURS = Symbol('bytes that libdam gave out');

class Document {
  #bytes;
  #handle;

  /** A document of a finished FlatBuffer, which is checked and copied. */
  constructor(bytes, origin) {
    if (!(bytes instanceof Uint8Array)) throw new TypeError('bytes is no Uint8Array');
    this.#bytes = origin === OURS ? bytes : new Uint8Array(bytes);
    if (origin !== OURS) this.#opened();
  }

  /** A document of JSON text, or of an object that JSON.stringify makes such text of. */
  static fromJSON(source, options) {
    const { unknownToTags } = checked(options, ['unknownToTags']);
    const isObject = typeof source === 'object' && source !== null;
    const text = isObject ? JSON.stringify(source) : source;
    const flags = unknownToTags ? native.DAM_JSON_UNKNOWN_TO_TAGS : 0;
    const handle = native.dam_document_from_json(text, flags);
    const bytes = native.dam_document_bytes(handle);
    native.dam_document_free(handle);
    return adopt(bytes);
  }

  #opened() {
    this.#handle ??= native.dam_document_from_bytes(this.#bytes);
    return this.#handle;
  }

  /** The FlatBuffer, not to be changed. One of a walk may have up to 7 zero bytes behind it. */
  get bytes() {
    return this.#bytes;
  }

  /** The id; empty when the document has none yet. */
  get id() {
    return native.dam_document_id(this.#opened());
  }

  /** The canonical JSON, exact for every number. */
  json(options) {
    const { plainArrays } = checked(options, ['plainArrays']);
    const flags = plainArrays ? native.DAM_JSON_ARRAYS : 0;
    return native.dam_document_to_json(this.#opened(), flags);
  }

  /** The document as an object, for JSON.stringify; integers beyond 2^53 are rounded. */
  toJSON() {
    return JSON.parse(this.json());
  }
}

/** A document of bytes that nobody else holds, which libdam has checked. */
function adopt(bytes) {
  return new Document(bytes, OURS);
}

/** The bytes of what a writing call may be given: a Document, its bytes, or an object of JSON. */
function bytesOf(document) {
  if (document instanceof Document) return document.bytes;
  if (document instanceof Uint8Array) return document;
  if (document !== null && typeof document === 'object' && !Array.isArray(document)) {
    return Document.fromJSON(document).bytes;
  }
  throw new TypeError('document is no Document, no Uint8Array and no object');
}

module.exports = { Document, adopt, bytesOf };
