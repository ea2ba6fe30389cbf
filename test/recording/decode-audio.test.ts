import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { AudioError } from '../../src/lib/audio/audio-error.ts';
import { decodeAudio } from '../../src/lib/audio/decode-audio.ts';
import type { DecodeOptions } from '../../src/lib/audio/open-audio.ts';
import { audioFile, encode, hasFfmpeg, silentMp3, tones, type WavShape, wav } from './make-audio.ts';
import { mediaServer } from './media-server.ts';

type Decoded = { sampleRate: number; channels: Float32Array[]; seconds: number };

async function decodeAll(path: string, options?: DecodeOptions): Promise<Decoded> {
  let sampleRate = 0;
  const parts: Float32Array[][] = [];
  for await (const chunk of decodeAudio(path, options)) {
    sampleRate = chunk.sampleRate;
    chunk.channels.forEach((samples, index) => {
      parts[index] ??= [];
      parts[index].push(samples);
    });
  }
  const channels = parts.map((list) => Float32Array.from(list.flatMap((samples) => [...samples])));
  return { sampleRate, channels, seconds: (channels[0]?.length ?? 0) / sampleRate };
}

const decodeBytes = async (bytes: Uint8Array | string) => decodeAll(await audioFile(bytes));

/** How much of a tone is in the samples, 0..1 (one bin of a Fourier transform). */
function share(samples: Float32Array, sampleRate: number, hertz: number): number {
  let [real, imaginary, energy] = [0, 0, 0];
  samples.forEach((value, frame) => {
    const angle = (2 * Math.PI * hertz * frame) / sampleRate;
    real += value * Math.cos(angle);
    imaginary += value * Math.sin(angle);
    energy += value * value;
  });
  return (2 * (real ** 2 + imaginary ** 2)) / (samples.length * energy || 1);
}

const stereo = tones(3, 8000, [440, 1000]);

describe('WAV', () => {
  test.each([
    ['pcm8', 2],
    ['pcm16', 4],
    ['pcm24', 5],
    ['pcm32', 6],
    ['float32', 6],
    ['float64', 6],
  ] as const)('%s comes back sample by sample', async (format, digits) => {
    const decoded = await decodeBytes(wav(stereo, 8000, { format }));
    expect(decoded).toMatchObject({ sampleRate: 8000, seconds: 3 });
    for (const channel of [0, 1]) {
      const worst = stereo[channel]!.reduce(
        (most, value, frame) => Math.max(most, Math.abs(value - decoded.channels[channel]![frame]!)),
        0,
      );
      expect(worst).toBeLessThan(10 ** -digits * 2);
    }
  });

  test.each([1, 4])('row 139: %d channels stay so many', async (count) => {
    const channels = tones(1, 8000, [300, 500, 700, 900].slice(0, count));
    expect((await decodeBytes(wav(channels, 8000))).channels).toHaveLength(count);
  });

  test.each<[string, WavShape]>([
    ['a data size of 0', { dataSize: 0 }],
    ['a data size of all ones', { dataSize: 0xffff_ffff }],
    ['a data size beyond the file', { dataSize: 0x7fff_ffff }],
    ['a chunk of odd length in front', { before: [{ name: 'LIST', content: Buffer.alloc(33, 65) }] }],
    ['half a megabyte in front', { before: [{ name: 'bext', content: Buffer.alloc(500_000) }] }],
    ['a chunk behind, which is no sound', { after: Buffer.alloc(8_000, 127) }],
  ])('%s does not matter', async (_what, shape) => {
    expect((await decodeBytes(wav(stereo, 8000, shape))).seconds).toBe(3);
  });

  test('a truncated file gives what is there', async () => {
    const bytes = wav(stereo, 8000);
    expect((await decodeBytes(bytes.subarray(0, bytes.length / 2))).seconds).toBeCloseTo(1.5, 2);
  });

  test('values beyond full scale and no numbers are bounded', async () => {
    const odd = Float32Array.from(
      { length: 8000 },
      (_, frame) => [Number.NaN, 1e30, -1e30, 0.25][frame % 4]!,
    );
    const { channels } = await decodeBytes(wav([odd], 8000, { format: 'float32' }));
    expect([...channels[0]!.subarray(0, 4)]).toEqual([0, 1, -1, 0.25]);
  });

  test.each([
    ['no channels', 22, 0],
    ['65,535 channels', 22, 65_535],
    ['a rate of 1 Hz', 24, 1],
  ])('%s is refused', async (_what, offset, value) => {
    const bytes = wav(stereo, 8000);
    bytes.writeUInt16LE(value, offset);
    await expect(decodeBytes(bytes)).rejects.toThrow(AudioError);
  });

  test('blocks of 0 bytes do not send the decoder in circles', async () => {
    const bytes = wav(stereo, 8000);
    bytes.writeUInt16LE(0, 32);
    expect((await decodeBytes(bytes)).seconds).toBe(3);
  });

  test('compressed blocks that claim more samples than they can hold are refused', async () => {
    const format = Buffer.from('1100010040 1f0000a00f0000 0800 0400 0200 ffff'.replaceAll(' ', ''), 'hex');
    const bytes = Buffer.concat([
      Buffer.from('RIFF....WAVEfmt \x14\0\0\0', 'latin1'),
      format,
      Buffer.from('data....'),
      Buffer.alloc(80_000),
    ]);
    await expect(decodeBytes(bytes)).rejects.toMatchObject({ reason: 'corrupt' });
  });
});

describe('MP3', () => {
  test.each([1, 2] as const)('%d channels stay so many', async (channels) => {
    const decoded = await decodeBytes(silentMp3(100, channels));
    expect(decoded.channels).toHaveLength(channels);
    expect(decoded.sampleRate).toBe(8000);
    expect(decoded.seconds).toBeCloseTo(7.2, 0);
  });

  test('row 140: a tag with a large picture in front is passed over', async () => {
    const size = 18 * 2 ** 14;
    const tag = Buffer.concat([Buffer.from('ID3\x04\0\0\0\x12\0\0', 'latin1'), Buffer.alloc(size, 1)]);
    expect((await decodeBytes(Buffer.concat([tag, silentMp3(50, 1)]))).seconds).toBeCloseTo(3.6, 0);
  });

  test('zeros in front, and noise in the middle, cost no more than themselves', async () => {
    const noise = Buffer.from(Array.from({ length: 500 }, (_, index) => (index * 7919) % 251));
    const bytes = Buffer.concat([Buffer.alloc(5_000), silentMp3(50, 1), noise, silentMp3(50, 1)]);
    const { seconds } = await decodeBytes(bytes);
    expect(seconds).toBeGreaterThan(6.5);
    expect(seconds).toBeLessThan(7.7);
  });
});

describe.runIf(hasFfmpeg)('with ffmpeg', () => {
  test.each([
    ['mono.mp3', ['-ac', '1', '-b:a', '16k'], 8000, 1],
    ['stereo.mp3', ['-b:a', '32k'], 8000, 2],
    ['vbr.mp3', ['-ar', '44100', '-q:a', '4'], 44_100, 2],
    ['mulaw.wav', ['-c:a', 'pcm_mulaw'], 8000, 2],
    ['alaw.wav', ['-c:a', 'pcm_alaw'], 8000, 2],
    ['ima.wav', ['-c:a', 'adpcm_ima_wav'], 8000, 2],
    ['ms.wav', ['-c:a', 'adpcm_ms'], 8000, 2],
    ['opus.ogg', ['-c:a', 'libopus'], 48_000, 2],
    ['opus.webm', ['-c:a', 'libopus'], 48_000, 2],
    ['vorbis.ogg', ['-c:a', 'libvorbis'], 8000, 2],
    ['sound.flac', [], 8000, 2],
    ['aac.m4a', ['-c:a', 'aac'], 8000, 2],
    ['faststart.m4a', ['-c:a', 'aac', '-movflags', '+faststart'], 8000, 2],
    ['adts.aac', ['-c:a', 'aac'], 8000, 2],
    ['gsm.wav', ['-c:a', 'libgsm_ms', '-ac', '1'], 8000, 1],
    ['mp3.wav', ['-c:a', 'libmp3lame'], 8000, 2],
    ['layer2.mp2', ['-ar', '16000', '-c:a', 'mp2'], 16_000, 2],
    ['sound.aiff', [], 8000, 2],
    ['sound.au', [], 8000, 2],
    ['sound.caf', [], 8000, 2],
    ['rf64.wav', ['-rf64', 'always'], 8000, 2],
  ])('row 140: %s has the length, rate and tones that went in', async (name, args, sampleRate, channels) => {
    const path = await encode(wav(stereo, 8000), name, args);
    const decoded = await decodeAll(path);
    expect(decoded.sampleRate).toBe(sampleRate);
    expect(decoded.channels).toHaveLength(channels);
    // these pad to whole blocks, and have no place to say by how much
    const padding = /aac|m4a|ima|ms\.|mp2|mp3\.wav/.test(name) ? 0.25 : 0.03;
    expect(Math.abs(decoded.seconds - 3)).toBeLessThanOrEqual(padding);
    if (channels === 2) {
      expect(share(decoded.channels[0]!, sampleRate, 440)).toBeGreaterThan(0.9);
      expect(share(decoded.channels[1]!, sampleRate, 1000)).toBeGreaterThan(0.9);
    }
  });

  test.each([
    ['stereo.mp3', ['-b:a', '32k']],
    ['mulaw.wav', ['-c:a', 'pcm_mulaw']],
  ])('%s sounds as ffmpeg decodes it', async (name, args) => {
    const path = await encode(wav(stereo, 8000), name, args);
    const { channels } = await decodeAll(path);
    const { stdout } = await promisify(execFile)('ffmpeg', ['-v', 'error', '-i', path, '-f', 'f32le', '-'], {
      encoding: 'buffer',
      maxBuffer: 2 ** 26,
    });
    const reference = new Float32Array(stdout.buffer, stdout.byteOffset, stdout.length / 4);
    expect(channels[0]!.length).toBe(reference.length / 2);
    const worst = channels[0]!.reduce(
      (most, value, frame) => Math.max(most, Math.abs(value - reference[2 * frame]!)),
      0,
    );
    expect(worst).toBeLessThan(0.001);
  });

  test('a name that says something else does not matter', async () => {
    const path = await encode(wav(stereo, 8000), 'call.flac', []);
    expect((await decodeBytes(await readFile(path))).seconds).toBe(3);
  });

  test('a path may be relative, and begin like an option', async () => {
    const path = await encode(wav(stereo, 8000), '-i http:.flac', []);
    expect((await decodeAll(relative(process.cwd(), path))).seconds).toBe(3);
  });

  test('a film without a sound track is refused', async () => {
    const path = await audioFile('', 'film.mp4');
    const args = ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'color=s=32x32:d=1', '-pix_fmt', 'yuv420p', path];
    await promisify(execFile)('ffmpeg', args);
    await expect(decodeAll(path)).rejects.toMatchObject({ reason: 'corrupt' });
  });

  test('row 141: a playlist dressed as audio makes nobody fetch anything', async () => {
    const server = await mediaServer((_request, response) => response.end('secret'));
    const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n${server.url}/secret\n`;
    for (const dress of [
      'fLaC',
      'OggS',
      '\0\0\0\x20ftypM4A ',
      'ID3\x04\0\0\0\0\0\0',
      '#!AMR\n',
      'FORM\0\0\0\0AIFF',
    ]) {
      await expect(decodeBytes(Buffer.from(dress + playlist, 'latin1'))).rejects.toThrow(AudioError);
    }
    expect(server.connections()).toBe(0);
  });

  test('a decoder that is no longer wanted ends', async () => {
    const path = await encode(wav(tones(60, 8000, [440]), 8000), 'long.flac', []);
    const stop = new AbortController();
    const reading = (async () => {
      for await (const _ of decodeAudio(path, { signal: stop.signal })) stop.abort(new Error('enough'));
    })();
    await expect(reading).rejects.toThrow('enough');
  });
});

test('row 140: without ffmpeg, what needs it is unsupported, and says what to do', async () => {
  const folder = await audioFile('', 'nothing');
  vi.stubEnv('PATH', join(folder, '..'));
  onTestFinished(() => void vi.unstubAllEnvs());
  const fault = await decodeBytes(Buffer.from('OggS')).catch((error) => error);
  expect(fault).toMatchObject({ reason: 'unsupported', message: expect.stringContaining('ffmpeg') });
});

describe('what is no audio, or too much', () => {
  test.each([
    ['row 138: nothing at all', '', 'empty'],
    ['row 138: a header without samples', wav([new Float32Array(0)], 8000), 'empty'],
    ['row 138: a twentieth of a second', wav(tones(0.05, 8000, [440]), 8000), 'empty'],
    ['row 131: a page', '<html><body>Please log in</body></html>', 'not_audio'],
    ['row 131: an error', '{"error":"expired"}', 'not_audio'],
    ['row 141: a playlist', '#EXTM3U\n#EXT-X-TARGETDURATION:10\nhttp://169.254.169.254/\n', 'not_audio'],
    ['row 141: a list of files', "ffconcat version 1.0\nfile '/etc/passwd'\n", 'not_audio'],
    ['row 141: a session description', 'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n', 'not_audio'],
  ])('%s', async (_what, bytes, reason) => {
    await expect(decodeBytes(bytes)).rejects.toMatchObject({ name: 'AudioError', reason });
  });

  test('row 142: audio beyond the limit is stopped there', async () => {
    const path = await audioFile(wav(tones(3, 8000, [440]), 8000));
    await expect(decodeAll(path, { maxSeconds: 2 })).rejects.toMatchObject({ reason: 'too_long' });
  });
});

describe('damaged files end in audio or an AudioError', () => {
  const change = fc.record({ at: fc.nat(4_000), bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }) });

  test.each([
    ['WAV', wav(tones(0.3, 8000, [440, 600]), 8000)],
    ['WAV of another kind', wav(tones(0.3, 8000, [440]), 8000, { format: 'float32' })],
    ['MP3', silentMp3(40, 2)],
  ])('%s', async (_name, bytes) => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 8 }), fc.nat(bytes.length), async (changes, length) => {
        const damaged = Buffer.from(bytes);
        for (const { at, bytes: put } of changes)
          damaged.set(put.subarray(0, damaged.length - (at % damaged.length)), at % damaged.length);
        const path = await audioFile(damaged.subarray(0, length));
        try {
          expect((await decodeAll(path)).seconds).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(AudioError);
        }
      }),
      { numRuns: 60 },
    );
  });

  test.runIf(hasFfmpeg)('MP3 with sound in it', async () => {
    const bytes = await readFile(await encode(wav(stereo, 8000), 'sound.mp3', ['-b:a', '32k']));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 30 }), async (changes) => {
        const damaged = Buffer.from(bytes);
        for (const { at, bytes: put } of changes) damaged.set(put, 45 + at * 2);
        try {
          const { seconds, channels } = await decodeBytes(damaged);
          expect(seconds).toBeLessThan(4);
          expect(channels.every((samples) => samples.every((value) => Math.abs(value) <= 1))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(AudioError);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('headers of nonsense', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 16, maxLength: 60 }), async (format) => {
        const bytes = wav(tones(0.3, 8000, [440]), 8000);
        bytes.set(format.subarray(0, 16), 20);
        try {
          await decodeBytes(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(AudioError);
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** Real calls, where the machine has some: a folder `audio` beside that of the speech models. */
const realFolder = join(process.env.ARIA_MODELS_DIR ?? '/nonexistent', '..', 'audio');
const manifest = join(realFolder, '..', 'manifest.json');

test.runIf(existsSync(manifest))('recordings of known length decode to it within 1 %', async () => {
  type Item = { file: string; seconds?: number; sampleRate?: number; channels?: number };
  const { items } = JSON.parse(await readFile(manifest, 'utf8')) as { items: Item[] };
  const known = items.filter(({ seconds, file }) => seconds && existsSync(join(realFolder, '..', file)));
  expect(known.length).toBeGreaterThan(0);
  for (const { file, seconds, channels } of known) {
    let frames = 0;
    let last = { rate: 1, channels: 0 };
    for await (const chunk of decodeAudio(join(realFolder, '..', file))) {
      frames += chunk.channels[0]!.length;
      last = { rate: chunk.sampleRate, channels: chunk.channels.length };
    }
    expect(Math.abs(frames / last.rate / seconds! - 1), file).toBeLessThan(0.01);
    if (channels) expect(last.channels, file).toBe(channels);
  }
});
