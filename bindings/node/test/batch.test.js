'use strict';
const assert = require('node:assert/strict');
const { test } = require('node:test');

const { bird, birds, fails } = require('./array_fixture.js');

test('a batch is seen whole at its commit', (t) => {
  const array = birds(t, 4);
  const batch = array.batch();
  batch.append(bird('new'));
  batch.append(bird('bird0'), { upsert: true });
  batch.set('bird1', bird('bird1'));
  batch.setAt(2, bird('renamed'), { expectedRevision: 0 });
  batch.delete('bird1');
  batch.deleteAt(3);
  assert.equal(array.length, 4);
  const revision = batch.commit({ durability: 'durable' });
  assert.equal(array.revision('new'), revision);
  assert.deepEqual(array.ids(), ['bird0', 'renamed', 'new']);
  fails('DAM_CLOSED', () => batch.commit());
  batch[Symbol.dispose]();
});

test('a discarded batch leaves nothing', (t) => {
  const array = birds(t, 1);
  const batch = array.batch();
  batch.append(bird('new'));
  batch.discard();
  assert.equal(array.length, 1);
  fails('DAM_CLOSED', () => batch.append(bird('late')));
  const other = array.batch();
  other[Symbol.dispose]();
  fails('DAM_CLOSED', () => other.discard());
});

test('a batch that lost a race is refused whole', (t) => {
  const array = birds(t, 2);
  const batch = array.batch();
  batch.deleteAt(0);
  batch.append(bird('new'));
  array.delete('bird0');
  fails('DAM_CONFLICT', () => batch.commit());
  assert.equal(array.contains('new'), false);
});

test('a batch takes no option of other calls', (t) => {
  const batch = birds(t, 1).batch();
  assert.throws(() => batch.append(bird('new'), { durability: 'durable' }), TypeError);
  assert.throws(() => batch.delete('bird0', { upsert: true }), TypeError);
});
