'use strict';
// Finding documents by filters, for arrays and snapshots alike: both hand a native snapshot over.

const native = require('./native.js');
const { Results } = require('./results.js');
const { withTask } = require('./task.js');
const { checked, finding } = require('./write_options.js');

/** libdam's form of a filter: an object, JSON text, or nothing for all documents. */
async function withFilter(filter, run) {
  if (filter === undefined || filter === null) return run(null);
  const text = typeof filter === 'object' ? JSON.stringify(filter) : filter;
  const parsed = native.dam_filter_parse(text);
  try {
    return await run(parsed);
  } finally {
    native.dam_filter_free(parsed);
  }
}

/** The results of what passes a filter. */
async function find(snapshot, filter, options) {
  const { paths = 'r', signal } = checked(options, ['paths', 'offset', 'limit', 'signal']);
  const choices = finding(options);
  try {
    return await withFilter(filter, (parsed) => withTask(signal, async (task) =>
      new Results(await native.dam_find_async(snapshot, parsed, paths, choices, task))));
  } finally {
    native.dam_options_free(choices);
  }
}

/** How many documents pass. */
async function countWhere(snapshot, filter, options) {
  const { paths = 'r', signal } = checked(options, ['paths', 'signal']);
  return withFilter(filter, (parsed) => withTask(signal, (task) =>
    native.dam_count_where_async(snapshot, parsed, paths, task)));
}

/** How the filter ran, in words. */
async function explain(snapshot, filter, options) {
  const { paths = 'r', signal } = checked(options, ['paths', 'signal']);
  return withFilter(filter, (parsed) => withTask(signal, (task) =>
    native.dam_explain_async(snapshot, parsed, paths, task)));
}

module.exports = { countWhere, explain, find, withFilter };
