'use strict';
// The options of calls, from names to the numbers of dam.h; a name that is none is a TypeError.

const native = require('./native.js');

const DURABILITY = {
  buffered: native.DAM_BUFFERED, visible: native.DAM_VISIBLE, durable: native.DAM_DURABLE,
};
const NO_OPTIONS = Object.freeze({});

function durabilityOf(level) {
  if (!Object.hasOwn(DURABILITY, level)) {
    throw new TypeError(`durability is '${String(level)}': buffered, visible or durable is wanted`);
  }
  return DURABILITY[level];
}

/** The options as an object, each of whose names is among those known. */
function checked(options, known) {
  if (options === undefined) return NO_OPTIONS;
  if (options === null || typeof options !== 'object' || Array.isArray(options)) {
    throw new TypeError('options are no object');
  }
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) throw new TypeError(`there is no option ${name}`);
  }
  return options;
}

/** The flags of a writing call, and the revision it expects. */
function writing(options, known = ['durability', 'upsert', 'expectedRevision']) {
  const { durability, upsert, expectedRevision = 0 } = checked(options, known);
  const level = durability === undefined ? 0 : durabilityOf(durability);
  return { flags: level | (upsert ? native.DAM_UPSERT : 0), expectedRevision };
}

/** Each option of open: its number in dam.h, and what makes an integer of its value. */
const OPENING = {
  readOnly: [native.DAM_OPTION_READ_ONLY, Number],
  create: [native.DAM_OPTION_CREATE, Number],
  durability: [native.DAM_OPTION_DURABILITY, durabilityOf],
  lockTimeoutMs: [native.DAM_OPTION_LOCK_TIMEOUT_MS],
  upkeepThread: [native.DAM_OPTION_UPKEEP_THREAD, Number],
  checkPayloads: [native.DAM_OPTION_CHECK_PAYLOADS, Number],
  windowBytes: [native.DAM_OPTION_WINDOW_BYTES],
  allowNetwork: [native.DAM_OPTION_ALLOW_NETWORK, Number],
  acceptLoss: [native.DAM_OPTION_ACCEPT_LOSS, Number],
  embeddingDim: [native.DAM_OPTION_EMBEDDING_DIM],
  anyEmbedding: [native.DAM_OPTION_ANY_EMBEDDING, Number],
  randomReads: [native.DAM_OPTION_RANDOM_READS, Number],
  sharedWriter: [native.DAM_OPTION_SHARED_WRITER, Number],
  keyLength: [native.DAM_OPTION_KEY_LENGTH],
  safeReads: [native.DAM_OPTION_SAFE_READS, Number],
  temporary: [native.DAM_OPTION_TEMPORARY, Number],
};

const PRUNING = { garbagePercent: [native.DAM_OPTION_GARBAGE_PERCENT] };

const FINDING = {
  offset: [native.DAM_OPTION_FIND_OFFSET], limit: [native.DAM_OPTION_FIND_LIMIT],
};

/** libdam's object of the options in a table; the caller frees it. */
function made(options, table) {
  const handle = native.dam_options_create();
  for (const [name, value] of Object.entries(options)) {
    if (!(name in table)) continue;
    const [option, convert = (same) => same] = table[name];
    if (convert === Number && typeof value !== 'boolean') {
      throw new TypeError(`${name} is no boolean`);
    }
    if (value !== undefined) native.dam_options_set(handle, option, convert(value));
  }
  return handle;
}

function opening(options) {
  return made(checked(options, Object.keys(OPENING)), OPENING);
}

function pruning(options) {
  return made(checked(options, [...Object.keys(PRUNING), 'signal']), PRUNING);
}

/** The options of find; those that are no numbers are the caller's. */
function finding(options = NO_OPTIONS) {
  return made(options, FINDING);
}

module.exports = { checked, finding, opening, pruning, writing };
