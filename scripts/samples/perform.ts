import type { Sample, SampleTurn } from '../../demo/sample.ts';
import type { CallScript } from './script.ts';
import { hiss, sounds } from './sounds.ts';
import { sampleRate, speak } from './speak.ts';

/** A performed script: one signal per channel, who said what when, and where music plays. */
export type Performance = { channels: Float32Array[]; turns: SampleTurn[]; music: Sample['music'] };

type Placed = { channel: number; at: number; samples: Float32Array };

/** Speaks a script turn by turn; `folder` is for files in passing. */
export async function perform(script: CallScript, folder: string): Promise<Performance> {
  const stereo = script.channels === 'stereo';
  const placed: Placed[] = [];
  const turns: SampleTurn[] = [];
  const music: Sample['music'] = [];
  let now = 0;
  const place = (channel: number, samples: Float32Array) => {
    placed.push({ channel, at: now, samples });
    now += samples.length;
  };

  for (const turn of script.turns) {
    if ('sound' in turn) {
      const channel = stereo && turn.on === 'agent' ? 1 : 0;
      const start = milliseconds(now / sampleRate);
      place(channel, sounds[turn.sound](turn.seconds));
      if (turn.sound === 'hold_music') music.push({ channel, start, end: milliseconds(now / sampleRate) });
      continue;
    }
    const voice = script.voices[turn.speaker];
    if (voice === undefined) throw new Error(`${script.id}: no voice for ${turn.speaker}`);
    const channel = stereo && turn.speaker !== 'caller' ? 1 : 0;
    now += Math.round(turn.pause * sampleRate);
    const phrases: SampleTurn['phrases'] = [];
    for (const text of phrasesOf(turn.text)) {
      if (phrases.length > 0) now += Math.round(0.18 * sampleRate);
      const start = now / sampleRate;
      place(channel, await speak(voice, text, folder));
      phrases.push({ text, start: milliseconds(start), end: milliseconds(now / sampleRate) });
    }
    const text = phrases.map((phrase) => phrase.text).join(' ');
    const [first, last] = [phrases[0]!, phrases.at(-1)!];
    turns.push({ speaker: turn.speaker, channel, start: first.start, end: last.end, text, phrases });
  }

  const length = now + Math.round(0.4 * sampleRate);
  const channels = Array.from({ length: stereo ? 2 : 1 }, (_, channel) => hiss(length, channel + 1));
  for (const { channel, at, samples } of placed)
    for (const [i, sample] of samples.entries()) channels[channel]![at + i]! += sample;
  return { channels, turns, music };
}

/** Cuts a turn at the ends of sentences and at `|`. */
export function phrasesOf(text: string): string[] {
  return text.split(/\s*\|\s*|(?<=[.?!])\s+/).filter((phrase) => phrase !== '');
}

function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
