'use strict';
// One document: its FlatBuffer in memory of its own. libdam's form of it, which knows the fields,
// lives for one question only: left to the collector, thousands of them would wait in a busy loop.

const native = require('./native.js');
const { FIELDS, checkExclusive } = require('./fields.js');
const { readTensor } = require('./tensor.js');
const { checked } = require('./write_options.js');

const OURS = Symbol('bytes that libdam gave out');
const CHILDREN = { chunks: native.DAM_FIELD_CHUNKS, matches: native.DAM_FIELD_MATCHES };
const SETTABLE = [...Object.keys(FIELDS), ...Object.keys(CHILDREN)];
const TENSORS = { embedding: native.DAM_FIELD_EMBEDDING, blob: native.DAM_FIELD_BLOB };

class Document {
  #bytes;
  #id;

  // Fields are undefined where they are absent; fields.js has them.
  static {
    for (const [name, [number, { read }]] of Object.entries(FIELDS)) {
      if (name in Document.prototype) continue;
      Object.defineProperty(Document.prototype, name, {
        get() { return this.#ask((handle) => read(handle, number)); },
        configurable: true,
      });
    }
  }

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
    return taken(native.dam_document_from_json(text, flags));
  }

  /** A document of fields. */
  static of(fields) {
    return built(null, fields);
  }

  /** This document with other fields in place of its own; undefined makes one absent. */
  with(changes) {
    return this.#ask((handle) => built(handle, changes));
  }

  /** This document with a JSON merge patch (RFC 7396) applied. */
  patch(patch) {
    const isObject = typeof patch === 'object' && patch !== null;
    const text = isObject ? JSON.stringify(patch) : patch;
    return this.#ask((handle) => taken(native.dam_document_patch(handle, text)));
  }

  /** This document with every field that the update has in place of its own; tags are merged. */
  merge(update) {
    return this.#asked(update, (one, two) => taken(native.dam_document_merge(one, two)));
  }

  /** Whether all fields are equal, whoever encoded them; NaN equals NaN. */
  equals(other) {
    return this.#asked(other, native.dam_document_equal);
  }

  #ask(question) {
    return answered(native.dam_document_from_bytes(this.#bytes), question);
  }

  #asked(other, question) {
    if (!(other instanceof Document)) throw new TypeError('the other is no Document');
    return this.#ask((one) => other.#ask((two) => question(one, two)));
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

  /** 'text', 'buffer' or 'blob'; undefined for a document without content. */
  get contentType() {
    const field = this.#ask(native.dam_document_content_type);
    return Object.keys(FIELDS).find((name) => FIELDS[name][0] === field);
  }

  /** 64 bits that stand for the content, id and levels aside, the same in every language. */
  get contentHash() {
    return BigInt(this.#ask(native.dam_document_hash));
  }

  get chunks() {
    return this.#ask((handle) => children(handle, native.DAM_FIELD_CHUNKS));
  }

  get matches() {
    return this.#ask((handle) => children(handle, native.DAM_FIELD_MATCHES));
  }

  /** The embedding or the blob as it lies in the document; undefined when it is absent. */
  tensor(name) {
    if (!Object.hasOwn(TENSORS, name)) throw new TypeError(`${String(name)} is no tensor`);
    return this.#ask((handle) => readTensor(handle, TENSORS[name]));
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
    taken(native.dam_document_child(handle, field, i)));
}

function writeChildren(builder, field, documents) {
  if (!Array.isArray(documents)) throw new TypeError('chunks and matches are arrays');
  native.dam_builder_clear(builder, field);
  for (const document of documents) {
    answered(native.dam_document_from_bytes(bytesOf(document)),
      (child) => native.dam_builder_add_child(builder, field, child));
  }
}

function setField(builder, name, value) {
  const [number, { write }] = FIELDS[name] ?? [CHILDREN[name], { write: writeChildren }];
  if (value === undefined) native.dam_builder_clear(builder, number);
  else write(builder, number, value);
}

/** The document that a builder makes which begins with a document, or with none, and has fields. */
function built(handle, fields) {
  const values = checked(fields ?? null, SETTABLE);
  checkExclusive(values);
  const builder = native.dam_builder_create(handle);
  try {
    const entries = Object.entries(values);
    // Absence first: of two names of one field it must not take away what the other sets.
    const absent = entries.filter(([, value]) => value === undefined);
    const present = entries.filter(([, value]) => value !== undefined);
    for (const [name, value] of [...absent, ...present]) setField(builder, name, value);
    return taken(native.dam_builder_finish(builder));
  } finally {
    native.dam_builder_discard(builder);
  }
}

/** What a question about libdam's form of a document answers; the form ends with it. */
function answered(handle, question) {
  try {
    return question(handle);
  } finally {
    native.dam_document_free(handle);
  }
}

/** The document of libdam's form of it, which ends. */
function taken(handle) {
  return adopt(answered(handle, native.dam_document_bytes));
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

module.exports = { Document, adopt, bytesOf, documentOf: taken };
