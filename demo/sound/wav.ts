/** One channel of sound: samples in -1..1. */
export type Sound = { samples: Float32Array; sampleRate: number };

const pcm = 1;
const float = 3;
const extensible = 0xfffe;

/**
 * Reads a mono WAV file of 16-bit PCM or 32-bit float: what a transcription server is sent.
 * @throws Error with a sentence for the sender when the bytes are anything else
 */
export function readMonoWav(bytes: Buffer): Sound {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE')
    throw new Error('not a WAV file');
  const format = chunk(bytes, 'fmt ');
  const data = chunk(bytes, 'data');
  if (format === null || format.length < 16 || data === null)
    throw new Error('WAV without fmt or data chunk');
  const tag = format.readUInt16LE(0);
  const kind = tag === extensible && format.length >= 26 ? format.readUInt16LE(24) : tag;
  const channels = format.readUInt16LE(2);
  const sampleRate = format.readUInt32LE(4);
  const bits = format.readUInt16LE(14);
  if (channels !== 1) throw new Error(`expected one channel, found ${channels}`);
  if (kind === pcm && bits === 16)
    return { samples: read(data, 2, (at) => data.readInt16LE(at) / 32768), sampleRate };
  if (kind === float && bits === 32)
    return { samples: read(data, 4, (at) => data.readFloatLE(at)), sampleRate };
  throw new Error(`WAV format ${kind} with ${bits} bits is not read here`);
}

function read(data: Buffer, width: number, at: (offset: number) => number): Float32Array {
  const samples = new Float32Array(Math.floor(data.length / width));
  for (let i = 0; i < samples.length; i++) samples[i] = at(i * width);
  return samples;
}

/** A chunk's content; a size beyond the end (streamed WAVs) means "to the end". */
function chunk(bytes: Buffer, name: string): Buffer | null {
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4);
    if (bytes.toString('latin1', at, at + 4) === name) return bytes.subarray(at + 8, at + 8 + size);
    at += 8 + size + (size % 2);
  }
  return null;
}
