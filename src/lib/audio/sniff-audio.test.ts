import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sniffAudio } from './sniff-audio.ts';

const frames = (count: number) => {
  const bytes = Buffer.alloc(72 * count);
  for (let at = 0; at < bytes.length; at += 72) bytes.set([0xff, 0xe3, 0x18, 0xc4], at);
  return bytes;
};
const adts = Buffer.concat(
  [1, 2].map(() => Buffer.from([0xff, 0xf1, 0x6c, 0x40, 0x02, 0x1f, 0xfc, ...Array(9).fill(7)])),
);

describe('row 132: audio is known by its bytes', () => {
  test.each<[string, Uint8Array | string]>([
    ['wav', 'RIFF\xff\xff\xff\xffWAVEfmt '],
    ['wav', 'RF64\xff\xff\xff\xffWAVEds64'],
    ['mp3', frames(2)],
    ['mp3', Buffer.concat([Buffer.from('ID3\x04\0\0\x7f\x7f\x7f\x7f', 'latin1'), Buffer.alloc(100)])],
    ['mp3', Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\x04abcd', 'latin1'), frames(1)])],
    ['mp3', Buffer.concat([Buffer.alloc(5000), frames(2)])],
    ['mp3', Buffer.concat([Buffer.from('rest of a frame'), frames(4)])],
    ['ogg', 'OggS\0\x02'],
    ['flac', 'fLaC\0\0\0\x22'],
    ['mp4', '\0\0\0\x20ftypM4A '],
    ['webm', '\x1aE\xdf\xa3'],
    ['amr', '#!AMR\n'],
    ['aac', adts],
    ['aiff', 'FORM\0\0\0\0AIFF'],
    ['caf', 'caff\0\x01\0\0'],
    ['au', '.snd\0\0\0\x18'],
  ])('%s', (container, bytes) => {
    const buffer = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
    expect(sniffAudio(buffer)).toMatchObject({ container });
  });
});

describe('rows 131, 141: what is no audio is named', () => {
  test.each([
    ['empty', ''],
    ['html', '<!DOCTYPE html><title>Sign in</title>'],
    ['html', '\uFEFF\n <HTML>'],
    ['xml', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'],
    ['xml', '<Error><Code>NoSuchKey</Code></Error>'],
    ['json', '{"error": "not found"}'],
    ['json', '[{"a":1}]'],
    ['json', '{}'],
    ['playlist', '#EXTM3U\n#EXT-X-VERSION:3'],
    ['playlist', '[playlist]\nFile1=http://a'],
    ['playlist', "ffconcat version 1.0\nfile 'x'"],
    ['playlist', 'v=0\r\no=- 1 1 IN IP4 0.0.0.0'],
    ['playlist', '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011">'],
    ['text', 'Not found'],
    ['unknown', 'PK\x03\x04\x14\0\0\0'],
    ['unknown', '%PDF-1.7\n%\xe2\xe3\xcf\xd3'],
    ['unknown', 'RIFF\0\0\0\0AVI LIST'],
  ])('%s', (what, bytes) => {
    const buffer = Buffer.from(bytes, bytes.startsWith('\uFEFF') ? 'utf8' : 'latin1');
    expect(sniffAudio(buffer)).toEqual({ container: null, what });
  });

  test('no text is ever taken for audio', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (text) => {
        fc.pre(
          !/^(RIFF|RF64|BW64|OggS|fLaC|FORM|caff|\.snd|#!AMR|ID3)/.test(text) && text.slice(4, 8) !== 'ftyp',
        );
        expect(sniffAudio(Buffer.from(text)).container).toBeNull();
      }),
    );
  });
});
