import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMpegHeader, readMpegRun, skipId3 } from './mpeg-header.ts';

test.each([
  ['fffb9064', { layer: 3, sampleRate: 44_100, channels: 2, frameBytes: 417 }],
  ['fffb92c4', { layer: 3, sampleRate: 44_100, channels: 1, frameBytes: 418 }],
  ['fff34464', { layer: 3, sampleRate: 24_000, channels: 2, frameBytes: 96 }],
  ['ffe318c4', { layer: 3, sampleRate: 8_000, channels: 1, frameBytes: 72 }],
  ['fffd8404', { layer: 2, sampleRate: 48_000, channels: 2, frameBytes: 384 }],
])('%s is a header', (hex, header) => {
  expect(readMpegHeader(Buffer.from(hex, 'hex'), 0)).toEqual(header);
});

test.each(['fffb0064', 'fffbf064', 'fffb9c64', 'fff99064', 'ffeb9064', '49443304', 'ff', ''])(
  '%s is none',
  (hex) => {
    expect(readMpegHeader(Buffer.from(hex, 'hex'), 0)).toBeNull();
  },
);

test('a run needs each header where the one before says', () => {
  const frames = Buffer.alloc(72 * 3);
  for (const at of [0, 72, 144]) frames.set([0xff, 0xe3, 0x18, 0xc4], at);
  expect(readMpegRun(frames, 0, 3)).not.toBeNull();
  expect(readMpegRun(frames, 0, 4)).toBeNull();
  frames[72] = 0;
  expect(readMpegRun(frames, 0, 2)).toBeNull();
});

test('an ID3 tag has its length in 7-bit bytes, and may have a footer', () => {
  expect(skipId3(Buffer.from('ID3\x04\0\0\0\0\x02\x01', 'latin1'))).toBe(10 + 257);
  expect(skipId3(Buffer.from('ID3\x04\0\x10\0\0\x02\x01', 'latin1'))).toBe(20 + 257);
  expect(skipId3(Buffer.from('ID3\x04\0\0\0\0\x82\x01', 'latin1'))).toBe(0);
  expect(skipId3(Buffer.from('RIFF'))).toBe(0);
});

test('any bytes give a plausible header or none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 3, maxLength: 3 }), (bytes) => {
      const header = readMpegHeader(Uint8Array.from([0xff, ...bytes]), 0);
      if (!header) return;
      expect(header.frameBytes).toBeGreaterThan(8);
      expect([8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000]).toContain(
        header.sampleRate,
      );
    }),
  );
});
