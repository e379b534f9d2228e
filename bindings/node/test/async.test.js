'use strict';
const assert = require('node:assert/strict');
const { join } = require('node:path');
const { test } = require('node:test');

const { open } = require('../index.js');
const { bird, birds, folder, idsOf, opened } = require('./array_fixture.js');

test('extend stores all or nothing, by a promise', async (t) => {
  const array = opened(t);
  const documents = Array.from({ length: 5000 }, (_, i) => bird(`bird${i}`));
  const { position, revision } = await array.extend(documents, { durability: 'durable' });
  assert.equal(position, 0);
  assert.equal(array.revision('bird4999'), revision);
  await assert.rejects(array.extend([bird('new'), bird('bird1')]),
    { name: 'DamError', code: 'DAM_ALREADY_EXISTS' });
  assert.equal(array.length, 5000);
});

test('getMany reads in the order asked, by a promise', async (t) => {
  const array = birds(t, 5);
  const documents = await array.getMany(['bird3', 'dodo', 'bird1']);
  assert.deepEqual(idsOf(documents), ['bird3', undefined, 'bird1']);
  assert.deepEqual(await array.getMany([]), []);
});

test('wrong arguments of promises are TypeErrors', async (t) => {
  const array = birds(t, 1);
  await assert.rejects(array.extend(null), TypeError);
  await assert.rejects(array.extend([1]), TypeError);
  await assert.rejects(array.extend([], { flags: 1 }), TypeError);
  await assert.rejects(array.getMany([1]), TypeError);
  await assert.rejects(array.getMany(), TypeError);
});

test('close beside running promises ends them in errors at most', async (t) => {
  const array = birds(t, 100);
  const ids = array.ids();
  const running = Array.from({ length: 50 }, (_, i) => (i % 2 === 0
    ? array.getMany(ids) : array.extend([bird(`new${i}`)])));
  array.close();
  for (const { status, reason } of await Promise.allSettled(running)) {
    assert.ok(status === 'fulfilled' || reason.code === 'DAM_CLOSED', String(reason));
  }
  await assert.rejects(array.getMany(ids), { code: 'DAM_CLOSED' });
});

test('wait answers with the next commit of whomever', async (t) => {
  const array = birds(t, 1);
  const reader = open(array.path, { readOnly: true });
  const waiting = reader.wait(reader.stat().revision);
  const { revision } = array.append(bird('late'));
  assert.equal(await waiting, revision);
  assert.equal(reader.length, 2);
  assert.equal(await reader.wait(0, { timeoutMs: 0 }), revision);
  reader.close();
});

test('wait ends with its time, its signal, and its array', async (t) => {
  const array = birds(t, 1);
  const { revision } = array.stat();
  await assert.rejects(array.wait(revision, { timeoutMs: 10 }), { code: 'DAM_BUSY' });
  await assert.rejects(array.wait(revision, { signal: AbortSignal.timeout(10) }),
    { name: 'DamError', code: 'DAM_CANCELLED' });
  await assert.rejects(array.wait('1'), TypeError);
  await assert.rejects(array.wait(revision, { timeoutMs: '1' }), TypeError);
  await assert.rejects(array.wait(-1), { code: 'DAM_INVALID_ARGUMENT' });
  const waiting = array.wait(revision);
  array.close();
  await assert.rejects(waiting, { code: 'DAM_CLOSED' });
});

test('an array that nobody names any more is kept by its promise', async (t) => {
  const path = join(folder(t), 'array');
  const extend = () => open(path).extend(Array.from({ length: 2000 }, (_, i) => bird(`b${i}`)));
  const promise = extend();
  globalThis.gc();
  assert.equal((await promise).position, 0);
});
