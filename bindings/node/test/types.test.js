'use strict';
const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const { copyFileSync, mkdirSync, symlinkSync } = require('node:fs');
const { join } = require('node:path');
const { test } = require('node:test');

const dam = require('../index.js');
const { birds, folder } = require('./array_fixture.js');

const modules = process.env.DAM_NODE_MODULES;

test('the types fit a program, and refuse what is wrong', (t) => {
  const place = folder(t);
  mkdirSync(join(place, 'node_modules'));
  symlinkSync(join(__dirname, '..'), join(place, 'node_modules', 'libdam'));
  symlinkSync(join(modules, '@types'), join(place, 'node_modules', '@types'));
  for (const name of ['sample.mts', 'sample.cts']) {
    copyFileSync(join(__dirname, 'types_sample.mts'), join(place, name));
  }
  const { stdout, status } = spawnSync(process.execPath, [
    join(modules, 'typescript', 'lib', 'tsc.js'), '--noEmit', '--strict', '--module', 'nodenext',
    '--target', 'esnext', '--types', 'node', 'sample.mts'], { cwd: place, encoding: 'utf8' });
  assert.equal(stdout, '');
  assert.equal(status, 0);
});

test('the types name every member of the classes', async (t) => {
  const { readFileSync } = require('node:fs');
  const types = readFileSync(join(__dirname, '..', 'index.d.ts'), 'utf8');
  const array = birds(t, 1);
  const objects = [array, array.snapshot(), array.batch(), array.at(0), await array.find()];
  for (const object of objects) {
    for (const member of Object.getOwnPropertyNames(Object.getPrototypeOf(object))) {
      assert.match(types, new RegExp(`\\b${member}\\b`));
    }
  }
  for (const name of Object.keys(dam)) {
    assert.match(types, new RegExp(`export (class|const|function) ${name}\\b`));
  }
});
