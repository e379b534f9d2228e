'use strict';
// Scores and evaluations: objects by name, { value, opName, description, refId, operands }.

const native = require('./native.js');
const { add, escaped } = require('./tags.js');
const { checked } = require('./write_options.js');

const STRINGS = {
  opName: native.DAM_SCORE_OP_NAME, description: native.DAM_SCORE_DESCRIPTION,
  refId: native.DAM_SCORE_REF_ID,
};
const MEMBERS = ['value', ...Object.keys(STRINGS), 'operands'];

function readScore(handle, field, path) {
  const [value, count] = native.dam_document_score(handle, field, path);
  const score = { value };
  for (const [name, part] of Object.entries(STRINGS)) {
    const text = native.dam_document_score_string(handle, field, path, part);
    if (text) score[name] = text;
  }
  const operand = (_, i) => readScore(handle, field, `${path}.${i}`);
  if (count > 0) score.operands = Array.from({ length: count }, operand);
  return score;
}

/** All scores of a field of libdam's form of a document. */
function readScores(handle, field) {
  const scores = {};
  const count = native.dam_document_count(handle, field) ?? 0;
  for (let i = 0; i < count; i++) {
    const name = native.dam_document_score_name(handle, field, i);
    add(scores, name, readScore(handle, field, escaped(name)));
  }
  return scores;
}

function writeScore(builder, field, path, score) {
  const { value, operands = [], ...strings } =
    checked(typeof score === 'number' ? { value: score } : score ?? null, MEMBERS);
  native.dam_builder_set_score(builder, field, path, value);
  for (const [name, text] of Object.entries(strings)) {
    if (text !== undefined) {
      native.dam_builder_set_score_string(builder, field, path, STRINGS[name], text);
    }
  }
  if (!Array.isArray(operands)) throw new TypeError('operands are no array');
  operands.forEach((operand, i) => writeScore(builder, field, `${path}.${i}`, operand));
}

/** Replaces the scores of a field of a builder; a number is a score with that value. */
function writeScores(builder, field, scores) {
  if (typeof scores !== 'object' || scores === null || Array.isArray(scores)) {
    throw new TypeError('scores are no object');
  }
  native.dam_builder_clear(builder, field);
  for (const [name, score] of Object.entries(scores)) {
    writeScore(builder, field, escaped(name), score);
  }
}

module.exports = { readScores, writeScores };
