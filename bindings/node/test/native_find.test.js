'use strict';
// Filters and results below the public classes, as SWIG wraps them.
const assert = require('node:assert/strict');
const { join } = require('node:path');
const { test } = require('node:test');

const native = require('../lib/native.js');
const { fails, folder } = require('./array_fixture.js');

/** A snapshot of an array of three birds. */
function snapshotOf(t) {
  const array = native.dam_open(join(folder(t), 'array'), null);
  for (const [id, grams] of [['robin', '18'], ['wren', '9.5'], ['swan', '11000']]) {
    const document = native.dam_document_from_json(`{"id":"${id}","tags":{"grams":${grams}}}`, 0);
    native.dam_append(array, native.dam_document_bytes(document), 0);
    native.dam_document_free(document);
  }
  const snapshot = native.dam_snapshot_open(array);
  native.dam_close(array);
  return snapshot;
}

const found = (snapshot, filter) =>
  native.dam_results_ids(native.dam_find(snapshot, filter, 'r', null, null));

test('filters are made of values and of each other', (t) => {
  const snapshot = snapshotOf(t);
  const light = native.dam_filter_integer('tags.grams', native.DAM_FILTER_LT, 20);
  const lighter = native.dam_filter_number('tags.grams', native.DAM_FILTER_LT, 9.75);
  const robin = native.dam_filter_string('id', native.DAM_FILTER_EQ, 'robin');
  assert.deepEqual(found(snapshot, light), ['robin', 'wren']);
  assert.deepEqual(found(snapshot, lighter), ['wren']);
  const either = native.dam_filter_join(native.DAM_FILTER_OR, lighter, robin);
  const both = native.dam_filter_join(native.DAM_FILTER_AND, light, robin);
  const neither = native.dam_filter_join(native.DAM_FILTER_NOT, either, null);
  native.dam_filter_free(robin);
  assert.deepEqual(found(snapshot, either), ['robin', 'wren']);
  assert.deepEqual(found(snapshot, both), ['robin']);
  assert.deepEqual(found(snapshot, neither), ['swan']);
  fails('DAM_INVALID_ARGUMENT', () => native.dam_filter_join(native.DAM_FILTER_OR, light, null));
  fails('DAM_INVALID_ARGUMENT', () => native.dam_filter_join(99, light, light));
});

test('rows are counted, read and explained', (t) => {
  const snapshot = snapshotOf(t);
  const filter = native.dam_filter_parse('{"tags.grams":{"$gt":10}}');
  const results = native.dam_find(snapshot, filter, 'r', null, null);
  assert.equal(native.dam_results_count(results), 2);
  const bytes = native.dam_results_read(results, native.DAM_RESULTS_POSITION);
  assert.deepEqual(new BigInt64Array(bytes.buffer), new BigInt64Array([0n, 2n]));
  fails('DAM_INVALID_ARGUMENT', () =>
    native.dam_results_read(results, native.DAM_RESULTS_DISTANCE));
  assert.equal(native.dam_document_id(native.dam_results_document(results, 1)), 'swan');
  fails('DAM_OUT_OF_RANGE', () => native.dam_results_document(results, 2));
  assert.equal(native.dam_count_where(snapshot, filter, 'r', null), 2);
  assert.match(native.dam_explain(snapshot, filter, 'r', null), /tags\.grams/);
});

test('freed filters and results are NULL, other handles TypeErrors', (t) => {
  const snapshot = snapshotOf(t);
  const filter = native.dam_filter_parse('{}');
  const results = native.dam_find(snapshot, filter, 'r', null, null);
  assert.throws(() => native.dam_results_count(filter), TypeError);
  assert.throws(() => native.dam_find(snapshot, results, 'r', null, null), TypeError);
  native.dam_results_free(results);
  native.dam_results_free(results);
  fails('DAM_INVALID_ARGUMENT', () => native.dam_results_count(results));
  fails('DAM_INVALID_ARGUMENT', () => native.dam_results_ids(results));
  native.dam_filter_free(filter);
  native.dam_filter_free(filter);
  assert.equal(found(snapshot, filter).length, 3); // NULL: all documents
});
