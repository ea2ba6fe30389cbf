import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { probeAudio } from '../../src/lib/audio/probe-audio.ts';
import { audioFile, encode, hasFfmpeg, silentMp3, tones, wav } from './make-audio.ts';

/** Process id and command line of everything that runs; `ps` is missing from small images, /proc from macOS. */
async function runningCommands(): Promise<{ id: number; command: string }[]> {
  if (!existsSync('/proc/self/cmdline')) {
    const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,args=']);
    return stdout.split('\n').map((line) => ({ id: Number.parseInt(line, 10), command: line }));
  }
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const read = (id: string) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
  return Promise.all(ids.map(async (id) => ({ id: Number(id), command: await read(id) })));
}

async function killProcessWith(path: string): Promise<boolean> {
  const found = (await runningCommands()).find(({ command }) => command.includes(path));
  if (found) process.kill(found.id, 'SIGKILL');
  return found !== undefined;
}

describe('a probe', () => {
  test('says what a recording is and how it sounds', async () => {
    const path = await audioFile(wav(tones(2, 8000, [440, 0]), 8000));
    const { peaks, ...probe } = await probeAudio(path);
    expect(probe).toEqual({
      codec: 'pcm',
      contentType: 'audio/wav',
      sampleRate: 8000,
      channels: 2,
      seconds: 2,
      loudness: [-9, -120],
      loudest: -9,
      silence: 0,
      duplicated: false,
    });
    expect(peaks.map((values) => Math.max(...values))).toEqual([128, 0]);
  });

  test.runIf(hasFfmpeg)('row 139: sees through a mono recording that was written as stereo', async () => {
    const path = await encode(wav(tones(2, 8000, [440]), 8000), 'twice.mp3', ['-ac', '2', '-b:a', '24k']);
    expect(await probeAudio(path)).toMatchObject({ codec: 'mp3', channels: 2, duplicated: true });
  });

  test('a broken file is an AudioError, in the words of the process apart', async () => {
    await expect(probeAudio(await audioFile('<html>'))).rejects.toMatchObject({
      name: 'AudioError',
      reason: 'not_audio',
    });
  });

  test('a missing file is a bug, not bad audio', async () => {
    await expect(probeAudio('/nonexistent/file')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('row 142: hours of sound are cut off at the limit', async () => {
    const path = await audioFile(silentMp3(1_000, 1));
    await expect(probeAudio(path, { maxSeconds: 60 })).rejects.toMatchObject({ reason: 'too_long' });
  });

  test('row 142: what does not come to an end is ended, with all its processes', async () => {
    const path = await audioFile(silentMp3(100, 1));
    await expect(probeAudio(path, { timeoutSeconds: 0.01 })).rejects.toMatchObject({ reason: 'corrupt' });
    expect((await runningCommands()).filter(({ command }) => command.includes(path))).toEqual([]);
  });

  test('row 142: what kills the process that decodes takes nothing else down', async () => {
    const path = await audioFile(silentMp3(20_000, 2));
    const probing = probeAudio(path);
    const killing = (async () => {
      for (let killed = false; !killed; await setTimeout(5)) killed = await killProcessWith(path);
    })();
    await expect(probing).rejects.toMatchObject({ name: 'AudioError', reason: 'corrupt' });
    await killing;
  });

  test.runIf(hasFfmpeg)('row 142: three hours in a small file are cut off at the limit', async () => {
    const path = await encode(wav(tones(1, 8000, [0]), 8000), 'hours.flac', ['-af', 'apad=whole_dur=10800']);
    expect((await stat(path)).size).toBeLessThan(3_000_000);
    await expect(probeAudio(path, { maxSeconds: 600 })).rejects.toMatchObject({ reason: 'too_long' });
  });

  test('the caller can stop it', async () => {
    const path = await audioFile(silentMp3(100, 1));
    const stop = new AbortController();
    const probing = probeAudio(path, { signal: stop.signal });
    await setTimeout(10);
    stop.abort(new Error('shutting down'));
    await expect(probing).rejects.toThrow('shutting down');
  });
});
