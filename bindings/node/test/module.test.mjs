// The package as others get it: by import and by require, with the same things under both.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import dam, * as names from '../index.mjs';

const here = dirname(dirname(fileURLToPath(import.meta.url)));

test('import and require give the same classes', () => {
  const required = createRequire(import.meta.url)('../index.js');
  assert.equal(dam, required);
  for (const name of Object.keys(required)) assert.equal(names[name], required[name]);
  assert.equal(Object.keys(names).length, Object.keys(required).length + 1);
});

test('a program finds the package by its name, and only its public part', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'dam-node-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(here, join(folder, 'node_modules', 'libdam'));
  const run = (...options) => spawnSync(process.execPath, options,
    { cwd: folder, encoding: 'utf8' });
  assert.equal(run('-p', "require('libdam').version").stdout.trim(), dam.version);
  const imports = "import { version } from 'libdam'; console.log(version)";
  assert.equal(run('--input-type=module', '-e', imports).stdout.trim(), dam.version);
  assert.match(run('-p', "require('libdam/lib/native.js')").stderr, /PATH_NOT_EXPORTED/);
});

test('a process that exits without closing loses no commit and leaves no lock', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'dam-node-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const program = `const array = require(${JSON.stringify(join(here, 'index.js'))})
    .open('array', { durability: 'buffered' });
    array.append({ id: 'robin' }); array.extend([{ id: 'wren' }]); process.exit(7);`;
  const { status, stderr } = spawnSync(process.execPath, ['-e', program],
    { cwd: folder, encoding: 'utf8' });
  assert.deepEqual([status, stderr], [7, '']);
  const array = dam.open(join(folder, 'array'));
  assert.equal(array.contains('robin'), true);
  array.close();
});
