import { decoder } from '@audio/decode-wav';
import type { AudioChunk } from './audio-chunk.ts';
import { AudioError } from './audio-error.ts';
import type { WavHeader } from './wav-header.ts';

/** Format tags that are decoded here; the names are shown to people. */
const codecs: Record<number, string> = {
  1: 'pcm',
  2: 'ms-adpcm',
  3: 'float',
  6: 'a-law',
  7: 'mu-law',
  17: 'ima-adpcm',
};

/** Other tags, for ffmpeg. */
const otherCodecs: Record<number, string> = {
  49: 'gsm',
  80: 'mp2',
  85: 'mp3',
  131: 'g729',
  69: 'g726',
  66: 'g723',
  655: 'g722',
};

/** What the samples are, by name. */
export function nameWavCodec(header: WavHeader): string {
  return codecs[header.tag] ?? otherCodecs[header.tag] ?? `wav-0x${header.tag.toString(16)}`;
}

/** Whether decodeWav takes it; the rest (GSM, MP3 in WAV, rare shapes of ADPCM) needs ffmpeg. */
export function isDecodableWav({ tag, bits, channels }: WavHeader): boolean {
  if (tag === 1) return bits >= 1 && bits <= 32;
  if (tag === 3) return bits === 32 || bits === 64;
  if (tag === 2 || tag === 17) return channels <= 2;
  return tag === 6 || tag === 7;
}

/**
 * Decodes the samples behind a header. The library behind it believes what a header says, to the point of
 * looping without end on a block of 0 bytes, so it gets one that we wrote from checked figures.
 * @throws AudioError corrupt
 */
export async function* decodeWav(
  header: WavHeader,
  samples: AsyncIterable<Uint8Array>,
): AsyncGenerator<AudioChunk, void, undefined> {
  const wav = decoder();
  try {
    wav.decode(writeHeader(header));
    for await (const bytes of samples) {
      const { channelData, sampleRate } = wav.decode(bytes);
      yield { sampleRate, channels: channelData };
    }
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) {
      throw new AudioError('corrupt', 'The WAV samples cannot be decoded', { cause: error });
    }
    throw error;
  } finally {
    wav.free();
  }
}

function writeHeader(header: WavHeader): Uint8Array {
  const format = header.tag === 2 || header.tag === 17 ? checkAdpcm(header) : writeFormat(header);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(format.length);
  const unknown = Buffer.alloc(4, 0xff);
  return Buffer.concat([
    Buffer.from('RIFF'),
    unknown,
    Buffer.from('WAVEfmt '),
    size,
    format,
    Buffer.from('data'),
    unknown,
  ]);
}

function writeFormat({ tag, channels, sampleRate, bits }: WavHeader): Uint8Array {
  const bytesPerSample = tag === 6 || tag === 7 ? 1 : Math.ceil(bits / 8);
  const format = Buffer.alloc(16);
  format.writeUInt16LE(tag, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(sampleRate, 4);
  format.writeUInt32LE(sampleRate * channels * bytesPerSample, 8);
  format.writeUInt16LE(channels * bytesPerSample, 12);
  format.writeUInt16LE(bytesPerSample * 8, 14);
  return format;
}

/** A block must be able to hold the samples it claims, or a small file would ask for gigabytes. */
function checkAdpcm({ tag, channels, blockBytes, format }: WavHeader): Uint8Array {
  const headBytes = tag === 17 ? 4 * channels : 7 * channels;
  const headSamples = tag === 17 ? 1 : 2;
  const most = headSamples + ((blockBytes - headBytes) * 2) / channels;
  const view = new DataView(format.buffer, format.byteOffset, format.byteLength);
  const claimed = format.length >= 20 && view.getUint16(16, true) >= 2 ? view.getUint16(18, true) : 0;
  if (blockBytes <= headBytes || claimed > most) {
    throw new AudioError('corrupt', 'The WAV file names an impossible block size');
  }
  if (format.length >= 18) return format;
  return Buffer.concat([format, Buffer.alloc(18 - format.length)]);
}
