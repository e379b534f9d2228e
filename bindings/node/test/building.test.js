'use strict';
const assert = require('node:assert/strict');
const { test } = require('node:test');

const { Document } = require('../index.js');
const { bird, birds, fails, idsOf } = require('./array_fixture.js');

/** Every field but contents, with values that come back as they are. */
const FIELDS = {
  id: 'wren', tags: { grams: 9 }, uri: 'wren.png', mimeType: 'image/png', parentId: 'nest',
  granularity: 1, adjacency: 2, weight: 0.5, modality: 'sound', offset: 7, levelName: 'bird',
  siblings: 2 ** 32 - 1, metaInfo: new Uint8Array([1, 0]), location: new Float32Array([52.5, 13]),
  embedding: new Float32Array([1.5, -2]),
  scores: { 'a.b': { value: 0.75, opName: 'cosine', description: 'of both', refId: 'wren',
    operands: [{ value: 1, opName: 'left' }, { value: 2 }] } },
  evaluations: { recall: { value: 1 } },
};

test('fields that a document is made of come back', () => {
  for (const content of [{ text: 'trills' }, { buffer: new Uint8Array([0, 255]) },
    { blob: { dtype: 'u8', shape: [2, 1], data: new Uint8Array([7, 9]) } }]) {
    const document = Document.of({ ...FIELDS, ...content });
    for (const [name, value] of Object.entries({ ...FIELDS, ...content })) {
      assert.deepEqual(document[name], value, name);
    }
    assert.equal(document.contentType, Object.keys(content)[0]);
  }
});

test('an empty document has nothing', () => {
  const empty = Document.of({ text: undefined });
  const none = ['text', 'buffer', 'blob', 'embedding', 'uri', 'granularity', 'weight', 'location',
    'metaInfo', 'contentType'];
  for (const name of none) assert.equal(empty[name], undefined, name);
  assert.deepEqual([empty.id, empty.tags, empty.scores, empty.chunks], ['', {}, {}, []]);
});

test('tags are objects both ways, integers and doubles apart', () => {
  const tags = {
    big: 2n ** 63n - 1n, two: 2, half: 0.5, huge: 2 ** 60, no: false, nil: null, text: '\u00e4',
    raw: new Uint8Array([9]), 'dotted.key\\': [[], { deep: ['a', null] }], ['__proto__']: 1,
  };
  const document = Document.of({ tags });
  assert.deepEqual(document.tags, tags);
  assert.match(document.json(), /"huge":1152921504606846976\.0/);
  const exact = { double: 2, zero: -0, int: 2n, list: [1n, 1] };
  assert.deepEqual(Document.of({ exactTags: exact }).exactTags, exact);
  assert.match(Document.of({ exactTags: exact }).json(), /"double":2\.0,"int":2,/);
  assert.deepEqual(Document.of({ tags: { zero: -0 } }).exactTags, { zero: -0 });
  assert.deepEqual(Document.of({ tags: new Map([['a', new Map([['b', 1n]])]]) }).tags,
    { a: { b: 1 } });
  assert.deepEqual(document.with({ tags: {} }).tags, {});
});

test('what is no tag is a TypeError', () => {
  for (const wrong of [undefined, Symbol('s'), () => 1, new Date(), 2n ** 63n,
    new Map([[1, 2]]), '\ud800', new Float32Array(1)]) {
    assert.throws(() => Document.of({ tags: { wrong } }), TypeError);
    assert.throws(() => Document.of({ tags: { list: [wrong] } }), TypeError);
  }
  const endless = {};
  endless.self = endless;
  fails('DAM_INVALID_ARGUMENT', () => Document.of({ tags: endless }));
  for (const tags of [null, 1, 'text', [], new Date(), new Uint8Array(1)]) {
    assert.throws(() => Document.of({ tags }), TypeError);
  }
});

test('chunks and matches are documents, their bytes, or objects of JSON', () => {
  const egg = Document.fromJSON(bird('egg'));
  const nest = Document.of({ id: 'nest', chunks: [egg, egg.bytes, bird('twig')], matches: [egg] });
  assert.deepEqual(idsOf(nest.chunks), ['egg', 'egg', 'twig']);
  assert.deepEqual([nest.chunks[0].parentId, nest.chunks[0].granularity], ['nest', 1]);
  assert.equal(nest.matches[0].adjacency, 1);
  assert.deepEqual(idsOf(nest.with({ chunks: nest.chunks.slice(-1) }).chunks), ['twig']);
  assert.throws(() => Document.of({ chunks: egg }), TypeError);
  assert.throws(() => Document.of({ chunks: [1] }), TypeError);
});

test('with leaves the document alone and clears what is undefined', () => {
  const robin = Document.fromJSON(bird('robin'));
  const wren = robin.with({ id: 'wren', text: undefined, uri: 'a' });
  assert.deepEqual([robin.id, robin.text], ['robin', 'sings']);
  assert.deepEqual([wren.id, wren.text, wren.uri], ['wren', undefined, 'a']);
  assert.equal(robin.with({ buffer: new Uint8Array(1) }).text, undefined);
  assert.equal(robin.with({ tags: undefined, exactTags: { a: 1n } }).tags.a, 1);
});

test('patch, merge, equality and hash', () => {
  const robin = Document.fromJSON(bird('robin'));
  assert.equal(robin.patch({ text: null, tags: { grams: 18 } }).json(),
    '{"id":"robin","tags":{"grams":18}}');
  assert.deepEqual(robin.merge(Document.of({ tags: { red: true } })).tags, { red: true });
  assert.equal(robin.equals(Document.of({ text: 'sings', id: 'robin' })), true);
  assert.equal(robin.equals(robin.with({ id: 'wren' })), false);
  assert.equal(robin.contentHash, robin.with({ id: 'wren' }).contentHash);
  assert.equal(typeof robin.contentHash, 'bigint');
  assert.throws(() => robin.equals(bird('robin')), TypeError);
  assert.throws(() => robin.merge({}), TypeError);
  fails('DAM_INVALID_ARGUMENT', () => robin.patch('{'));
});

test('wrong fields are TypeErrors, wrong values errors', () => {
  const wrong = [undefined, null, 1, 'text', [], { textt: 'a' }, { text: 1 }, { text: null },
    { buffer: 'a' }, { weight: '1' }, { offset: 0.5 }, { location: ['1'] }, { scores: [] },
    { scores: { a: {} } }, { scores: { a: null } }, { scores: { a: { value: 1, name: 'x' } } },
    { scores: { a: { value: 1, operands: 1 } } }, { chunks: {} }, { metaInfo: null },
    { text: 'a', blob: [1] }, { tags: {}, exactTags: {} }, { text: '\ud800' }];
  for (const fields of wrong) assert.throws(() => Document.of(fields), TypeError);
  const robin = Document.fromJSON(bird('robin'));
  for (const fields of wrong.slice(1)) assert.throws(() => robin.with(fields), TypeError);
  const endless = { value: 1 };
  endless.operands = [endless];
  fails('DAM_INVALID_ARGUMENT', () => Document.of({ scores: { endless } }));
  fails('DAM_INVALID_ARGUMENT', () => Document.of({ id: '' }));
  fails('DAM_INVALID_ARGUMENT', () => Document.of({ offset: -1 }));
  fails('DAM_INVALID_ARGUMENT', () => Document.of({ granularity: 2 ** 32 }));
});

test('a document that was made is stored like any other', (t) => {
  const array = birds(t, 1);
  const made = Document.of({ ...FIELDS, id: 'made', text: 'a' });
  array.append(made);
  assert.ok(array.get('made').equals(made));
});
