'use strict';
const assert = require('node:assert/strict');
const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const { test } = require('node:test');

const { open, verify, version } = require('../index.js');
const { bird, birds, damagedBirds, fails, folder, opened } = require('./array_fixture.js');

test('an array is made with its parents and opens again', (t) => {
  const path = join(folder(t), 'deep', 'array');
  const array = open(path);
  array.append(bird('robin'));
  array.close();
  const again = open(path, { create: false });
  assert.equal(again.length, 1);
  assert.equal(again.path, path);
  again.close();
});

test('an absent array is not made when it must exist', (t) => {
  const path = join(folder(t), 'absent');
  fails('DAM_NOT_FOUND', () => open(path, { create: false }));
  assert.equal(existsSync(path), false);
});

test('a second writer is busy, and may wait', (t) => {
  const array = birds(t, 1);
  fails('DAM_BUSY', () => open(array.path));
  const before = performance.now();
  fails('DAM_BUSY', () => open(array.path, { lockTimeoutMs: 20 }));
  assert.ok(performance.now() - before >= 19);
});

test('a reader follows by reload and writes nothing', (t) => {
  const array = birds(t, 1);
  const reader = open(array.path, { readOnly: true });
  array.append(bird('late'));
  assert.equal(reader.length, 1);
  assert.equal(reader.reload(), true);
  assert.equal(reader.reload(), false);
  assert.equal(reader.length, 2);
  fails('DAM_READ_ONLY', () => reader.append(bird('refused')));
  reader.close();
});

test('buffered commits are flushed and synced on demand', (t) => {
  const array = opened(t, { durability: 'buffered' });
  array.append(bird('robin'));
  const reader = open(array.path, { readOnly: true });
  assert.equal(reader.length, 0);
  array.flush();
  assert.equal(reader.reload(), true);
  assert.equal(reader.length, 1);
  reader.close();
  array.sync();
  const { durableRevision, revision } = array.stat();
  assert.equal(durableRevision, revision);
});

test('stat counts documents and dead bytes', (t) => {
  const array = birds(t, 3);
  array.delete('bird1');
  const stats = array.stat();
  assert.deepEqual([stats.documents, stats.slots, stats.generation], [2, 3, 1]);
  assert.ok(stats.deadBytes > 0 && stats.liveBytes > 0);
  assert.equal(Object.values(stats).every(Number.isSafeInteger), true);
});

test('options reach the library', (t) => {
  const array = opened(t, {
    embeddingDim: 3, keyLength: 36, upkeepThread: false, checkPayloads: false, windowBytes: 2 ** 24,
    allowNetwork: true, acceptLoss: true, randomReads: true, safeReads: true, readOnly: false,
    lockTimeoutMs: undefined,
  });
  assert.equal(array.stat().embeddingDim, 3);
  assert.equal(array.stat().keyLength, 36);
  const wrong = { id: 'a', embedding: { dtype: 'f32', data: [1, 2] } };
  fails('DAM_INVALID_DOCUMENT', () => array.append(wrong));
  opened(t, { embeddingDim: 3, anyEmbedding: true }).append(wrong);
});

test('shared writers take turns, and exclude one that has the array for itself', (t) => {
  const path = join(folder(t), 'array');
  const first = open(path, { sharedWriter: true });
  const second = open(path, { sharedWriter: true });
  first.append(bird('a'));
  second.append(bird('b'));
  assert.equal(second.length, 2);
  assert.equal(first.reload(), true);
  assert.deepEqual(first.ids(), ['a', 'b']);
  fails('DAM_BUSY', () => open(path));
  second.close();
  first.close();
});

test('a temporary array has no name', (t) => {
  const place = folder(t);
  const array = open(place, { temporary: true });
  array.append({ id: 'a' });
  assert.deepEqual([array.length, array.path, readdirSync(place).length], [1, '', 0]);
  array.close();
});

test('options that are none are a TypeError, values out of range an error', (t) => {
  const path = join(folder(t), 'array');
  for (const options of [null, 1, 'readOnly', { readonly: true }, { readOnly: 1 },
    { durability: 'sometimes' }, { durability: 'toString' }, { windowBytes: '1' }]) {
    assert.throws(() => open(path, options), TypeError);
  }
  fails('DAM_INVALID_ARGUMENT', () => open(path, { embeddingDim: -1 }));
  assert.equal(existsSync(path), false);
});

test('verify names the damaged place in its error', async (t) => {
  const path = damagedBirds(t);
  await assert.rejects(verify(path), (error) =>
    error.code === 'DAM_CORRUPT' && error.name === 'DamError' && /body\.bin/.test(error.report));
  await assert.rejects(verify(join(path, 'absent')), { code: 'DAM_NOT_FOUND' });
});

test('verify ends with its signal', async (t) => {
  const { path } = birds(t, 1);
  const signal = AbortSignal.abort();
  await assert.rejects(verify(path, { signal }), { code: 'DAM_CANCELLED' });
});

test('the version is that of the library', () => {
  assert.match(version, /^\d+\.\d+\.\d+$/);
});
