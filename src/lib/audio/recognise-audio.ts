import type { FileHandle } from 'node:fs/promises';
import { AudioError } from './audio-error.ts';
import { type Container, sniffAudio, sniffBytes } from './sniff-audio.ts';

/** A file that begins like audio; `head` are its first bytes. */
export type RecognisedAudio = { head: Uint8Array; container: Container; contentType: string };

/**
 * Looks at the beginning of a file. No decoder is involved, so it is safe in any process.
 * @throws AudioError empty, not_audio
 */
export async function recogniseAudio(file: FileHandle): Promise<RecognisedAudio> {
  const head = await readAt(file, 0, sniffBytes);
  const sniffed = sniffAudio(head);
  if (sniffed.container !== null) {
    return { head, container: sniffed.container, contentType: sniffed.contentType };
  }
  if (sniffed.what === 'empty') throw new AudioError('empty', 'The file has no bytes');
  throw new AudioError('not_audio', `The file is no audio (${sniffed.what})`);
}

/** Up to `length` bytes from a position; fewer where the file ends. */
export async function readAt(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
