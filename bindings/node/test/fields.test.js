'use strict';
const assert = require('node:assert/strict');
const { test } = require('node:test');

const { Document } = require('../index.js');
const { birds, fails } = require('./array_fixture.js');

test('fields are read one by one', () => {
  const document = Document.fromJSON({
    text: 'sings', uri: 'bird.ogg', mime_type: 'audio/ogg', embedding: [1, -2.5],
    chunks: [{ text: 'a' }, { text: 'b' }],
  });
  assert.equal(document.text, 'sings');
  assert.equal(document.uri, 'bird.ogg');
  assert.equal(document.mimeType, 'audio/ogg');
  assert.deepEqual(document.embedding, new Float32Array([1, -2.5]));
  assert.deepEqual(document.chunks.map((chunk) => chunk.text), ['a', 'b']);
});

test('absent fields are undefined, absent children none', () => {
  const document = Document.fromJSON({ buffer: 'AQID' });
  assert.deepEqual(document.buffer, new Uint8Array([1, 2, 3]));
  for (const name of ['text', 'uri', 'mimeType', 'embedding']) {
    assert.equal(document[name], undefined);
  }
  assert.deepEqual([document.chunks, document.matches, document.tags], [[], [], {}]);
});

test('tags come exactly and nested', () => {
  const document = Document.fromJSON(`{"tags":{"__proto__":1,"big":9223372036854775807,"e":{},
    "half":0.5,"l":[[],{"x":null},"t",false],"ok":true,"\u00c4":"\u00e4"}}`);
  const wanted = {
    ['__proto__']: 1, big: 2n ** 63n - 1n, e: {}, half: 0.5, l: [[], { x: null }, 't', false],
    ok: true, '\u00c4': '\u00e4',
  };
  assert.deepEqual(document.tags, wanted);
  assert.deepEqual(Object.keys(document.tags), Object.keys(wanted));
});

test('a patch changes one document', (t) => {
  const array = birds(t, 2);
  const revision = array.patch('bird0', { text: 'hums' });
  assert.equal(array.revision('bird0'), revision);
  array.patch('bird0', '{"uri":"a"}', { durability: 'durable', expectedRevision: revision });
  assert.deepEqual([array.at(0).text, array.at(0).uri], ['hums', 'a']);
  fails('DAM_INVALID_ARGUMENT', () => array.patch('bird0', { id: 'other' }));
  fails('DAM_NOT_FOUND', () => array.patch('dodo', {}));
  fails('DAM_CONFLICT', () => array.patch('bird1', {}, { expectedRevision: revision }));
  assert.throws(() => array.patch('bird1'), TypeError);
  assert.throws(() => array.patch('bird1', {}, { upsert: true }), TypeError);
});
