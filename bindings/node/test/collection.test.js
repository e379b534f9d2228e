'use strict';
const assert = require('node:assert/strict');
const { test } = require('node:test');

const { Document } = require('../index.js');
const { bird, birds, fails, idsOf, opened } = require('./array_fixture.js');

test('an appended document is read by id and by position', (t) => {
  const array = opened(t);
  const robin = Document.fromJSON(bird('robin'));
  const { position, revision } = array.append(robin);
  assert.equal(position, 0);
  assert.equal(array.revision('robin'), revision);
  for (const found of [array.get('robin'), array.at(0), array.at(-1)]) {
    assert.deepEqual(found.bytes, robin.bytes);
  }
});

test('what is absent is undefined where a map or an array says so, else an error', (t) => {
  const array = birds(t, 2);
  assert.equal(array.get('dodo'), undefined);
  assert.equal(array.at(2), undefined);
  assert.equal(array.at(-3), undefined);
  assert.equal(array.contains('dodo'), false);
  assert.equal(array.contains('bird0'), true);
  fails('DAM_NOT_FOUND', () => array.position('dodo'));
  fails('DAM_NOT_FOUND', () => array.revision('dodo'));
  fails('DAM_NOT_FOUND', () => array.delete('dodo'));
  fails('DAM_OUT_OF_RANGE', () => array.idAt(2));
});

test('ids of every shape are kept byte for byte', (t) => {
  const array = opened(t);
  const ids = ['a\0b', '\u00c4', '\u{1f426}', '\ufffd', 'x'.repeat(65535), 'y'.repeat(253),
    '\u{1f426}'.repeat(64)];
  for (const id of ids) {
    array.append({ id });
    assert.equal(array.idAt(-1), id);
    assert.equal(array.contains(id), true);
    assert.equal(array.get(id).id, id);
  }
  assert.deepEqual(array.ids(), ids);
  fails('DAM_TOO_BIG', () => array.contains('x'.repeat(65536)));
  fails('DAM_TOO_BIG', () => array.get('x'.repeat(65536)));
  fails('DAM_INVALID_ARGUMENT', () => array.contains(''));
  for (const half of ['\ud83d', 'a\udc26', '\ud83d\ud83d\udc26']) {
    assert.throws(() => array.contains(half), TypeError);
    assert.throws(() => array.getManySync([half]), TypeError);
  }
});

test('a document without id gets one', (t) => {
  const array = opened(t);
  assert.equal(Document.fromJSON({ text: 'nameless' }).id, '');
  array.append({ text: 'nameless' });
  assert.match(array.idAt(0), /^[0-9a-f-]{36}$/);
});

test('a repeated id is refused but for upsert', (t) => {
  const array = birds(t, 2);
  fails('DAM_ALREADY_EXISTS', () => array.append(bird('bird0')));
  assert.equal(array.append(bird('bird0'), { upsert: true, durability: 'durable' }).position, 0);
  assert.equal(array.length, 2);
});

test('extendSync stores all or nothing', (t) => {
  const array = opened(t);
  assert.equal(array.extendSync([bird('a'), bird('b')]).position, 0);
  fails('DAM_ALREADY_EXISTS', () => array.extendSync([bird('c'), bird('a')]));
  assert.equal(array.length, 2);
  assert.equal(array.extendSync([]).position, -1);
  array.extendSync(new Set([bird('d')]));
  assert.deepEqual(array.ids(), ['a', 'b', 'd']);
});

test('many are read in one call in the order asked', (t) => {
  const array = birds(t, 5);
  const documents = array.getManySync(['bird3', 'dodo', 'bird1', 'bird3']);
  assert.deepEqual(idsOf(documents), ['bird3', undefined, 'bird1', 'bird3']);
  assert.deepEqual(array.getManySync([]), []);
});

test('ids come in order and fewer at the end', (t) => {
  const array = birds(t, 5);
  assert.deepEqual(array.ids(3, 10), ['bird3', 'bird4']);
  assert.deepEqual(array.ids(5, 10), []);
  assert.deepEqual(array.ids(-1), ['bird4']);
  fails('DAM_OUT_OF_RANGE', () => array.ids(-6, 1));
});

test('a large document is read whole', (t) => {
  const array = opened(t);
  const large = Document.fromJSON({ id: 'large', text: 'song'.repeat(100_000) });
  array.append(large);
  assert.deepEqual(array.get('large').bytes, large.bytes);
  assert.deepEqual(idsOf(array), ['large']);
});

test('set replaces in place, and only the expected revision', (t) => {
  const array = birds(t, 3);
  const old = array.revision('bird1');
  const changed = { id: 'bird1', text: 'croaks' };
  const revision = array.set('bird1', changed, { expectedRevision: old });
  assert.equal(array.revision('bird1'), revision);
  assert.equal(array.position('bird1'), 1);
  fails('DAM_CONFLICT', () => array.set('bird1', changed, { expectedRevision: old }));
  fails('DAM_INVALID_ARGUMENT', () => array.set('bird2', changed));
  array.setAt(0, bird('renamed'));
  assert.equal(array.idAt(0), 'renamed');
});

test('deletes move later positions down', (t) => {
  const array = birds(t, 10);
  array.delete('bird0');
  assert.equal(array.position('bird1'), 0);
  array.deleteAt(-1, { durability: 'durable' });
  fails('DAM_CONFLICT', () => array.delete('bird1', { expectedRevision: 1 }));
  assert.equal(array.deleteSlice(undefined, undefined, 2), 4);
  assert.deepEqual(array.ids(), ['bird2', 'bird4', 'bird6', 'bird8']);
  assert.equal(array.deleteSlice(-2), 2);
  fails('DAM_INVALID_ARGUMENT', () => array.deleteSlice(0, 1, 0));
});
