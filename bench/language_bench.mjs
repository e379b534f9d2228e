// language_bench ARRAY SCRATCH GETS EXTENDS ROUNDS: what bench_languages.cc measures, in Node.
import { rmSync } from 'node:fs';

import { open } from 'libdam';

const BATCH = 1000;
const [path, scratch, ...numbers] = process.argv.slice(2);
const [gets, extended, rounds] = numbers.map(Number);
const array = open(path, { readOnly: true });

const digestOf = ({ bytes }) => bytes.length * 31 + bytes[bytes.length >> 1];

/** Prints the rounds but the first, which is to warm up. */
async function measure(workload, run) {
  for (let round = 0; round <= rounds; round++) {
    const { milliseconds, count, digest } = await run();
    if (round === 0) continue;
    console.log(JSON.stringify({
      workload, subject: 'Node', unit: 'ns', value: milliseconds * 1e6 / count, operations: count,
      digest: digest.toString(16).padStart(16, '0'),
    }));
  }
}

function questions() {
  const ids = array.ids();
  let state = 1;
  return Array.from({ length: gets }, () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return ids[(state >> 8) % ids.length];
  });
}

const asked = questions();
await measure('get_copied', () => {
  let digest = 0;
  const begin = performance.now();
  for (const id of asked) digest += digestOf(array.get(id));
  return { milliseconds: performance.now() - begin, count: asked.length, digest };
});

await measure('iterate', () => {
  let digest = 0;
  let count = 0;
  const begin = performance.now();
  for (const document of array) {
    digest += digestOf(document);
    count++;
  }
  return { milliseconds: performance.now() - begin, count, digest };
});

const documents = array.slice(0, extended);
await measure('extend', async () => {
  const target = open(scratch);
  const begin = performance.now();
  for (let at = 0; at < documents.length; at += BATCH) {
    await target.extend(documents.slice(at, at + BATCH));
  }
  const milliseconds = performance.now() - begin;
  const count = target.length;
  target.close();
  rmSync(scratch, { recursive: true });
  return { milliseconds, count, digest: count };
});
array.close();
