import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { splitVoices } from '../../src/transcribe/voices/split-voices.ts';
import { voiceWindows } from '../../src/transcribe/voices/voice-windows.ts';

const rate = 16_000;

/** A voice-like sound: a buzz through two resonances, which are what makes a voice that voice. */
function voice(seconds: number, pitch: number, formants: [number, number], seed: number): Float32Array {
  let state = seed;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 1_073_741_824 - 1;
  };
  const samples = new Float32Array(seconds * rate);
  const memory = formants.map(() => [0, 0]);
  let phase = 0;
  for (let at = 0; at < samples.length; at += 1) {
    const wobble = 1 + 0.1 * Math.sin((2 * Math.PI * 3 * at) / rate + seed);
    phase += (pitch * wobble) / rate;
    let sound = (phase % 1 < 0.1 ? 1 : 0) + 0.02 * random();
    for (const [index, formant] of formants.entries()) {
      const r = 0.97;
      const state2 = memory[index]!;
      const next =
        sound + 2 * r * Math.cos((2 * Math.PI * formant * wobble) / rate) * state2[0]! - r * r * state2[1]!;
      state2[1] = state2[0]!;
      state2[0] = next;
      sound = next * 0.1;
    }
    samples[at] = sound;
  }
  return samples;
}

describe('splitVoices', () => {
  it('tells two voices apart that take turns', () => {
    const first = () => voice(3, 110, [500, 1400], 3);
    const second = () => voice(3, 200, [800, 2300], 5);
    const turns = [first(), second(), first(), second(), first()];
    const windows = turns.flatMap((samples, index) => voiceWindows(samples, index * 4, index));
    const { spans, separation } = splitVoices(windows)!;
    expect(spans.map((span) => span.voice)).toEqual([0, 1, 0, 1, 0]);
    expect(separation).toBeGreaterThan(0.6);
    for (const [index, span] of spans.entries()) {
      expect(span.start).toBeCloseTo(index * 4, 1);
      expect(span.end).toBeCloseTo(index * 4 + 3, 0);
    }
  });

  it('says nothing about a few words', () => {
    expect(splitVoices(voiceWindows(voice(1, 110, [500, 1400], 3), 0, 0))).toBeNull();
    expect(splitVoices([])).toBeNull();
  });
});

/** Real calls on one channel, where the machine has some. */
const manifest = join(process.env.ARIA_MODELS_DIR ?? '/nonexistent', '..', 'manifest.json');

describe.runIf(existsSync(manifest))('real calls on one channel', () => {
  it('are told apart within the usual errors', async () => {
    const { measureDiarisation } = await import('../../bench/speech/measure-diarisation.ts');
    const results = await measureDiarisation(manifest, [process.env.ARIA_MODELS_DIR!], (file) =>
      /google_commercial|aws_lca/.test(file),
    );
    expect(results['audio/real/google_commercial_mono_8k.wav']!.der).toBeLessThanOrEqual(0.1);
    expect(results['audio/real/aws_lca_40_stereo_8k.wav']!.der).toBeLessThanOrEqual(0.2);
  });
});
