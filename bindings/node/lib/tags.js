'use strict';
// The tags of a document as an object and back. `tags` has integers as Numbers where these are
// exact and as BigInts beyond 2^53; `exactTags` has each integer as a BigInt, so that every Number
// in it is a double. Bytes are Uint8Arrays.

const native = require('./native.js');

const decoder = new TextDecoder();

function valueOf([kind, integer, number, data], exact) {
  switch (kind) {
    case native.DAM_TAG_NULL: return null;
    case native.DAM_TAG_FALSE: return false;
    case native.DAM_TAG_TRUE: return true;
    case native.DAM_TAG_INTEGER: return exact ? BigInt(integer) : integer;
    case native.DAM_TAG_NUMBER: return number;
    case native.DAM_TAG_STRING: return decoder.decode(data);
    case native.DAM_TAG_BYTES: return data;
    case native.DAM_TAG_LIST: return [];
    default: return {};
  }
}

/** Adds an element. Why not by assignment: the key `__proto__` would set the prototype. */
function add(parent, key, value) {
  if (Array.isArray(parent)) {
    parent.push(value);
  } else {
    Object.defineProperty(parent, key,
      { value, configurable: true, enumerable: true, writable: true });
  }
}

/** All tags of libdam's form of a document. */
function readTags(handle, exact) {
  const root = {};
  // Why the count: a walk through an empty map stands on the map itself.
  if (!native.dam_document_count(handle, native.DAM_FIELD_TAGS)) return root;
  const walk = native.dam_tags_open(handle, '');
  const parents = [root];
  for (let step = native.dam_tags_next(walk); step; step = native.dam_tags_next(walk)) {
    const [depth, key] = native.dam_tags_key(walk);
    const value = valueOf(step, exact);
    add(parents[depth], key, value);
    parents[depth + 1] = value;
  }
  native.dam_tags_close(walk);
  return root;
}

/** A key as one step of a dotted path. */
function escaped(key) {
  return key.replace(/[\\.]/g, '\\$&');
}

/** The entries of what may be a map of tags; undefined for anything else. */
function entriesOf(value) {
  if (value instanceof Map) return [...value];
  const prototype = Object.getPrototypeOf(value);
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  return isPlain ? Object.entries(value) : undefined;
}

/** Replaces the tags of a builder by an object or a Map. */
function writeTags(builder, value, exact) {
  const entries = typeof value === 'object' && value !== null && !Array.isArray(value)
    ? entriesOf(value) : undefined;
  if (entries === undefined) throw new TypeError('tags are no plain object and no Map');
  native.dam_builder_clear(builder, native.DAM_FIELD_TAGS);
  const writer = new TagWriter(builder, exact);
  for (const [key, element] of entries) writer.set(writer.below('', key), element);
}

class TagWriter {
  #builder;
  #exact;

  constructor(builder, exact) {
    this.#builder = builder;
    this.#exact = exact;
  }

  below(path, key) {
    if (typeof key !== 'string') throw new TypeError('a key of tags is no string');
    return path === '' ? escaped(key) : `${path}.${escaped(key)}`;
  }

  // What holds itself ends where libdam refuses a path of so many steps.
  set(path, value) {
    switch (typeof value) {
      case 'boolean': return this.#kind(path, value ? native.DAM_TAG_TRUE : native.DAM_TAG_FALSE);
      case 'bigint': return native.dam_builder_set_tag_integer(this.#builder, path, value);
      case 'number': return this.#number(path, value);
      case 'string': return native.dam_builder_set_tag_string(this.#builder, path, value);
      case 'object': return this.#object(path, value);
      default: throw new TypeError(`the tag ${path} is of type ${typeof value}`);
    }
  }

  #kind(path, kind) {
    native.dam_builder_set_tag(this.#builder, path, kind);
  }

  #number(path, value) {
    const isInteger = !this.#exact && Number.isSafeInteger(value) && !Object.is(value, -0);
    if (isInteger) native.dam_builder_set_tag_integer(this.#builder, path, value);
    else native.dam_builder_set_tag_number(this.#builder, path, value);
  }

  #object(path, value) {
    if (value === null) return this.#kind(path, native.DAM_TAG_NULL);
    if (value instanceof Uint8Array) {
      return native.dam_builder_set_tag_buffer(this.#builder, path, value);
    }
    const isList = Array.isArray(value);
    const entries = isList ? Array.from(value, (element, i) => [String(i), element])
      : entriesOf(value);
    if (entries === undefined) throw new TypeError(`the tag ${path} is no plain object`);
    this.#kind(path, isList ? native.DAM_TAG_LIST : native.DAM_TAG_MAP);
    for (const [key, element] of entries) this.set(this.below(path, key), element);
    return undefined;
  }
}

module.exports = { add, escaped, readTags, writeTags };
