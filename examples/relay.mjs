// relay DIRECTORY: reads a whole array, adds two documents as one commit, and reads it again; each
// time prints how many documents there are and a digest of all. examples/relay.c says of what.
import { Document, open } from 'libdam';

const PRIME = 0x100000001b3n;
const MASK = 2n ** 64n - 1n;

function digestOf(array) {
  let digest = 0xcbf29ce484222325n;
  for (const document of array) {
    const id = Buffer.from(document.id);
    const bytes = Buffer.alloc(id.length + 8);
    id.copy(bytes);
    bytes.writeBigInt64LE(document.contentHash, id.length);
    for (const byte of bytes) digest = ((digest ^ BigInt(byte)) * PRIME) & MASK;
  }
  return digest.toString(16).padStart(16, '0');
}

const show = (array, label) => console.log(label, array.length, digestOf(array));

const array = open(process.argv[2]);
show(array, 'before');
const documents = [1, 2].map((number) => Document.of({
  id: `node-${number}`, text: 'added by Node', tags: { number, half: number / 4 },
}));
await array.extend(documents, { upsert: true, durability: 'durable' });
show(array, 'after');
array.close();
