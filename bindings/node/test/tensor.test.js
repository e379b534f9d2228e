'use strict';
const assert = require('node:assert/strict');
const { test } = require('node:test');

const { Document, quantize } = require('../index.js');
const { fails } = require('./array_fixture.js');

test('every type of tensor keeps its values and its shape', () => {
  const arrays = {
    f32: [Float32Array, 1.5], f64: [Float64Array, 1e300], f16: [Uint16Array, 0x3c00],
    bf16: [Uint16Array, 0x3f80], i8: [Int8Array, -1], u8: [Uint8Array, 255],
    i16: [Int16Array, -2], u16: [Uint16Array, 65535], i32: [Int32Array, -3],
    u32: [Uint32Array, 2 ** 32 - 1], i64: [BigInt64Array, -(2n ** 63n)],
    u64: [BigUint64Array, 2n ** 64n - 1n], bool: [Uint8Array, 1],
  };
  for (const [dtype, [Values, value]] of Object.entries(arrays)) {
    const tensor = { dtype, shape: [1, 2], data: Values.of(value, value) };
    assert.deepEqual(Document.of({ blob: tensor }).blob, tensor);
  }
});

test('what follows from the data may be left out', () => {
  const vector = { dtype: 'f32', shape: [2], data: new Float32Array([1, -2]) };
  for (const form of [[1, -2], vector.data, { data: [1, -2] }, vector,
    { dtype: 'f32', data: new Uint8Array(vector.data.buffer) }]) {
    assert.deepEqual(Document.of({ embedding: form }).tensor('embedding'), vector);
  }
  const part = new Int16Array([9, 1, 2, 9]).subarray(1, 3);
  assert.deepEqual(Document.of({ embedding: part }).embedding, new Float32Array([1, 2]));
  const single = { shape: [], data: new Float64Array([3]) };
  assert.deepEqual(Document.of({ blob: single }).blob, { dtype: 'f64', ...single });
});

test('sparse tensors keep coordinates and format', () => {
  const sparse = {
    dtype: 'u8', shape: [100, 100], data: new Uint8Array([7, 9]), format: 'csr',
    indices: new Uint32Array([0, 50, 99, 1]),
  };
  assert.deepEqual(Document.of({ embedding: sparse }).tensor('embedding'), sparse);
  const plain = { shape: [9], data: [5], indices: [8] };
  assert.equal(Document.of({ blob: plain }).blob.format, 'coo');
  assert.throws(() => Document.of({ blob: { ...plain, indices: [9] } }), { name: 'DamError' });
});

test('quantized tensors are multiplied out', () => {
  const values = [-1, 0.25, 1];
  const tensor = quantize(values);
  const document = Document.of({ embedding: tensor });
  assert.deepEqual(document.tensor('embedding'), tensor);
  document.embedding.forEach((value, i) =>
    assert.ok(Math.abs(value - values[i]) <= tensor.scale));
  fails('DAM_INVALID_ARGUMENT', () => quantize([NaN]));
  assert.throws(() => quantize(['1']), TypeError);
  assert.throws(() => quantize(), TypeError);
});

test('wrong tensors are TypeErrors, unfilled shapes invalid documents', () => {
  const data = new Float32Array(2);
  for (const wrong of [null, 1, 'text', ['1'], [null], {}, { data: 1 }, { data, dtype: 'f33' },
    { data, dtype: 'f64' }, { data, shape: [-1] }, { data, shape: 2 }, { data, shape: [0.5] },
    { data, stride: 1 }, new DataView(new ArrayBuffer(8)), { data, format: 'cow', indices: [1, 2] },
    { data, indices: 'a' }, { data, scale: 1 }, { data, dtype: 'toString' }]) {
    assert.throws(() => Document.of({ blob: wrong }), TypeError);
  }
  fails('DAM_INVALID_DOCUMENT', () => Document.of({ blob: { data, shape: [3] } }));
  assert.throws(() => Document.of({}).tensor('text'), TypeError);
  assert.equal(Document.of({}).tensor('blob'), undefined);
});
