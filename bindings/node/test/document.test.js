'use strict';
const assert = require('node:assert/strict');
const { test } = require('node:test');

const { Document } = require('../index.js');
const { bird, fails, opened } = require('./array_fixture.js');

test('JSON goes both ways, exactly', () => {
  const source = '{"id":"robin","tags":{"big":9007199254740993},"text":"sings"}';
  const document = Document.fromJSON(source);
  assert.equal(document.json(), source);
  assert.deepEqual(document.toJSON(), JSON.parse(source));
  assert.equal(JSON.stringify([Document.fromJSON(bird('robin'))]),
    '[{"id":"robin","text":"sings"}]');
});

test('JSON options reach the library', () => {
  fails('DAM_INVALID_ARGUMENT', () => Document.fromJSON({ colour: 'red' }));
  const tagged = Document.fromJSON({ colour: 'red' }, { unknownToTags: true });
  assert.equal(tagged.json({ plainArrays: true }), '{"tags":{"colour":"red"}}');
  const vector = Document.fromJSON({ embedding: [1, 2] });
  assert.deepEqual(JSON.parse(vector.json({ plainArrays: true })).embedding, [1, 2]);
});

test('bytes make the same document again, and are copied', () => {
  const robin = Document.fromJSON(bird('robin'));
  const bytes = Buffer.from(robin.bytes);
  const again = new Document(bytes);
  bytes.fill(0);
  assert.equal(again.id, 'robin');
  fails('DAM_INVALID_DOCUMENT', () => new Document(Buffer.from('no document at all')));
});

test('questions in a busy loop leave no memory behind', () => {
  const { bytes } = Document.fromJSON({ id: 'large', text: 'song'.repeat(25_000) });
  const before = process.memoryUsage().rss;
  for (let i = 0; i < 3000; i++) {
    assert.equal(Document.fromJSON({ id: 'small' }).id, 'small');
    assert.equal(new Document(bytes).id, 'large');
    if (i % 100 === 0) globalThis.gc();
  }
  assert.ok(process.memoryUsage().rss - before < 150 * 2 ** 20);
});

test('what is no document is a TypeError', () => {
  for (const wrong of [undefined, null, 1, 'text', [], new ArrayBuffer(8), new Int8Array(8)]) {
    assert.throws(() => new Document(wrong), TypeError);
  }
  for (const wrong of [undefined, null, 1, Symbol('s'), () => 1]) {
    assert.throws(() => Document.fromJSON(wrong), TypeError);
  }
  assert.throws(() => Document.fromJSON({ id: 1n }), TypeError);
  fails('DAM_INVALID_ARGUMENT', () => Document.fromJSON('{'));
});

test('a document, its bytes, and its JSON are stored alike', (t) => {
  const array = opened(t);
  const robin = Document.fromJSON(bird('robin'));
  const shared = new Uint8Array(new SharedArrayBuffer(robin.bytes.length));
  shared.set(robin.bytes);
  for (const form of [robin, robin.bytes, Buffer.from(robin.bytes), bird('robin'), shared]) {
    array.append(form, { upsert: true });
    assert.deepEqual(array.at(0).bytes, robin.bytes);
  }
});
