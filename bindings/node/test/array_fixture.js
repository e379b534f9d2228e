'use strict';
// What the tests share: arrays in folders that go with the test, and documents.

const assert = require('node:assert/strict');
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const { open, verify } = require('../index.js');

/** A folder for one test; what is to be done before it goes. */
function folder(test, before = () => {}) {
  const path = mkdtempSync(join(tmpdir(), 'dam-node-'));
  test.after(async () => {
    try {
      await before();
    } finally {
      rmSync(path, { recursive: true });
    }
  });
  return path;
}

/** A new array, closed and verified when the test ends. */
function opened(test, options) {
  let array;
  const path = join(folder(test, async () => {
    array[Symbol.dispose]();
    assert.equal(await verify(path), '');
  }), 'array');
  array = open(path, options);
  return array;
}

const bird = (id) => ({ id, text: 'sings' });

/** A new array of bird0, bird1, ... */
function birds(test, count) {
  const array = opened(test);
  array.extendSync(Array.from({ length: count }, (_, i) => bird(`bird${i}`)));
  return array;
}

/** The folder of an array of three documents, the last of which has a wrong byte. */
function damagedBirds(test) {
  const path = join(folder(test), 'array');
  const array = open(path);
  for (const id of ['a', 'b', 'c']) array.append(bird(id));
  array.close();
  const file = join(path, 'body.bin');
  const body = readFileSync(file);
  body[body.lastIndexOf('sings')] ^= 1;
  writeFileSync(file, body);
  return path;
}

const idsOf = (documents) => Array.from(documents, (document) => document?.id);

/** Holds a call to a DamError of a code. */
function fails(code, call) {
  assert.throws(call, { name: 'DamError', code });
}

module.exports = { bird, birds, damagedBirds, fails, folder, idsOf, opened };
