'use strict';
// Each function of dam.h is called at least once, as SWIG wraps it, below the public classes.
const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { test } = require('node:test');

const native = require('../lib/native.js');
const { fails, folder } = require('./array_fixture.js');
const documentCalls = require('./document_calls.js');

const HIDDEN = ['dam_get_api', 'dam_set_log', 'dam_columns_export'];
const header = readFileSync(process.env.DAM_HEADER, 'utf8');
const declared = [...header.matchAll(/^DAM_API [^;(]*?\b(dam_\w+)\(/gm)].map(([, name]) => name)
  .filter((name) => !HIDDEN.includes(name));

const none = null;
const offsets = new BigInt64Array(2);
/** Arguments that NULL handles come with; a call with these is refused. */
const REFUSED = {
  ...documentCalls.REFUSED,
  dam_options_set: [none, 1, 1], dam_close: [none], dam_reload: [none], dam_flush: [none],
  dam_wait: [none, 0, 0],
  dam_sync: [none], dam_path: [none], dam_append: [none, none, 0],
  dam_extend: [none, none, none, 0], dam_count: [none], dam_contains: [none, 'a'],
  dam_get: [none, 'a'], dam_get_at: [none, 0], dam_get_many: [none, none, offsets],
  dam_read_many: [none, none, none], dam_read: [none, 'a', none], dam_read_at: [none, 0, none],
  dam_position: [none, 'a'], dam_id_at: [none, 0, none], dam_ids: [none, 0, 1],
  dam_revision: [none, 'a'], dam_set: [none, 'a', none, 0, 0], dam_set_at: [none, 0, none, 0, 0],
  dam_delete: [none, 'a', 0, 0], dam_delete_at: [none, 0, 0, 0],
  dam_delete_range: [none, 0, 1, 1, 0], dam_clear: [none, 0], dam_prune: [none, none, none],
  dam_prune_ordered: [none, none, none, none], dam_snapshot_open: [none],
  dam_snapshot_release: [none], dam_snapshot_count: [none], dam_snapshot_revision: [none],
  dam_snapshot_get: [none, 'a'],
  dam_snapshot_get_at: [none, 0], dam_snapshot_position: [none, 'a'],
  dam_snapshot_id_at: [none, 0, none], dam_cursor_open: [none, 0, 1, 1], dam_cursor_next: [none],
  dam_cursor_read: [none, none, offsets], dam_cursor_close: [none], dam_batch_begin: [none],
  dam_batch_append: [none, none, 0], dam_batch_set: [none, 'a', none, 0],
  dam_batch_set_at: [none, 0, none, 0], dam_batch_delete: [none, 'a', 0],
  dam_batch_delete_at: [none, 0, 0], dam_batch_commit: [none, 0], dam_batch_discard: [none],
  dam_stat: [none, 1], dam_verify: ['', none], dam_task_cancel: [none],
  dam_task_progress: [none], dam_task_release: [none], dam_document_from_bytes: [none],
  dam_document_from_json: ['', 0], dam_document_to_json: [none, 0], dam_document_bytes: [none],
  dam_document_id: [none],
};
/** Calls that need no handle. */
const SUCCEEDING = {
  ...documentCalls.SUCCEEDING,
  dam_version: [], dam_abi_version: [], dam_status_name: [0], dam_last_error: [],
  dam_options_create: [], dam_options_free: [none], dam_task_create: [],
  dam_document_free: [none], dam_free: [none],
};

test('every function of the header is called here', () => {
  const called = [...Object.keys(REFUSED), ...Object.keys(SUCCEEDING), 'dam_open'];
  assert.ok(declared.length > 60);
  assert.deepEqual(called.sort(), declared.sort());
});

test('NULL handles are errors in every function', () => {
  for (const [name, values] of Object.entries(REFUSED)) {
    assert.throws(() => native[name](...values), (error) => /^DAM_[A-Z_]+$/.test(error.code), name);
  }
  for (const [name, values] of Object.entries(SUCCEEDING)) native[name](...values);
});

test('handles of another kind are TypeErrors', (t) => {
  const array = native.dam_open(join(folder(t), 'array'), none);
  for (const [name, values] of Object.entries(REFUSED)) {
    const takesOther = /options|snapshot|cursor|batch_[^b]|task|document/.test(name);
    const takesNone = ['dam_snapshot_open', 'dam_document_from_bytes'].includes(name);
    if (values[0] === none && takesOther && !takesNone) {
      assert.throws(() => native[name](array, ...values.slice(1)), TypeError, name);
    }
    if (values[0] === none && name !== 'dam_document_from_bytes') {
      assert.throws(() => native[name]({}, ...values.slice(1)), TypeError, name);
    }
  }
  native.dam_close(array);
});

test('what the public classes leave out works too', (t) => {
  const array = native.dam_open(join(folder(t), 'array'), none);
  const document = native.dam_document_from_json('{"id":"a"}', 0);
  const bytes = native.dam_document_bytes(document);
  assert.deepEqual(native.dam_append(array, bytes, 0)[0], 0);
  assert.equal(native.dam_document_id(native.dam_get(array, 'a')), 'a');
  assert.equal(native.dam_document_id(native.dam_get_at(array, -1)), 'a');
  const ids = Buffer.from('ab');
  const [found, absent] = native.dam_get_many(array, new Uint8Array(ids),
    new BigInt64Array([0n, 1n, 2n]));
  assert.deepEqual([native.dam_document_id(found), absent], ['a', null]);
  const cursor = native.dam_cursor_open(native.dam_snapshot_open(array), undefined, 1, 1);
  assert.deepEqual(native.dam_cursor_next(cursor), [bytes, 0]);
  fails('DAM_NOT_FOUND', () => native.dam_cursor_next(cursor));
  const task = native.dam_task_create();
  assert.equal(native.dam_verify(native.dam_path(array), task), '');
  const [done, total] = native.dam_task_progress(task);
  assert.ok(done > 0 && done <= total);
  native.dam_close(array);
});

test('freed documents and options are NULL from then on', () => {
  const document = native.dam_document_from_json('{"id":"a"}', 0);
  native.dam_document_free(document);
  native.dam_document_free(document);
  fails('DAM_INVALID_ARGUMENT', () => native.dam_document_id(document));
  const options = native.dam_options_create();
  native.dam_options_free(options);
  native.dam_options_free(options);
  fails('DAM_INVALID_ARGUMENT', () => native.dam_options_set(options, 1, 1));
});

test('offsets that leave the bytes are refused', (t) => {
  const array = native.dam_open(join(folder(t), 'array'), none);
  for (const wrong of [[0n, 64n], [-8n, 8n], [8n, 0n], [0n, 2n ** 62n]]) {
    const ends = new BigInt64Array(wrong);
    assert.throws(() => native.dam_extend(array, new Uint8Array(16), ends, 0), TypeError);
    assert.throws(() => native.dam_extend_async(array, new Uint8Array(16), ends, 0), TypeError);
    assert.throws(() => native.dam_read_many(array, new Uint8Array(16), ends), TypeError);
  }
  native.dam_close(array);
});
