import type { Readable } from 'node:stream';

/** Part of a blob, as in an HTTP Range: both ends inclusive, from 0; `end` left out means to the last byte. */
export type ByteRange = { start: number; end?: number };

/** What to store: bytes as they come, or a file of the caller's, which the caller still owns afterwards. */
export type BlobSource = AsyncIterable<Uint8Array> | { file: string };

/**
 * Keeps immutable bytes under the SHA-256 of their content (lower-case hex). Storing the same bytes twice is
 * storing them once. Every adapter passes test/storage/blob-store-conformance.ts.
 */
export type BlobStore = {
  /**
   * Resolves when the bytes are durable. A failing source leaves nothing behind and its error is rethrown.
   * @returns the hash under which they are found
   */
  put: (source: BlobSource) => Promise<string>;
  has: (hash: string) => Promise<boolean>;
  /** Length in bytes. @throws BlobMissing */
  size: (hash: string) => Promise<number>;
  /** A stream of the bytes. @throws BlobMissing before the stream begins */
  open: (hash: string, range?: ByteRange) => Promise<Readable>;
  /** A local file with the bytes, to be read only, valid until the blob is removed. @throws BlobMissing */
  path: (hash: string) => Promise<string>;
  /** Removing what is not there is no fault. */
  remove: (hash: string) => Promise<void>;
  /**
   * What was last put at least so long ago and not settled since. Whoever put it may have died before anything
   * referred to it.
   */
  unsettled: (ageMs: number) => Promise<string[]>;
  /** Somebody has seen to it that the bytes are referred to, or are removed. */
  settle: (hash: string) => Promise<void>;
};

/** There are no bytes under this hash. */
export class BlobMissing extends Error {
  readonly hash: string;

  constructor(hash: string) {
    super(`There is no stored file ${hash}.`);
    this.name = 'BlobMissing';
    this.hash = hash;
  }
}
