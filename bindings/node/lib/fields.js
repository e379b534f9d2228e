'use strict';
// The fields of documents by their names here: how each is read from libdam's form of a document,
// and how it is set in a builder. Those that are documents themselves are in document.js.

const native = require('./native.js');
const { readScores, writeScores } = require('./scores.js');
const { readTags, writeTags } = require('./tags.js');
const { floatsOf, readTensor, writeTensor } = require('./tensor.js');

/** The numbers of a tensor of any dtype, or of the location. */
function readFloats(handle, field) {
  const count = native.dam_document_floats(handle, field, null);
  if (count === undefined) return undefined;
  const numbers = new Float32Array(count);
  native.dam_document_floats(handle, field, numbers);
  return numbers;
}

function writeBytes(builder, field, bytes) {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('bytes are no Uint8Array');
  native.dam_builder_set_buffer(builder, field, bytes);
}

const STRING = { read: native.dam_document_string, write: native.dam_builder_set_string };
const BYTES = { read: native.dam_document_buffer, write: writeBytes };
const INTEGER = { read: native.dam_document_integer, write: native.dam_builder_set_integer };
const NUMBER = { read: native.dam_document_number, write: native.dam_builder_set_number };
const SCORES = { read: readScores, write: writeScores };
const LOCATION = {
  read: readFloats,
  write: (builder, field, values) =>
    native.dam_builder_set_floats(builder, field, floatsOf(values, 'location')),
};
const TAGS = {
  read: (handle) => readTags(handle, false),
  write: (builder, _, tags) => writeTags(builder, tags, false),
};
const EXACT_TAGS = {
  read: (handle) => readTags(handle, true),
  write: (builder, _, tags) => writeTags(builder, tags, true),
};

/** Name: [number in dam.h, how it is read and written]. */
const FIELDS = {
  id: [native.DAM_FIELD_ID, STRING],
  text: [native.DAM_FIELD_TEXT, STRING],
  buffer: [native.DAM_FIELD_BUFFER, BYTES],
  blob: [native.DAM_FIELD_BLOB, { read: readTensor, write: writeTensor }],
  tags: [native.DAM_FIELD_TAGS, TAGS],
  exactTags: [native.DAM_FIELD_TAGS, EXACT_TAGS],
  embedding: [native.DAM_FIELD_EMBEDDING, { read: readFloats, write: writeTensor }],
  uri: [native.DAM_FIELD_URI, STRING],
  mimeType: [native.DAM_FIELD_MIME_TYPE, STRING],
  parentId: [native.DAM_FIELD_PARENT_ID, STRING],
  granularity: [native.DAM_FIELD_GRANULARITY, INTEGER],
  adjacency: [native.DAM_FIELD_ADJACENCY, INTEGER],
  weight: [native.DAM_FIELD_WEIGHT, NUMBER],
  scores: [native.DAM_FIELD_SCORES, SCORES],
  evaluations: [native.DAM_FIELD_EVALUATIONS, SCORES],
  modality: [native.DAM_FIELD_MODALITY, STRING],
  location: [native.DAM_FIELD_LOCATION, LOCATION],
  offset: [native.DAM_FIELD_OFFSET, INTEGER],
  levelName: [native.DAM_FIELD_LEVEL_NAME, STRING],
  siblings: [native.DAM_FIELD_SIBLINGS, INTEGER],
  metaInfo: [native.DAM_FIELD_META_INFO, BYTES],
};

/** Of each of these a document has one at most. */
const EXCLUSIVE = [['text', 'buffer', 'blob'], ['tags', 'exactTags']];

/** Refuses values of which one would silently take the place of another. */
function checkExclusive(values) {
  for (const names of EXCLUSIVE) {
    const given = names.filter((name) => values[name] !== undefined);
    if (given.length > 1) throw new TypeError(`${given.join(' and ')} exclude each other`);
  }
}

module.exports = { FIELDS, checkExclusive };
