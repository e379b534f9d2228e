'use strict';
// The addon, which is dam.h as SWIG sees it; nothing outside of lib/ gets hold of it.

const { DamError } = require('./dam_error.js');

let native;
try {
  native = require('../dam_node.node');
} catch (cause) {
  const where = `${process.platform} ${process.arch}, Node.js ${process.version}`;
  throw new Error(`libdam: its addon cannot be loaded on ${where}: ${cause.message}`, { cause });
}
native.set_error_class(DamError);
// Why: process.exit() runs no finalizers, and what was committed must be on its way to the disk.
process.on('exit', native.close_arrays);

module.exports = native;
