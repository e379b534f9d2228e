'use strict';
// libdam for Node.js, as require() gives it; index.mjs is the same for import.

const { Batch } = require('./lib/batch.js');
const { DamError } = require('./lib/dam_error.js');
const { Document } = require('./lib/document.js');
const { DocumentArray, open, salvage, verify } = require('./lib/document_array.js');
const { Results } = require('./lib/results.js');
const { quantize } = require('./lib/tensor.js');
const { Snapshot } = require('./lib/snapshot.js');
const native = require('./lib/native.js');

module.exports = {
  Batch, DamError, Document, DocumentArray, Results, Snapshot, open, quantize, salvage, verify,
  version: native.dam_version(),
};
