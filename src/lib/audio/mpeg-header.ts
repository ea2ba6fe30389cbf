/** The header of one MPEG audio frame (ISO/IEC 11172-3 §2.4.1.3, 13818-3 for the low rates). */
export type MpegHeader = {
  layer: 1 | 2 | 3;
  sampleRate: number;
  channels: 1 | 2;
  /** Length of the whole frame; the next header follows right behind it. */
  frameBytes: number;
};

const kilobits = {
  high: [
    [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  ],
  low: [
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ],
} as const;
const highRates = [44_100, 48_000, 32_000] as const;

/** Reads the four bytes at `at`; null where they are no header. Free-format frames count as none. */
export function readMpegHeader(bytes: Uint8Array, at: number): MpegHeader | null {
  const [sync = 0, kind = 0, rates = 0, mode = 0] = bytes.subarray(at, at + 4);
  if (sync !== 0xff || (kind & 0xe0) !== 0xe0) return null;
  const version = (kind >> 3) & 3;
  const layer = 4 - ((kind >> 1) & 3);
  if (version === 1 || layer === 4) return null;
  const rate = highRates[(rates >> 2) & 3];
  const speed = kilobits[version === 3 ? 'high' : 'low'][layer - 1]?.[rates >> 4];
  if (!rate || !speed) return null;
  const sampleRate = version === 3 ? rate : version === 2 ? rate / 2 : rate / 4;
  const padding = (rates >> 1) & 1;
  const bitrate = speed * 1000;
  const eighths = layer === 3 && version !== 3 ? 72 : 144;
  const frameBytes =
    layer === 1
      ? (Math.floor((12 * bitrate) / sampleRate) + padding) * 4
      : Math.floor((eighths * bitrate) / sampleRate) + padding;
  return { layer: layer as 1 | 2 | 3, sampleRate, channels: mode >> 6 === 3 ? 1 : 2, frameBytes };
}

/** The header at `at` if those of `count` frames of one stream follow each other from there. */
export function readMpegRun(bytes: Uint8Array, at: number, count: number): MpegHeader | null {
  const first = readMpegHeader(bytes, at);
  let next = first;
  let position = at;
  for (let seen = 1; next && seen < count; seen += 1) {
    position += next.frameBytes;
    next = readMpegHeader(bytes, position);
    if (next && (next.sampleRate !== first?.sampleRate || next.layer !== first.layer)) return null;
  }
  return next && first;
}

/** Where the sound begins: behind an ID3v2 tag (id3.org/id3v2.4.0-structure §3.1), else at 0. */
export function skipId3(bytes: Uint8Array): number {
  const [i, d, three, version = 0xff, , flags = 0, a = 0, b = 0, c = 0, e = 0] = bytes;
  if (i !== 0x49 || d !== 0x44 || three !== 0x33 || version === 0xff) return 0;
  if ((a | b | c | e) & 0x80) return 0;
  const footer = flags & 0x10 ? 10 : 0;
  return 10 + ((a << 21) | (b << 14) | (c << 7) | e) + footer;
}
