'use strict';
// The tags of a document as an object, exact: integers beyond 2^53 are BigInts, bytes Uint8Arrays.

const native = require('./native.js');

const decoder = new TextDecoder();

function valueOf([kind, integer, number, data]) {
  switch (kind) {
    case native.DAM_TAG_NULL: return null;
    case native.DAM_TAG_FALSE: return false;
    case native.DAM_TAG_TRUE: return true;
    case native.DAM_TAG_INTEGER: return integer;
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
function readTags(handle) {
  const root = {};
  if (native.dam_document_count(handle, native.DAM_FIELD_TAGS) === undefined) return root;
  const walk = native.dam_tags_open(handle, '');
  const parents = [root];
  for (let step = native.dam_tags_next(walk); step; step = native.dam_tags_next(walk)) {
    const [depth, key] = native.dam_tags_key(walk);
    const value = valueOf(step);
    add(parents[depth], key, value);
    parents[depth + 1] = value;
  }
  native.dam_tags_close(walk);
  return root;
}

module.exports = { readTags };
