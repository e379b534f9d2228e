'use strict';
const assert = require('node:assert/strict');
const { test } = require('node:test');

const { birds, fails, idsOf } = require('./array_fixture.js');

test('a snapshot stays as it was across writes and close', (t) => {
  const array = birds(t, 3);
  const snapshot = array.snapshot();
  assert.equal(snapshot.revision, array.revision('bird0'));
  array.delete('bird0');
  array.close();
  assert.equal(snapshot.length, 3);
  assert.equal(snapshot.idAt(0), 'bird0');
  assert.equal(snapshot.position('bird2'), 2);
  assert.deepEqual(snapshot.get('bird0').bytes, snapshot.at(0).bytes);
  assert.deepEqual(idsOf(snapshot.slice(undefined, undefined, -1)), ['bird2', 'bird1', 'bird0']);
  assert.deepEqual(idsOf(snapshot), ['bird0', 'bird1', 'bird2']);
  assert.equal(snapshot.get('dodo'), undefined);
  assert.equal(snapshot.at(3), undefined);
  fails('DAM_NOT_FOUND', () => snapshot.position('dodo'));
  fails('DAM_OUT_OF_RANGE', () => snapshot.idAt(3));
  snapshot.close();
  fails('DAM_CLOSED', () => snapshot.close());
  fails('DAM_CLOSED', () => snapshot.get('bird0'));
  snapshot[Symbol.dispose]();
});

test('documents own their bytes after everything is closed', (t) => {
  const array = birds(t, 2);
  const snapshot = array.snapshot();
  const documents = [array.get('bird0'), snapshot.at(1), ...snapshot];
  snapshot.close();
  array.close();
  assert.deepEqual(idsOf(documents), ['bird0', 'bird1', 'bird0', 'bird1']);
  documents.forEach((document) => document.bytes.fill(0));
});

test('a walk outlives its snapshot', (t) => {
  const snapshot = birds(t, 3).snapshot();
  const ids = [];
  for (const document of snapshot) {
    if (ids.length === 0) snapshot.close();
    ids.push(document.id);
  }
  assert.equal(ids.length, 3);
});
