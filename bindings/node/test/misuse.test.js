'use strict';
const assert = require('node:assert/strict');
const { join } = require('node:path');
const { test } = require('node:test');

const dam = require('../index.js');
const { bird, birds, fails, folder } = require('./array_fixture.js');

const WRONG = [undefined, null, true, 'text', 1.5, NaN, Infinity, 2 ** 60, 2n ** 70n, {}, [],
  Symbol('s'), () => 1, new Uint8Array(3), new Date()];
const METHODS = ['get', 'at', 'contains', 'position', 'idAt', 'ids', 'revision', 'append',
  'extendSync', 'getManySync', 'set', 'setAt', 'delete', 'deleteAt', 'deleteSlice', 'slice'];

/** Calls whatever the arguments; what is thrown must be one of the errors that are promised. */
function survives(call) {
  try {
    return call();
  } catch (error) {
    assert.ok(error instanceof TypeError || error instanceof dam.DamError, String(error?.stack));
    return undefined;
  }
}

test('every method takes any values: a DamError or a TypeError at most', (t) => {
  const array = birds(t, 3);
  for (const name of METHODS) {
    for (const first of WRONG) {
      for (const second of WRONG) survives(() => array[name](first, second, first));
    }
    survives(() => array[name]());
  }
  const snapshot = array.snapshot();
  for (const name of ['get', 'at', 'position', 'idAt', 'slice']) {
    for (const wrong of WRONG) survives(() => snapshot[name](wrong, wrong, wrong));
  }
  for (const name of ['append', 'set', 'setAt', 'delete', 'deleteAt', 'commit']) {
    for (const wrong of WRONG) survives(() => array.batch()[name](wrong, wrong, wrong));
  }
  snapshot.close();
});

test('wrong types are TypeErrors', (t) => {
  const array = birds(t, 3);
  const calls = [
    () => array.get(1), () => array.get(null), () => array.get(), () => array.get(['bird0']),
    () => array.at('0'), () => array.at(0.5), () => array.at(NaN), () => array.at(2 ** 53),
    () => array.at(2n ** 63n), () => array.append(), () => array.append('text'),
    () => array.append(bird('x'), null), () => array.append(bird('x'), { upserts: true }),
    () => array.extendSync(5), () => array.extendSync(), () => array.getManySync(null),
    () => array.getManySync('bird0'), () => array.extendSync('bird0'),
    () => array.deleteSlice('a'), () => array.ids('0'), () => array.set(1, bird('a')),
    () => array.delete('bird0', { expectedRevision: 'x' }),
    () => dam.open(), () => dam.open(null), () => dam.open(5), () => dam.open(Buffer.from('a')),
  ];
  for (const call of calls) assert.throws(call, TypeError, String(call));
  assert.equal(array.length, 3);
});

test('a path with a NUL is refused', async (t) => {
  const path = `${join(folder(t), 'a')}\0b`;
  fails('DAM_INVALID_ARGUMENT', () => dam.open(path));
  await assert.rejects(dam.verify(path), { code: 'DAM_INVALID_ARGUMENT' });
  await assert.rejects(dam.verify(1), TypeError);
});

test('every call after close answers DAM_CLOSED, and a second close too', async (t) => {
  const array = birds(t, 1);
  const batch = array.batch();
  const walk = array.range();
  array.close();
  const calls = [
    () => array.length, () => array.path, () => array.get('bird0'), () => array.at(0),
    () => array.getManySync(['bird0']), () => array.contains('bird0'),
    () => array.position('bird0'), () => array.idAt(0), () => array.ids(),
    () => array.revision('bird0'), () => [...array], () => array.slice(0, 1), () => walk.next(),
    () => array.append(bird('x')), () => array.extendSync([bird('x')]),
    () => array.set('bird0', bird('bird0')), () => array.setAt(0, bird('x')),
    () => array.delete('bird0'), () => array.deleteAt(0), () => array.deleteSlice(0, 1),
    () => array.snapshot(), () => array.batch(), () => array.reload(), () => array.flush(),
    () => array.sync(), () => array.stat(), () => array.close(), () => batch.commit(),
  ];
  for (const call of calls) fails('DAM_CLOSED', call);
  await assert.rejects(array.extend([bird('x')]), { code: 'DAM_CLOSED' });
  array[Symbol.dispose]();
});

test('every call of a closed snapshot, batch or walk answers DAM_CLOSED', (t) => {
  const array = birds(t, 3);
  const snapshot = array.snapshot();
  const unbegun = snapshot.range();
  snapshot.close();
  const batch = array.batch();
  batch.discard();
  const calls = [
    () => snapshot.length, () => snapshot.revision, () => snapshot.get('bird0'),
    () => snapshot.at(0), () => snapshot.position('bird0'), () => snapshot.idAt(0),
    () => snapshot.slice(0, 1), () => [...snapshot], () => unbegun.next(), () => snapshot.close(),
    () => batch.append(bird('x')), () => batch.set('bird0', bird('bird0')),
    () => batch.setAt(0, bird('x')), () => batch.delete('bird0'), () => batch.deleteAt(0),
    () => batch.commit(), () => batch.discard(),
  ];
  for (const call of calls) fails('DAM_CLOSED', call);
  const walk = array.range();
  walk.next();
  walk.return();
  assert.equal(walk.next().done, true);
});

test('classes cannot be made by hand, nor their methods be borrowed', () => {
  for (const type of [dam.DocumentArray, dam.Snapshot, dam.Batch]) {
    for (const wrong of WRONG) {
      assert.equal(survives(() => new type(wrong)?.length), undefined);
    }
    assert.throws(() => type.prototype.close?.call({}) ?? type.prototype.discard.call({}),
      TypeError);
  }
  assert.throws(() => dam.Document.prototype.json.call({}), TypeError);
});

test('bytes that go away are no bytes', (t) => {
  const array = birds(t, 1);
  const { bytes } = dam.Document.fromJSON(bird('x'));
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  assert.throws(() => array.append(bytes), dam.DamError);
});

test('an error has code, name, text and stack', (t) => {
  const array = birds(t, 1);
  assert.throws(() => array.append(bird('bird0')), (error) => {
    assert.ok(error instanceof dam.DamError && error instanceof Error);
    assert.equal(error.name, 'DamError');
    assert.equal(error.code, 'DAM_ALREADY_EXISTS');
    assert.match(error.message, /bird0/);
    assert.match(error.stack, /misuse\.test\.js/);
    return true;
  });
  assert.throws(() => array.delete('dodo'), { message: 'NOT_FOUND' });
});

test('a forgotten array gives its lock up', async (t) => {
  const path = join(folder(t), 'array');
  (() => {
    const array = dam.open(path);
    array.append(bird('robin'));
    array.snapshot();
    array.batch();
    array[Symbol.iterator]().next();
  })();
  for (let i = 0; i < 200; i++) {
    globalThis.gc();
    await new Promise((resolve) => { setTimeout(resolve, 5); });
    try {
      const array = dam.open(path);
      assert.equal(array.length, 1);
      array.close();
      return;
    } catch (error) {
      assert.equal(error.code, 'DAM_BUSY');
    }
  }
  assert.fail('the array was never closed');
});
