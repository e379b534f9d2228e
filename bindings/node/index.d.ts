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
  /** Of verify: one line for each damaged place. */
  readonly report?: string;
}

export type Tag = null | boolean | number | bigint | string | Uint8Array | Tag[]
  | { [key: string]: Tag };

/** One document, in memory of its own. */
export class Document {
  /** A document of a finished FlatBuffer, which is checked and copied. */
  constructor(bytes: Uint8Array);
  static fromJSON(source: string | object, options?: { unknownToTags?: boolean }): Document;
  readonly bytes: Uint8Array;
  readonly id: string;
  readonly text: string | undefined;
  readonly uri: string | undefined;
  readonly mimeType: string | undefined;
  readonly buffer: Uint8Array | undefined;
  /** The numbers, of whatever type they are stored as. */
  readonly embedding: Float32Array | undefined;
  /** Integers beyond 2^53 are BigInts. */
  readonly tags: { [key: string]: Tag };
  readonly chunks: Document[];
  readonly matches: Document[];
  /** The canonical JSON, exact for every number. */
  json(options?: { plainArrays?: boolean }): string;
  /** The document as an object; integers beyond 2^53 are rounded. */
  toJSON(): { [member: string]: unknown };
}

/** What arrays and snapshots have in common. */
export interface Documents extends Iterable<Document> {
  readonly length: number;
  /** undefined when there is none. */
  get(id: string): Document | undefined;
  /** Negative positions count from the end; undefined when there is none. */
  at(position: number): Document | undefined;
  position(id: string): number;
  idAt(position: number): string;
  /** A walk through a slice, by Python's rules; undefined: a bound left out. */
  range(start?: number, stop?: number, step?: number): Generator<Document, void, undefined>;
  slice(start?: number, stop?: number, step?: number): Document[];
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
  /** Gives the space of deleted and replaced documents back; the order stays. */
  prune(options?: { garbagePercent?: number; signal?: AbortSignal }): Promise<void>;
  /** Prunes, and puts what stands at positions[i] to place i. */
  pruneOrdered(positions: Iterable<number>, options?: { signal?: AbortSignal }): Promise<void>;
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
/** The version of libdam that runs. */
export const version: string;
