'use strict';
const assert = require('node:assert/strict');
const { test } = require('node:test');

const { bird, birds, fails } = require('./array_fixture.js');

test('prune gives dead space back and keeps the order', async (t) => {
  const array = birds(t, 1000);
  array.deleteSlice(undefined, undefined, 2);
  const before = array.stat();
  await array.prune();
  const after = array.stat();
  assert.ok(after.bodyBytes < before.bodyBytes);
  assert.ok(before.garbagePercent > 0 && after.deadBytes < before.deadBytes);
  assert.deepEqual([after.generation, after.garbagePercent], [2, 0]);
  assert.equal(array.idAt(-1), 'bird999');
  assert.equal(array.length, 500);
});

test('prune does nothing below its threshold', async (t) => {
  const array = birds(t, 100);
  array.deleteAt(0);
  await array.prune({ garbagePercent: 90 });
  assert.equal(array.stat().generation, 1);
  await assert.rejects(array.prune({ garbagePercent: 101 }), { code: 'DAM_INVALID_ARGUMENT' });
  await assert.rejects(array.prune({ garbagePercent: '1' }), TypeError);
  await assert.rejects(array.prune({ durability: 'durable' }), TypeError);
});

test('a snapshot keeps what a prune replaces', async (t) => {
  const array = birds(t, 100);
  const snapshot = array.snapshot();
  array.deleteSlice(0, 99);
  await array.prune();
  assert.equal(snapshot.length, 100);
  assert.equal(snapshot.at(0).id, 'bird0');
  assert.ok(array.stat().pinnedBytes > 0);
  snapshot.close();
});

test('pruneOrdered reorders, and refuses what is no order', async (t) => {
  const array = birds(t, 4);
  await array.pruneOrdered([3, 1, 0, 2]);
  assert.deepEqual(array.ids(), ['bird3', 'bird1', 'bird0', 'bird2']);
  await assert.rejects(array.pruneOrdered([0, 0, 1, 2]), { code: 'DAM_INVALID_ARGUMENT' });
  await assert.rejects(array.pruneOrdered([]), { code: 'DAM_INVALID_ARGUMENT' });
  await assert.rejects(array.pruneOrdered(), TypeError);
  await assert.rejects(array.pruneOrdered(['0', 1, 2, 3]), TypeError);
});

test('prune ends with its signal', async (t) => {
  const array = birds(t, 10);
  array.deleteAt(0);
  const signal = AbortSignal.abort();
  await assert.rejects(array.prune({ signal }), { code: 'DAM_CANCELLED' });
  assert.equal(array.stat().generation, 1);
});

test('writes go on beside a prune', async (t) => {
  const array = birds(t, 2000);
  array.deleteSlice(undefined, undefined, 3);
  const pruned = array.prune();
  for (let i = 0; i < 100; i++) array.append(bird(`new${i}`));
  await pruned;
  assert.equal(array.length, 1433);
  assert.equal(array.idAt(-1), 'new99');
});

test('clear leaves an empty array in use', (t) => {
  const array = birds(t, 10);
  array.clear({ durability: 'durable' });
  assert.equal(array.length, 0);
  array.append(bird('bird0'));
  array.close();
  fails('DAM_CLOSED', () => array.clear());
});
