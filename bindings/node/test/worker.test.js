'use strict';
const assert = require('node:assert/strict');
const { once } = require('node:events');
const { join } = require('node:path');
const { test } = require('node:test');
const { Worker } = require('node:worker_threads');

const { open } = require('../index.js');
const { bird, birds, folder } = require('./array_fixture.js');

const INDEX = JSON.stringify(require.resolve('../index.js'));

/** A worker that runs a program with `dam`, `path` and `parentPort` in scope. */
function worker(program, path) {
  const prelude = `const dam = require(${INDEX});
    const { parentPort, workerData: path } = require('node:worker_threads');\n`;
  return new Worker(prelude + program, { eval: true, workerData: path });
}

test('a worker reads while the main thread writes', async (t) => {
  const array = birds(t, 100);
  const reader = worker(`
    const array = dam.open(path, { readOnly: true });
    const count = [...array].length;
    try { array.delete('bird0'); } catch (error) {
      parentPort.postMessage([count, error instanceof dam.DamError, error.code]);
    }
    array.close();`, array.path);
  const ended = once(reader, 'exit');
  array.append(bird('new'));
  const [message] = await once(reader, 'message');
  assert.ok(message[0] === 100 || message[0] === 101);
  assert.deepEqual(message.slice(1), [true, 'DAM_READ_ONLY']);
  await ended;
});

test('a worker that ends gives up what it forgot to close', async (t) => {
  const path = join(folder(t), 'array');
  const forgetful = worker(`
    const array = dam.open(path, { durability: 'buffered' });
    array.append({ id: 'robin' });
    globalThis.kept = [array, array.snapshot(), array.batch(), array.range().next()];`, path);
  assert.deepEqual(await once(forgetful, 'exit'), [0]);
  const array = open(path);
  assert.equal(array.contains('robin'), true);
  array.close();
});

test('a worker that is terminated amid its promises does no harm', async (t) => {
  const path = join(folder(t), 'array');
  for (let i = 0; i < 3; i++) {
    const telling = i % 2 === 0 ? 'running' : 'queued';
    const busy = worker(`
      const tell = (what) => what === '${telling}' && parentPort.postMessage(what);
      const array = dam.open(path, { lockTimeoutMs: 5000 });
      const documents = Array.from({ length: 2000 }, (_, i) => ({ id: 'bird' + i }));
      tell('running');
      for (let i = 0; i < 20; i++) array.extend(documents, { upsert: true });
      array.getMany(['bird0']);
      dam.verify(path);
      tell('queued');`, path);
    await once(busy, 'message');
    await busy.terminate();
    const array = open(path, { lockTimeoutMs: 5000 });
    assert.ok(array.length === 0 || array.length === 2000);
    array.close();
  }
});

test('workers come and go while the main thread goes on', async (t) => {
  const array = birds(t, 10);
  const program = 'const a = dam.open(path, { readOnly: true }); a.at(0); a.slice();';
  const workers = Array.from({ length: 4 }, () => worker(program, array.path));
  const exits = await Promise.all(workers.map((one) => once(one, 'exit')));
  assert.deepEqual(exits, [[0], [0], [0], [0]]);
  assert.equal(array.at(0).id, 'bird0');
});
