'use strict';
const assert = require('node:assert/strict');
const { join } = require('node:path');
const { test } = require('node:test');

const { open, salvage } = require('../index.js');
const { birds, damagedBirds, folder, idsOf, opened } = require('./array_fixture.js');

test('a backup is an array of its own', async (t) => {
  const array = birds(t, 20);
  const path = join(folder(t), 'deep', 'backup');
  await array.backup(path);
  const copied = open(path);
  assert.equal(await array.hasEqualDocuments(copied), true);
  assert.equal(array.isSameArray(copied), false);
  array.delete('bird0');
  assert.equal(await array.hasEqualDocuments(copied), false);
  copied.close();
});

test('a backup does not replace what is there', async (t) => {
  const array = birds(t, 2);
  const other = birds(t, 1);
  await assert.rejects(array.backup(other.path), { code: 'DAM_ALREADY_EXISTS' });
  assert.equal(other.length, 1);
  await assert.rejects(array.backup(array.path), { code: 'DAM_ALREADY_EXISTS' });
  await assert.rejects(array.backup('a\0b'), { code: 'DAM_INVALID_ARGUMENT' });
  await assert.rejects(array.backup(), TypeError);
  const signal = AbortSignal.abort();
  await assert.rejects(array.backup(join(folder(t), 'new'), { signal }),
    { code: 'DAM_CANCELLED' });
});

test('salvage takes what is whole', async (t) => {
  const target = join(folder(t), 'salvaged');
  const found = await salvage(damagedBirds(t), target);
  assert.deepEqual([found.recovered, found.uncertain], [2, 0]);
  assert.match(found.report, /body\.bin/);
  await assert.rejects(salvage(damagedBirds(t), target), { code: 'DAM_ALREADY_EXISTS' });
  await assert.rejects(salvage(join(target, 'absent'), `${target}2`), { code: 'DAM_NOT_FOUND' });
  await assert.rejects(salvage(target), TypeError);
});

test('copyInto appends every document', async (t) => {
  const array = birds(t, 5);
  const target = opened(t);
  assert.equal(await array.copyInto(target), 5);
  await assert.rejects(array.copyInto(target), { code: 'DAM_ALREADY_EXISTS' });
  assert.equal(await array.copyInto(target, { upsert: true, durability: 'durable' }), 5);
  assert.equal(target.length, 5);
  for (const wrong of [undefined, null, {}, 'path', array.snapshot()]) {
    await assert.rejects(array.copyInto(wrong), TypeError);
    await assert.rejects(array.hasEqualDocuments(wrong), TypeError);
    assert.throws(() => array.isSameArray(wrong), TypeError);
  }
  await assert.rejects(array.copyInto(target, { upserts: true }), TypeError);
});

test('whole arrays after close', async (t) => {
  const array = birds(t, 1);
  const other = birds(t, 1);
  array.close();
  const closed = { code: 'DAM_CLOSED' };
  await assert.rejects(array.backup(join(folder(t), 'new')), closed);
  await assert.rejects(array.copyInto(other), closed);
  await assert.rejects(other.copyInto(array), closed);
  await assert.rejects(other.hasEqualDocuments(array), closed);
  await assert.rejects(array.prune(), closed);
  await assert.rejects(array.wait(0), closed);
  assert.throws(() => other.isSameArray(array), closed);
});

test('a snapshot is read across ten prunes', async (t) => {
  const array = birds(t, 300);
  const snapshot = array.snapshot();
  const wanted = idsOf(snapshot);
  for (let i = 0; i < 10; i++) {
    array.delete(`bird${i}`);
    const pruned = array.prune();
    assert.deepEqual(idsOf(snapshot), wanted);
    await pruned;
    assert.equal(snapshot.at(i).id, `bird${i}`);
    assert.equal(snapshot.get('bird0').text, 'sings');
  }
  assert.deepEqual([array.length, snapshot.length, array.stat().generation], [290, 300, 11]);
  snapshot.close();
});
