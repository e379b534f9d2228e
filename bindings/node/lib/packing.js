'use strict';
// Many documents or ids in one crossing: packed bytes, and the offsets that part them.

const native = require('./native.js');
const { adopt, bytesOf } = require('./document.js');

const WALK_BYTES = 256 * 1024;
const WALK_DOCUMENTS = 1024;
const encoder = new TextEncoder();

/** Each part behind the other, the starts multiples of a unit: { data, offsets }. */
function packed(parts, unit) {
  const offsets = new BigInt64Array(parts.length + 1);
  let size = 0;
  parts.forEach((part, i) => {
    size += Math.ceil(part.length / unit) * unit;
    offsets[i + 1] = BigInt(size);
  });
  const data = new Uint8Array(size);
  parts.forEach((part, i) => data.set(part, Number(offsets[i])));
  return { data, offsets };
}

/** Each of an iterable, converted. Why no string: its letters are not what anybody means. */
function listed(iterable, convert) {
  if (typeof iterable === 'string' || typeof iterable?.[Symbol.iterator] !== 'function') {
    throw new TypeError('an array or another iterable is wanted');
  }
  return Array.from(iterable, (item) => convert(item));
}

function packDocuments(documents) {
  return packed(listed(documents, bytesOf), 8);
}

function packIds(ids) {
  return packed(listed(ids, (id) => {
    if (typeof id !== 'string') throw new TypeError('id is no string');
    if (!id.isWellFormed()) throw new TypeError('id holds half a surrogate pair');
    return encoder.encode(id);
  }), 1);
}

function packPositions(positions) {
  return BigInt64Array.from(listed(positions, (position) => {
    if (!Number.isSafeInteger(position)) throw new TypeError('position is no safe integer');
    return BigInt(position);
  }));
}

/** The documents of packed bytes; undefined where a part is empty. */
function unpack(data, offsets, count) {
  const documents = new Array(count);
  for (let i = 0; i < count; ++i) {
    const start = Number(offsets[i]);
    const end = Number(offsets[i + 1]);
    documents[i] = end > start ? adopt(data.slice(start, end)) : undefined;
  }
  return documents;
}

/** The next documents of a cursor in a buffer that grows where one alone is larger. */
function readCursor(cursor, room) {
  for (;;) {
    try {
      return native.dam_cursor_read(cursor, room.buffer, room.offsets);
    } catch (error) {
      if (error.code !== 'DAM_TOO_BIG') throw error;
      room.buffer = new Uint8Array(Number(room.offsets[0]));
    }
  }
}

/** Walks through a slice of a snapshot; leaving the loop closes the cursor. */
function* walk(snapshot, start, stop, step) {
  const cursor = native.dam_cursor_open(snapshot, start, stop, step);
  try {
    const room = {
      buffer: new Uint8Array(WALK_BYTES), offsets: new BigInt64Array(WALK_DOCUMENTS + 1),
    };
    for (;;) {
      const count = readCursor(cursor, room);
      if (count === 0) return;
      yield* unpack(room.buffer, room.offsets, count);
    }
  } finally {
    native.dam_cursor_close(cursor);
  }
}

/** What a call that fills a buffer copies into one that is large enough; undefined: absent. */
let scratch = new Uint8Array(64 * 1024);
function readInto(read) {
  for (;;) {
    const size = read(scratch);
    if (size === undefined || size <= scratch.length) return size && scratch.slice(0, size);
    scratch = new Uint8Array(size);
  }
}

module.exports = { packDocuments, packIds, packPositions, readInto, unpack, walk };
