'use strict';
// Builders, tags, tensors and scores below the public classes, as SWIG wraps them.
const assert = require('node:assert/strict');
const { test } = require('node:test');

const native = require('../lib/native.js');
const { fails } = require('./array_fixture.js');

test('what a builder sets is read back', () => {
  const builder = native.dam_builder_create(null);
  const bytes = new Uint8Array(new Float32Array([1, 2]).buffer);
  native.dam_builder_set_string(builder, native.DAM_FIELD_TEXT, 'sings');
  native.dam_builder_set_number(builder, native.DAM_FIELD_WEIGHT, 0.5);
  native.dam_builder_set_tensor(builder, native.DAM_FIELD_EMBEDDING, native.DAM_DTYPE_F32,
    new Uint32Array([1, 2]), bytes);
  native.dam_builder_set_tag_integer(builder, 'size.cm', 2n ** 62n);
  native.dam_builder_set_tag_string(builder, 'song', '\u{1f3b5}');
  native.dam_builder_set_score(builder, native.DAM_FIELD_SCORES, 'beauty', 0.75);
  const document = native.dam_builder_finish(builder);
  native.dam_builder_discard(builder);

  assert.equal(native.dam_document_string(document, native.DAM_FIELD_TEXT), 'sings');
  assert.equal(native.dam_document_number(document, native.DAM_FIELD_WEIGHT), 0.5);
  assert.equal(native.dam_document_has(document, native.DAM_FIELD_URI), false);
  assert.deepEqual(native.dam_document_tensor(document, native.DAM_FIELD_EMBEDDING),
    [native.DAM_DTYPE_F32, new Uint32Array([1, 2]), bytes]);
  const numbers = new Float32Array(2);
  assert.equal(native.dam_document_floats(document, native.DAM_FIELD_EMBEDDING, null), 2);
  assert.equal(native.dam_document_floats(document, native.DAM_FIELD_EMBEDDING, numbers), 2);
  assert.deepEqual(numbers, new Float32Array([1, 2]));
  const [kind, integer] = native.dam_document_tag(document, 'size.cm');
  assert.deepEqual([kind, integer], [native.DAM_TAG_INTEGER, 2n ** 62n]);
  assert.deepEqual(native.dam_document_score(document, native.DAM_FIELD_SCORES, 'beauty'),
    [0.75, 0]);
});

test('a walk through tags tells keys and values', () => {
  const document = native.dam_document_from_json('{"tags":{"a":[true],"b":"text"}}', 0);
  const tags = native.dam_tags_open(document, '');
  const seen = [];
  for (let i = 0; i < 3; i++) {
    const [kind, , , data] = native.dam_tags_next(tags);
    seen.push([kind, Buffer.from(data).toString(), ...native.dam_tags_key(tags)]);
  }
  assert.deepEqual(seen, [[native.DAM_TAG_LIST, '', 0, 'a'], [native.DAM_TAG_TRUE, '', 1, null],
    [native.DAM_TAG_STRING, 'text', 0, 'b']]);
  assert.equal(native.dam_tags_next(tags), undefined);
  native.dam_tags_close(tags);
  fails('DAM_CLOSED', () => native.dam_tags_next(tags));
});

test('quantizing needs room for every number', () => {
  const values = new Float32Array([-1, 0, 1]);
  const steps = new Int8Array(3);
  const [scale, zeroPoint] = native.dam_quantize(values, steps);
  const again = new Float32Array(3);
  native.dam_dequantize(steps, scale, zeroPoint, again);
  values.forEach((value, i) => assert.ok(Math.abs(value - again[i]) <= scale));
  assert.throws(() => native.dam_quantize(values, new Int8Array(2)), TypeError);
  assert.throws(() => native.dam_dequantize(steps, 1, 0, new Float32Array(2)), TypeError);
  assert.throws(() => native.dam_quantize([1], steps), TypeError);
});

test('patches and equality cross as text and as booleans', () => {
  const robin = native.dam_document_from_json('{"id":"a","text":"sings"}', 0);
  const patched = native.dam_document_patch(robin, '{"text":"hums"}');
  assert.equal(native.dam_document_to_json(patched, 0), '{"id":"a","text":"hums"}');
  assert.equal(native.dam_document_equal(robin, patched), false);
  assert.equal(native.dam_document_equal(robin, robin), true);
});
