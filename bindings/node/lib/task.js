'use strict';
// Long work that the abort of a signal ends.

const native = require('./native.js');

/** Runs long work with a task that the abort of a signal cancels. */
async function withTask(signal, run) {
  const task = native.dam_task_create();
  const cancel = () => native.dam_task_cancel(task);
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await run(task);
  } finally {
    signal?.removeEventListener('abort', cancel);
    native.dam_task_release(task);
  }
}

module.exports = { withTask };
