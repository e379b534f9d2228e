// A program that types.test.js has the TypeScript compiler check, not run.
import dam, { DamError, Document, open, quantize, salvage, verify } from 'libdam';
import type { Batch, DocumentArray, Snapshot, Written } from 'libdam';

const array: DocumentArray = open('birds', { durability: 'durable', lockTimeoutMs: 10 });
const robin: Document = Document.fromJSON({ id: 'robin' }, { unknownToTags: true });
const written: Written = array.append(robin, { upsert: true });
const many: Promise<Written> = array.extend([robin, robin.bytes, { id: 'wren' }]);
const ids: string[] = array.slice(-2, undefined, 1).map((document) => document.id);
for (const document of array) ids.push(document.json({ plainArrays: true }));
const snapshot: Snapshot = array.snapshot();
const found: Document | undefined = snapshot.get('robin');
const batch: Batch = array.batch();
batch.set('robin', robin, { expectedRevision: written.revision });
const report: Promise<string> = verify('birds', { signal: AbortSignal.timeout(1) });
const code: string = new DamError('DAM_BUSY', 'text').code;
const made: Document = Document.of({ id: 'owl', tags: { grams: 2n, list: [1, null] },
  embedding: quantize([1, 2]), blob: undefined, chunks: [robin, { id: 'egg' }] });
const values: Float32Array | undefined = made.with({ text: 'hoots' }).embedding;
const saved: Promise<void> = array.backup('copy', { signal: AbortSignal.timeout(1) });
const recovered: Promise<number> = salvage('birds', 'new').then((found) => found.recovered);
const same: typeof open = dam.open;

// @ts-expect-error: no such option
open('birds', { readonly: true });
// @ts-expect-error: no such field
Document.of({ texts: 'sings' });
// @ts-expect-error: ids are strings
array.get(1);
// @ts-expect-error: absence has to be thought of
const certain: Document = array.at(0);
// @ts-expect-error: arrays come from open
new dam.DocumentArray();

export { certain, code, found, many, recovered, report, same, saved, values };
