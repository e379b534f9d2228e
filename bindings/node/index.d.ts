// The types of libdam for Node.js; README.md says what stands behind them.

export type Durability = 'buffered' | 'visible' | 'durable';
/** What a writing call takes: a Document, its FlatBuffer, or an object that is its JSON. */
export type DocumentLike = Document | Uint8Array | { [member: string]: unknown };

export interface OpenOptions {
  /** Never write, not even to recover. */
  readOnly?: boolean;
  /** false: an absent array is DAM_NOT_FOUND. */
  create?: boolean;
  /** Of commits that name none; 'visible' by default. */
  durability?: Durability;
  /** How long to wait for another writer; negative: for ever. */
  lockTimeoutMs?: number;
  upkeepThread?: boolean;
  checkPayloads?: boolean;
  windowBytes?: number;
  allowNetwork?: boolean;
  acceptLoss?: boolean;
  embeddingDim?: number;
  keyLength?: number;
  /** DAM_IO where a file that something else cut off would end the process. */
  safeReads?: boolean;
  /** Without a name: it goes when it is closed. The path is the directory whose disk it uses. */
  temporary?: boolean;
  anyEmbedding?: boolean;
  randomReads?: boolean;
  /** Several handles, in any processes, write by turns, a commit each. */
  sharedWriter?: boolean;
}

export interface AddOptions {
  durability?: Durability;
  /** Replace a document whose id is there already. */
  upsert?: boolean;
}

export interface ChangeOptions {
  durability?: Durability;
  /** DAM_CONFLICT unless it is the document's. */
  expectedRevision?: number;
}

export interface Written {
  /** Of the first document; -1 when one was replaced. */
  position: number;
  revision: number;
}

export interface Stats {
  documents: number;
  slots: number;
  liveBytes: number;
  deadBytes: number;
  generation: number;
  revision: number;
  bodyBytes: number;
  headerBytes: number;
  indexBytes: number;
  indexMemory: number;
  durableRevision: number;
  embeddingDim: number;
  pinnedBytes: number;
  garbagePercent: number;
  keyLength: number;
  sealed: number;
}

/** What is thrown, or rejected with, when libdam answers anything but success. */
export class DamError extends Error {
  constructor(code: string, message: string);
  /** 'DAM_NOT_FOUND' and so on, after the codes of dam.h. */
  readonly code: string;
  /** Of verify and salvage: one line for each damaged place. */
  readonly report?: string;
}

export type Tag = null | boolean | number | bigint | string | Uint8Array | Tag[]
  | { [key: string]: Tag };
/** What tags may be set to: a Map stands for an object. */
export type TagInput = null | boolean | number | bigint | string | Uint8Array | TagInput[]
  | { [key: string]: TagInput } | Map<string, TagInput>;

export type Dtype = 'f32' | 'f64' | 'f16' | 'bf16' | 'i8' | 'u8' | 'i16' | 'u16' | 'i32' | 'u32'
  | 'i64' | 'u64' | 'bool';
export type Values = Float32Array | Float64Array | Int8Array | Uint8Array | Int16Array
  | Uint16Array | Int32Array | Uint32Array | BigInt64Array | BigUint64Array;

/** An embedding or a blob as it lies in a document. */
export interface Tensor {
  dtype: Dtype;
  /** Outermost first; none for a single value. */
  shape: number[];
  /** Row by row, an array of the dtype; f16, bf16: the bits; of a sparse one its values. */
  data: Values;
  /** Of a sparse one. */
  format?: 'coo' | 'csr' | 'csc' | 'bsr';
  /** Of a sparse one: for each value as many numbers as the shape has. */
  indices?: Uint32Array;
  /** Of a quantized one: its numbers are (value - zeroPoint) * scale. */
  scale?: number;
  zeroPoint?: number;
}

/** A vector, or a tensor that leaves out what follows from its data. */
export type TensorInput = number[] | Values | {
  dtype?: Dtype;
  shape?: number[] | Uint32Array;
  /** A Uint8Array may hold the bytes of any dtype, little-endian. */
  data: number[] | Values;
  format?: 'coo' | 'csr' | 'csc' | 'bsr';
  indices?: number[] | Uint32Array;
  scale?: number;
  zeroPoint?: number;
};

export interface Score {
  value: number;
  opName?: string;
  description?: string;
  refId?: string;
  operands?: Score[];
}
/** A number is a score with that value. */
export type ScoreInput = number | { value: number; opName?: string; description?: string;
  refId?: string; operands?: ScoreInput[] };

/** What a document is made of; one of text, buffer and blob, one of tags and exactTags. */
export interface DocumentFields {
  id?: string;
  text?: string;
  buffer?: Uint8Array;
  blob?: TensorInput;
  /** Whole Numbers up to 2^53 and BigInts become int64, other Numbers doubles. */
  tags?: { [key: string]: TagInput } | Map<string, TagInput>;
  /** BigInts become int64, Numbers doubles. */
  exactTags?: { [key: string]: TagInput } | Map<string, TagInput>;
  embedding?: TensorInput;
  uri?: string;
  mimeType?: string;
  parentId?: string;
  granularity?: number;
  adjacency?: number;
  weight?: number;
  chunks?: DocumentLike[];
  matches?: DocumentLike[];
  scores?: { [name: string]: ScoreInput };
  evaluations?: { [name: string]: ScoreInput };
  modality?: string;
  location?: number[] | Float32Array;
  offset?: number;
  levelName?: string;
  siblings?: number;
  metaInfo?: Uint8Array;
}

/** One document, in memory of its own. */
export class Document {
  /** A document of a finished FlatBuffer, which is checked and copied. */
  constructor(bytes: Uint8Array);
  static fromJSON(source: string | object, options?: { unknownToTags?: boolean }): Document;
  /** A document of fields. */
  static of(fields: DocumentFields): Document;
  /** This document with other fields in place of its own; undefined makes one absent. */
  with(changes: DocumentFields): Document;
  /** This document with a JSON merge patch (RFC 7396) applied. */
  patch(patch: string | object): Document;
  /** This document with every field that the update has; tags are merged. */
  merge(update: Document): Document;
  /** Whether all fields are equal, whoever encoded them. */
  equals(other: Document): boolean;
  readonly bytes: Uint8Array;
  readonly id: string;
  readonly contentType: 'text' | 'buffer' | 'blob' | undefined;
  /** 64 bits that stand for the content, the same in every language. */
  readonly contentHash: bigint;
  readonly text: string | undefined;
  readonly buffer: Uint8Array | undefined;
  readonly blob: Tensor | undefined;
  /** Integers beyond 2^53 are BigInts. */
  readonly tags: { [key: string]: Tag };
  /** Every integer is a BigInt, every Number a double. */
  readonly exactTags: { [key: string]: Tag };
  /** The numbers, of whatever type they are stored as. */
  readonly embedding: Float32Array | undefined;
  readonly uri: string | undefined;
  readonly mimeType: string | undefined;
  readonly parentId: string | undefined;
  readonly granularity: number | undefined;
  readonly adjacency: number | undefined;
  readonly weight: number | undefined;
  readonly chunks: Document[];
  readonly matches: Document[];
  readonly scores: { [name: string]: Score };
  readonly evaluations: { [name: string]: Score };
  readonly modality: string | undefined;
  readonly location: Float32Array | undefined;
  readonly offset: number | undefined;
  readonly levelName: string | undefined;
  readonly siblings: number | undefined;
  readonly metaInfo: Uint8Array | undefined;
  /** The embedding or the blob as it lies in the document. */
  tensor(name: 'embedding' | 'blob'): Tensor | undefined;
  /** The canonical JSON, exact for every number. */
  json(options?: { plainArrays?: boolean }): string;
  /** The document as an object; integers beyond 2^53 are rounded. */
  toJSON(): { [member: string]: unknown };
}

/** What a document must have to be found, such as { 'tags.grams': { $lt: 20 } }. */
export interface Filter { [path: string]: unknown }

export interface FindOptions {
  /** Levels to look at: 'r' documents, 'c' chunks, 'm' matches, 'r,c' both; 'r' by default. */
  paths?: string;
  /** Of find: how many to pass over. */
  offset?: number;
  /** Of find: how many at most. */
  limit?: number;
  signal?: AbortSignal;
}

/** The rows that a query answered, as the array was when it was asked. */
export interface Results extends Iterable<Document> {
  readonly length: number;
  /** Where the documents stand, or the outermost ones they lie in. */
  readonly positions: number[];
  readonly ids: string[];
  at(row: number): Document | undefined;
  [Symbol.iterator](): Generator<Document, void, undefined>;
  close(): void;
  [Symbol.dispose](): void;
}
export const Results: { readonly prototype: Results };

/** What arrays and snapshots have in common. */
export interface Documents extends Iterable<Document> {
  readonly length: number;
  /** undefined when there is none. */
  get(id: string): Document | undefined;
  /** Negative positions count from the end; undefined when there is none. */
  at(position: number): Document | undefined;
  position(id: string): number;
  idAt(position: number): string;
  /**
   * A walk through a slice, by Python's rules; undefined: a bound left out. A damaged document ends
   * it with DAM_CORRUPT, after all that stand before it.
   */
  range(start?: number, stop?: number, step?: number): Generator<Document, void, undefined>;
  slice(start?: number, stop?: number, step?: number): Document[];
  /** The documents that pass a filter; nothing, or undefined: all of them. */
  find(filter?: Filter | string | null, options?: FindOptions): Promise<Results>;
  countWhere(filter?: Filter | string | null, options?: FindOptions): Promise<number>;
  [Symbol.iterator](): Generator<Document, void, undefined>;
  close(): void;
  [Symbol.dispose](): void;
}

export interface DocumentArray extends Documents {
  readonly path: string;
  getMany(ids: Iterable<string>): Promise<(Document | undefined)[]>;
  getManySync(ids: Iterable<string>): (Document | undefined)[];
  contains(id: string): boolean;
  ids(first?: number, count?: number): string[];
  revision(id: string): number;
  append(document: DocumentLike, options?: AddOptions): Written;
  extend(documents: Iterable<DocumentLike>, options?: AddOptions): Promise<Written>;
  extendSync(documents: Iterable<DocumentLike>, options?: AddOptions): Written;
  set(id: string, document: DocumentLike, options?: ChangeOptions): number;
  setAt(position: number, document: DocumentLike, options?: ChangeOptions): number;
  /** Applies a JSON merge patch (RFC 7396). */
  patch(id: string, patch: string | object, options?: ChangeOptions): number;
  delete(id: string, options?: ChangeOptions): number;
  deleteAt(position: number, options?: ChangeOptions): number;
  /** How many documents that were. */
  deleteSlice(start?: number, stop?: number, step?: number,
    options?: { durability?: Durability }): number;
  /** Deletes the documents that pass a filter, as one commit; how many that were. */
  deleteWhere(filter: Filter | string,
    options?: { durability?: Durability; signal?: AbortSignal }): Promise<number>;
  /** Gives the space of deleted and replaced documents back; the order stays. */
  prune(options?: { garbagePercent?: number; signal?: AbortSignal }): Promise<void>;
  /** Prunes, and puts what stands at positions[i] to place i. */
  pruneOrdered(positions: Iterable<number>, options?: { signal?: AbortSignal }): Promise<void>;
  /** Copies the array, as it is now, to an array of its own in a directory that holds none. */
  backup(path: string, options?: { signal?: AbortSignal }): Promise<void>;
  /** Appends every document to another array; how many those are. */
  copyInto(target: DocumentArray, options?: AddOptions & { signal?: AbortSignal }): Promise<number>;
  /** Whether both are open on one directory, whatever path they were opened by. */
  isSameArray(other: DocumentArray): boolean;
  /** Whether both have equal documents in the same order. */
  hasEqualDocuments(other: DocumentArray, options?: { signal?: AbortSignal }): Promise<boolean>;
  /** Deletes every document; the revision. */
  clear(options?: { durability?: Durability }): number;
  snapshot(): Snapshot;
  batch(): Batch;
  /** Whether other processes committed anything since. */
  reload(): boolean;
  /** The newest revision, once there is a commit after the one given; DAM_BUSY after the time. */
  wait(revision: number, options?: { timeoutMs?: number; signal?: AbortSignal }): Promise<number>;
  flush(): void;
  sync(): void;
  stat(): Stats;
}
export const DocumentArray: { readonly prototype: DocumentArray };

export interface Snapshot extends Documents {
  readonly revision: number;
  /** How a filter runs, for people: which step kept how many documents. */
  explain(filter?: Filter | string | null,
    options?: { paths?: string; signal?: AbortSignal }): Promise<string>;
}
export const Snapshot: { readonly prototype: Snapshot };

export interface Batch {
  append(document: DocumentLike, options?: { upsert?: boolean }): void;
  set(id: string, document: DocumentLike, options?: { expectedRevision?: number }): void;
  setAt(position: number, document: DocumentLike, options?: { expectedRevision?: number }): void;
  delete(id: string, options?: { expectedRevision?: number }): void;
  deleteAt(position: number, options?: { expectedRevision?: number }): void;
  commit(options?: { durability?: Durability }): number;
  discard(): void;
  [Symbol.dispose](): void;
}
export const Batch: { readonly prototype: Batch };

/** Opens the array in a directory, and makes it when it is absent. */
export function open(path: string, options?: OpenOptions): DocumentArray;
/** Compares all that must agree in an array; the report is empty, or in the error DAM_CORRUPT. */
export function verify(path: string, options?: { signal?: AbortSignal }): Promise<string>;
/** What is whole of a damaged array goes to a new one; DAM_CORRUPT: nothing is. */
export function salvage(path: string, targetPath: string, options?: { signal?: AbortSignal }):
  Promise<{ recovered: number; uncertain: number; report: string }>;
/** Floats as a tensor of int8 with scale and zero point. */
export function quantize(values: number[] | Float32Array): Tensor;
/** The version of libdam that runs. */
export const version: string;
