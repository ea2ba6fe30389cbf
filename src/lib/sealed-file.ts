import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** Before the initialisation vector (12 bytes), the ciphertext and the tag (16 bytes): a name and a version. */
const mark = Buffer.from('ARIASEAL1');
const vectorBytes = 12;
const tagBytes = 16;

/** The file was changed, is no sealed file, or was sealed with another key. */
export class SealBroken extends Error {
  constructor(cause?: unknown) {
    super('The file was changed, or was sealed with another key.', { cause });
    this.name = 'SealBroken';
  }
}

/** What a file is sealed with: 32 bytes, and what it is, so that sealed files cannot be exchanged. */
export type FileSeal = { key: Uint8Array; context: string };

/** The bytes of a file under AES-256-GCM, for files too large for `seal`. Sealing twice gives two different texts. */
export async function* sealFile(
  path: string,
  { key, context }: FileSeal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const vector = randomBytes(vectorBytes);
  const cipher = createCipheriv('aes-256-gcm', key, vector);
  cipher.setAAD(Buffer.from(context));
  yield Buffer.concat([mark, vector]);
  for await (const bytes of createReadStream(path)) yield cipher.update(bytes as Uint8Array);
  yield Buffer.concat([cipher.final(), cipher.getAuthTag()]);
}

/**
 * Writes the bytes of a sealed file to a new one, readable by its owner only.
 * @throws SealBroken; nothing is left at the target then
 */
export async function openSealed(path: string, target: string, { key, context }: FileSeal): Promise<void> {
  await using file = await open(path);
  const { size } = await file.stat();
  const headBytes = mark.length + vectorBytes;
  if (size < headBytes + tagBytes) throw new SealBroken();
  const head = await readExactly(file, 0, headBytes);
  if (!head.subarray(0, mark.length).equals(mark)) throw new SealBroken();
  const cipher = createDecipheriv('aes-256-gcm', key, head.subarray(mark.length));
  cipher.setAAD(Buffer.from(context));
  cipher.setAuthTag(await readExactly(file, size - tagBytes, tagBytes));
  const body =
    size === headBytes + tagBytes
      ? []
      : [createReadStream(path, { start: headBytes, end: size - tagBytes - 1 })];
  try {
    for (const stream of body)
      await pipeline(stream, cipher, createWriteStream(target, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    await rm(target, { force: true });
    throw (error as NodeJS.ErrnoException).code === undefined ? new SealBroken(error) : error;
  }
}

async function readExactly(file: Awaited<ReturnType<typeof open>>, position: number, length: number) {
  const bytes = Buffer.alloc(length);
  await file.read(bytes, 0, length, position);
  return bytes;
}
