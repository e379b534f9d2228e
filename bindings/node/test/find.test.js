'use strict';
const assert = require('node:assert/strict');
const { test } = require('node:test');

const { Results } = require('../index.js');
const { idsOf, opened } = require('./array_fixture.js');

const SMALL = { 'tags.grams': { $lt: 20 } };

/** An array of birds with weights and chunks to look for. */
function flock(t) {
  const array = opened(t);
  array.extendSync([
    { id: 'robin', text: 'sings', tags: { grams: 18 }, chunks: [{ id: 'beak', text: 'sharp' }] },
    { id: 'wren', text: 'sings loud', tags: { grams: 9.5 } },
    { id: 'swan', tags: { grams: 11000 }, chunks: [{ text: 'sharp' }] },
  ]);
  return array;
}

test('find answers what passes, in order', async (t) => {
  const array = flock(t);
  const results = await array.find(SMALL);
  assert.deepEqual([results.length, results.ids], [2, ['robin', 'wren']]);
  assert.deepEqual(results.positions, [0, 1]);
  assert.deepEqual(idsOf(results), ['robin', 'wren']);
  assert.deepEqual([results.at(-1).text, results.at(2), results.at(-3)],
    ['sings loud', undefined, undefined]);
  assert.deepEqual((await array.find(JSON.stringify(SMALL))).ids, ['robin', 'wren']);
  assert.deepEqual((await array.find(undefined, { offset: 1, limit: 1 })).ids, ['wren']);
  assert.equal((await array.find(null)).length, 3);
});

test('filters of every kind', async (t) => {
  const array = flock(t);
  const rows = [
    [{}, 'robin wren swan'], [{ id: 'wren' }, 'wren'], [{ id: { $ne: 'wren' } }, 'robin swan'],
    [{ 'tags.grams': { $gte: 18, $lt: 19 } }, 'robin'], [{ 'tags.grams': 18.0 }, 'robin'],
    [{ id: { $in: ['swan', 'wren'] } }, 'wren swan'], [{ id: { $nin: ['swan'] } }, 'robin wren'],
    [{ text: { $regex: 'loud$' } }, 'wren'], [{ text: { $exists: false } }, 'swan'],
    [{ chunks: { $size: 1 } }, 'robin swan'], [{ $or: [{ id: 'swan' }, { text: 'sings' }] },
      'robin swan'], [{ $not: { id: 'robin' } }, 'wren swan'], [{ 'chunks.0.id': 'beak' }, 'robin'],
  ];
  for (const [filter, ids] of rows) {
    assert.equal((await array.find(filter)).ids.join(' '), ids, JSON.stringify(filter));
  }
});

test('find looks at other levels', async (t) => {
  const snapshot = flock(t).snapshot();
  const results = await snapshot.find({ text: 'sharp' }, { paths: 'c' });
  assert.deepEqual([results.ids, results.positions], [['beak', ''], [0, 2]]);
  assert.equal(await snapshot.countWhere({ text: 'sharp' }, { paths: 'r,c' }), 2);
  await assert.rejects(snapshot.find(SMALL, { paths: 'x' }), { code: 'DAM_INVALID_ARGUMENT' });
  snapshot.close();
  await assert.rejects(snapshot.find(SMALL), { code: 'DAM_CLOSED' });
});

test('count, explain and delete by filter', async (t) => {
  const array = flock(t);
  const snapshot = array.snapshot();
  assert.equal(await array.countWhere(SMALL), 2);
  assert.match(await snapshot.explain(SMALL), /tags\.grams/);
  assert.equal(await array.deleteWhere(SMALL, { durability: 'durable' }), 2);
  assert.deepEqual([array.length, await snapshot.countWhere(SMALL)], [1, 2]);
  await assert.rejects(array.deleteWhere(), { code: 'DAM_INVALID_ARGUMENT' });
});

test('results outlive their array', async (t) => {
  const array = flock(t);
  const results = await array.find({ id: 'robin' });
  array.clear();
  array.close();
  const robin = results.at(0);
  results.close();
  results.close();
  assert.equal(robin.text, 'sings');
  assert.deepEqual([results.length, [...results], results.at(0)], [0, [], undefined]);
  assert.throws(() => results.ids, { code: 'DAM_INVALID_ARGUMENT' });
  assert.throws(() => results.positions, { code: 'DAM_INVALID_ARGUMENT' });
  await assert.rejects(array.find(), { code: 'DAM_CLOSED' });
  await assert.rejects(array.deleteWhere(SMALL), { code: 'DAM_CLOSED' });
});

test('what is no filter is refused', async (t) => {
  const array = flock(t);
  for (const wrong of [{ a: { $near: 1 } }, '{', { text: { $regex: '(' } }, []]) {
    await assert.rejects(array.find(wrong), { code: 'DAM_INVALID_ARGUMENT' });
    await assert.rejects(array.countWhere(wrong), { code: 'DAM_INVALID_ARGUMENT' });
    await assert.rejects(array.deleteWhere(wrong), { code: 'DAM_INVALID_ARGUMENT' });
  }
  for (const wrong of [1, true, Symbol('s'), () => 1]) {
    await assert.rejects(array.find(wrong), TypeError);
  }
  for (const options of [{ limits: 1 }, { limit: '1' }, { paths: 1 }, null, 1]) {
    await assert.rejects(array.find(SMALL, options), TypeError);
  }
  await assert.rejects(array.find(SMALL, { limit: -1 }), { code: 'DAM_INVALID_ARGUMENT' });
  await assert.rejects(array.find(SMALL, { signal: AbortSignal.abort() }),
    { code: 'DAM_CANCELLED' });
  assert.throws(() => new Results(), TypeError);
  assert.throws(() => new Results({}), TypeError);
  assert.throws(() => Results.prototype.at.call({}, 0), TypeError);
});
