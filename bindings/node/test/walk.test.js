'use strict';
const assert = require('node:assert/strict');
const { test } = require('node:test');

const { open } = require('../index.js');
const { birds, damagedBirds, fails, idsOf } = require('./array_fixture.js');

test('a walk gives every document in order', (t) => {
  const array = birds(t, 3000);
  let position = 0;
  for (const document of array) assert.equal(array.position(document.id), position++);
  assert.equal(position, 3000);
});

test('for await and spreading walk too', async (t) => {
  const array = birds(t, 3);
  const ids = [];
  for await (const document of array) ids.push(document.id);
  assert.deepEqual(ids, idsOf([...array]));
});

test('a walk sees the array as it began', (t) => {
  const array = birds(t, 3);
  let count = 0;
  for (const document of array) {
    array.delete(document.id);
    count++;
  }
  assert.deepEqual([count, array.length], [3, 0]);
});

test('leaving a loop releases the cursor', (t) => {
  const array = birds(t, 10);
  for (let i = 0; i < 3000; i++) {
    for (const document of array) {
      assert.equal(document.id, 'bird0');
      break;
    }
  }
});

test("a slice follows Python's rules", (t) => {
  const array = birds(t, 5);
  const rows = [
    [[], '01234'], [[undefined, undefined, -2], '420'], [[-2], '34'], [[1, -1, 2], '13'],
    [[3, 1], ''], [[-100, 100, 4], '04'], [[0, Number.MAX_SAFE_INTEGER], '01234'],
    [[2n ** 63n - 1n, -(2n ** 63n) + 1n, -1], '43210'],
  ];
  for (const [bounds, digits] of rows) {
    assert.equal(idsOf(array.slice(...bounds)).join(' ').replaceAll('bird', ''),
      digits.split('').join(' '));
  }
  fails('DAM_INVALID_ARGUMENT', () => array.slice(0, 1, 0));
});

test('a damaged document ends a walk with an error', (t) => {
  const reader = open(damagedBirds(t), { readOnly: true });
  const ids = [];
  fails('DAM_CORRUPT', () => {
    for (const document of reader) ids.push(document.id);
  });
  assert.deepEqual(ids, ['a', 'b']);
  fails('DAM_CORRUPT', () => reader.slice());
  const walk = reader.range(undefined, undefined, -1);
  fails('DAM_CORRUPT', () => walk.next());
  assert.deepEqual(walk.next(), { value: undefined, done: true });
  assert.deepEqual(idsOf(reader.slice(-2, undefined, -1)), ['b', 'a']);
  reader.close();
});
