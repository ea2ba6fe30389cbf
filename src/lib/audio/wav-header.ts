import { AudioError } from './audio-error.ts';

/** What a WAV file says about its samples (RIFF/WAVE, Microsoft MMREG.H tags). */
export type WavHeader = {
  /** Format tag, the extensible one resolved. */
  tag: number;
  channels: number;
  sampleRate: number;
  bits: number;
  /** Bytes of one frame of samples, or of one compressed block. */
  blockBytes: number;
  /** The `fmt ` chunk's content. */
  format: Uint8Array;
  /** Where the samples begin. */
  dataStart: number;
  /** Null: to the end of the file, as recorders write it that did not know the length. */
  dataBytes: number | null;
};

const extensible = 0xfffe;
const longestFormat = 1024;

/**
 * Finds `fmt ` and `data` among the chunks. Sizes of 0 and of all ones mean "unknown" in the wild.
 * @returns null where the bytes end before the samples begin
 * @throws AudioError corrupt
 */
export function readWavHeader(bytes: Uint8Array): WavHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: Uint8Array | null = null;
  let longDataBytes: number | null = null;
  let at = 12;
  while (at + 8 <= bytes.length) {
    const name = Buffer.from(bytes.subarray(at, at + 4)).toString('latin1');
    const size = view.getUint32(at + 4, true);
    const content = at + 8;
    if (name === 'data') {
      if (!format) throw new AudioError('corrupt', 'The WAV file has samples before it names their format');
      const known = size > 0 && size < 0xffff_ff00 ? size : longDataBytes;
      return { ...readFormat(format), dataStart: content, dataBytes: known };
    }
    if (content + size > bytes.length) return null;
    if (name === 'fmt ') {
      if (size < 14 || size > longestFormat) throw new AudioError('corrupt', 'The WAV format is unreadable');
      format = bytes.slice(content, content + size);
    }
    // RF64 (EBU Tech 3306) keeps lengths above 4 GB apart
    if (name === 'ds64' && size >= 16) longDataBytes = Number(view.getBigUint64(content + 8, true)) || null;
    at = content + size + (size % 2);
  }
  return null;
}

function readFormat(format: Uint8Array): Omit<WavHeader, 'dataStart' | 'dataBytes'> {
  const view = new DataView(format.buffer, format.byteOffset, format.byteLength);
  const outer = view.getUint16(0, true);
  const tag = outer === extensible && format.length >= 26 ? view.getUint16(24, true) : outer;
  return {
    tag,
    channels: view.getUint16(2, true),
    sampleRate: view.getUint32(4, true),
    blockBytes: view.getUint16(12, true),
    bits: format.length >= 16 ? view.getUint16(14, true) : 8,
    format,
  };
}
