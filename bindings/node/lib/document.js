'use strict';
// One document: its FlatBuffer in memory of its own. libdam's form of it, which knows the fields,
// lives for one question only: left to the collector, thousands of them would wait in a busy loop.

const native = require('./native.js');
const { readTags } = require('./tags.js');
const { checked } = require('./write_options.js');

const OURS = Symbol('bytes that libdam gave out');

class Document {
  #bytes;
  #id;

  /** A document of a finished FlatBuffer, which is checked and copied. */
  constructor(bytes, origin) {
    if (!(bytes instanceof Uint8Array)) throw new TypeError('bytes is no Uint8Array');
    this.#bytes = origin === OURS ? bytes : new Uint8Array(bytes);
    if (origin !== OURS) this.#id = this.#ask(native.dam_document_id);
  }

  /** A document of JSON text, or of an object that JSON.stringify makes such text of. */
  static fromJSON(source, options) {
    const { unknownToTags } = checked(options, ['unknownToTags']);
    const isObject = typeof source === 'object' && source !== null;
    const text = isObject ? JSON.stringify(source) : source;
    const flags = unknownToTags ? native.DAM_JSON_UNKNOWN_TO_TAGS : 0;
    return adopt(answered(native.dam_document_from_json(text, flags), native.dam_document_bytes));
  }

  #ask(question) {
    return answered(native.dam_document_from_bytes(this.#bytes), question);
  }

  /** The FlatBuffer, not to be changed. One of a walk may have up to 7 zero bytes behind it. */
  get bytes() {
    return this.#bytes;
  }

  /** The id; empty when the document has none yet. */
  get id() {
    this.#id ??= this.#ask(native.dam_document_id);
    return this.#id;
  }

  /** A field; undefined when it is absent. */
  get text() {
    return this.#ask((handle) => native.dam_document_string(handle, native.DAM_FIELD_TEXT));
  }

  get uri() {
    return this.#ask((handle) => native.dam_document_string(handle, native.DAM_FIELD_URI));
  }

  get mimeType() {
    return this.#ask((handle) => native.dam_document_string(handle, native.DAM_FIELD_MIME_TYPE));
  }

  get buffer() {
    return this.#ask((handle) => native.dam_document_buffer(handle, native.DAM_FIELD_BUFFER));
  }

  /** The numbers of the embedding, of whatever type it is, as a Float32Array. */
  get embedding() {
    return this.#ask((handle) => {
      const field = native.DAM_FIELD_EMBEDDING;
      const count = native.dam_document_floats(handle, field, null);
      if (count === undefined) return undefined;
      const numbers = new Float32Array(count);
      native.dam_document_floats(handle, field, numbers);
      return numbers;
    });
  }

  /** All tags as an object; integers beyond 2^53 are BigInts. */
  get tags() {
    return this.#ask(readTags);
  }

  get chunks() {
    return this.#ask((handle) => children(handle, native.DAM_FIELD_CHUNKS));
  }

  get matches() {
    return this.#ask((handle) => children(handle, native.DAM_FIELD_MATCHES));
  }

  /** The canonical JSON, exact for every number. */
  json(options) {
    const { plainArrays } = checked(options, ['plainArrays']);
    const flags = plainArrays ? native.DAM_JSON_ARRAYS : 0;
    return this.#ask((handle) => native.dam_document_to_json(handle, flags));
  }

  /** The document as an object, for JSON.stringify; integers beyond 2^53 are rounded. */
  toJSON() {
    return JSON.parse(this.json());
  }
}

function children(handle, field) {
  const count = native.dam_document_count(handle, field) ?? 0;
  return Array.from({ length: count }, (_, i) =>
    adopt(answered(native.dam_document_child(handle, field, i), native.dam_document_bytes)));
}

/** What a question about libdam's form of a document answers; the form ends with it. */
function answered(handle, question) {
  try {
    return question(handle);
  } finally {
    native.dam_document_free(handle);
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
