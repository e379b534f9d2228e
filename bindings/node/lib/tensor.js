'use strict';
// Tensors as objects: { dtype, shape, data }, sparse ones with { format, indices }, quantized ones
// with { scale, zeroPoint }. The data is a typed array of the dtype; f16 and bf16, which JavaScript
// has no array for, are the bits in a Uint16Array.

const native = require('./native.js');
const { checked } = require('./write_options.js');

const DTYPES = {
  f32: [native.DAM_DTYPE_F32, Float32Array], f64: [native.DAM_DTYPE_F64, Float64Array],
  f16: [native.DAM_DTYPE_F16, Uint16Array], bf16: [native.DAM_DTYPE_BF16, Uint16Array],
  i8: [native.DAM_DTYPE_I8, Int8Array], u8: [native.DAM_DTYPE_U8, Uint8Array],
  i16: [native.DAM_DTYPE_I16, Int16Array], u16: [native.DAM_DTYPE_U16, Uint16Array],
  i32: [native.DAM_DTYPE_I32, Int32Array], u32: [native.DAM_DTYPE_U32, Uint32Array],
  i64: [native.DAM_DTYPE_I64, BigInt64Array], u64: [native.DAM_DTYPE_U64, BigUint64Array],
  bool: [native.DAM_DTYPE_BOOL, Uint8Array],
};
/** The dtype of a typed array that names none. */
const DEFAULTS = ['f32', 'f64', 'i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64'];
const FORMATS = {
  coo: native.DAM_FORMAT_COO, csr: native.DAM_FORMAT_CSR, csc: native.DAM_FORMAT_CSC,
  bsr: native.DAM_FORMAT_BSR,
};
const MEMBERS = ['dtype', 'shape', 'data', 'format', 'indices', 'scale', 'zeroPoint'];

function nameOf(table, number) {
  return Object.keys(table).find((name) => [table[name]].flat()[0] === number);
}

/** Numbers as a Float32Array. Why each is looked at: conversion would make 0 of null. */
function floatsOf(values, name) {
  if (values instanceof Float32Array) return values;
  if (!Array.isArray(values) || !values.every((value) => typeof value === 'number')) {
    throw new TypeError(`${name} are no Float32Array and no array of numbers`);
  }
  return Float32Array.from(values);
}

function uint32sOf(values, name) {
  if (values instanceof Uint32Array) return values;
  const isWhole = (value) => Number.isInteger(value) && value >= 0 && value < 2 ** 32;
  if (!Array.isArray(values) || !values.every(isWhole)) {
    throw new TypeError(`${name} are no Uint32Array and no array of whole numbers`);
  }
  return Uint32Array.from(values);
}

/** The tensor of a field of libdam's form of a document; undefined when it is absent. */
function readTensor(handle, field) {
  const dense = native.dam_document_tensor(handle, field);
  if (dense === undefined) return undefined;
  const dtype = nameOf(DTYPES, dense[0]);
  const [, Values] = DTYPES[dtype];
  const bytes = dense[2];
  const data = new Values(bytes.buffer, 0, bytes.length / Values.BYTES_PER_ELEMENT);
  const tensor = { dtype, shape: [...dense[1]], data };
  const sparse = native.dam_document_sparse(handle, field);
  if (sparse) Object.assign(tensor, { format: nameOf(FORMATS, sparse[0]), indices: sparse[1] });
  const quantization = native.dam_document_quantization(handle, field);
  if (quantization) {
    const [scale, zeroPoint] = quantization;
    Object.assign(tensor, { scale, zeroPoint });
  }
  return tensor;
}

/** A tensor with all its members, of one that leaves out what follows from the data. */
function completed(value) {
  const isList = Array.isArray(value) || ArrayBuffer.isView(value);
  const tensor = isList ? { data: value } : checked(value, MEMBERS);
  const data = Array.isArray(tensor.data) ? floatsOf(tensor.data, 'data') : tensor.data;
  if (!ArrayBuffer.isView(data)) throw new TypeError('the data of a tensor is no typed array');
  const dtype = tensor.dtype ?? DEFAULTS.find((name) => data instanceof DTYPES[name][1]);
  if (!Object.hasOwn(DTYPES, dtype)) throw new TypeError(`there is no dtype ${String(dtype)}`);
  // Why Uint8Array too: it may hold the bytes of any dtype.
  if (!(data instanceof DTYPES[dtype][1] || data instanceof Uint8Array)) {
    throw new TypeError(`the data is no array of ${dtype}`);
  }
  const count = data.byteLength / DTYPES[dtype][1].BYTES_PER_ELEMENT;
  return { ...tensor, dtype, data, shape: tensor.shape ?? [count] };
}

function writeTensor(builder, field, value) {
  if (typeof value !== 'object' || value === null) throw new TypeError('a tensor is no object');
  const { dtype, shape, data, format = 'coo', indices, scale, zeroPoint } = completed(value);
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  native.dam_builder_set_tensor(builder, field, DTYPES[dtype][0], uint32sOf(shape, 'shape'), bytes);
  if (indices !== undefined) {
    if (!Object.hasOwn(FORMATS, format)) throw new TypeError(`there is no format ${format}`);
    native.dam_builder_set_sparse(builder, field, FORMATS[format], uint32sOf(indices, 'indices'));
  }
  if (scale !== undefined || zeroPoint !== undefined) {
    native.dam_builder_set_quantization(builder, field, scale, zeroPoint);
  }
}

/** Floats as a tensor of int8 with scale and zero point. */
function quantize(values) {
  const floats = floatsOf(values, 'values');
  const data = new Int8Array(floats.length);
  const [scale, zeroPoint] = native.dam_quantize(floats, data);
  return { dtype: 'i8', shape: [data.length], data, scale, zeroPoint };
}

module.exports = { floatsOf, quantize, readTensor, writeTensor };
