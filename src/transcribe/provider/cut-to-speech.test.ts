import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutToSpeech } from './cut-to-speech.ts';

const rate = 100;
const word = (text: string, start: number, end: number) => ({ text, start, end, confidence: null });

/** Feeds a recording whose samples are their own positions, in chunks, and joins what stays. */
function left(cut: ReturnType<typeof cutToSpeech>, seconds: number, chunk: number): number[] {
  const samples = Float32Array.from({ length: seconds * rate }, (_, at) => at);
  const result: number[] = [];
  for (let from = 0; from < samples.length; from += chunk) {
    for (const [first] of cut.accept([samples.subarray(from, from + chunk)])) result.push(...first!);
  }
  return result;
}

describe('cutToSpeech', () => {
  it('leaves out what lies far from speech, and puts times back', () => {
    const cut = cutToSpeech([[{ start: 2, end: 4 }], [{ start: 60, end: 63 }]], rate);
    const stays = left(cut, 100, 700);
    expect(stays).toHaveLength(3 * rate + 4 * rate);
    expect([stays[0], stays[299], stays[300], stays.at(-1)]).toEqual([150, 449, 5950, 6349]);
    expect(cut.restore([{ start: 0.5, end: 2.5, text: 'hello there', words: [] }])).toEqual([
      { start: 2, end: 4, text: 'hello there', words: [] },
    ]);
    expect(cut.restore([{ start: 3.5, end: 6.5, text: 'bye', words: [word('bye', 3.5, 6.5)] }])).toEqual([
      { start: 60, end: 63, text: 'bye', words: [word('bye', 60, 63)] },
    ]);
  });

  it('parts a segment that goes across a cut', () => {
    const cut = cutToSpeech(
      [
        [
          { start: 2, end: 4 },
          { start: 60, end: 63 },
        ],
      ],
      rate,
    );
    const words = [word('hold', 1, 2), word('please', 2, 2.6), word('thanks', 3.8, 4.5)];
    expect(cut.restore([{ start: 1, end: 4.5, text: 'Hold please thanks', words }])).toEqual([
      {
        start: 2.5,
        end: 4.1,
        text: 'hold please',
        words: [word('hold', 2.5, 3.5), word('please', 3.5, 4.1)],
      },
      { start: 60.3, end: 61, text: 'thanks', words: [word('thanks', 60.3, 61)] },
    ]);
  });

  it('leaves short pauses in, and everything where nothing is known', () => {
    const pauses = cutToSpeech(
      [
        [
          { start: 1, end: 2 },
          { start: 4.9, end: 6 },
        ],
      ],
      rate,
    );
    expect(left(pauses, 10, 333)).toHaveLength(6 * rate);
    const whole = cutToSpeech(null, rate);
    expect(left(whole, 10, 333)).toHaveLength(10 * rate);
    const segment = { start: 3, end: 4, text: 'as it is', words: [] };
    expect(whole.restore([segment])).toEqual([segment]);
    expect(left(cutToSpeech([[]], rate), 10, 333)).toEqual([]);
  });

  it('finds for every sample that stays where it was, in chunks of any size', () => {
    const stretch = fc
      .tuple(fc.integer({ min: 0, max: 190 }), fc.integer({ min: 1, max: 9 }))
      .map(([start, length]) => ({ start, end: start + length }));
    fc.assert(
      fc.property(fc.array(stretch, { minLength: 1 }), fc.integer({ min: 1, max: 5000 }), (speech, chunk) => {
        const cut = cutToSpeech([speech], rate);
        const stays = left(cut, 200, chunk);
        for (let at = 0; at < stays.length - 2; at += 97) {
          const time = (at + 0.5) / rate;
          const [found] = cut.restore([{ start: time, end: time, text: 'x', words: [] }]);
          expect(Math.abs(found!.start * rate - 0.5 - stays[at]!)).toBeLessThanOrEqual(0.6);
        }
      }),
    );
  });
});
