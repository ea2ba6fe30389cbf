import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutAudio } from './cut-audio.ts';

const rate = 100;

describe('cutAudio', () => {
  it('loses no sample of any channel, whatever the pieces in which they come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 20 }), (sizes) => {
        let next = 0;
        const cutter = cutAudio(2, rate, 5);
        const pieces = sizes.flatMap((size) => {
          const samples = Float32Array.from({ length: size }, () => (next++ % 97) / 100);
          return cutter.accept([samples, samples.map((sample) => -sample)]);
        });
        pieces.push(...cutter.finish());
        const joined = pieces.flatMap((piece) => [...piece.channels[0]!]);
        expect(joined.length).toBe(next);
        joined.forEach((sample, index) => {
          expect(sample).toBeCloseTo((index % 97) / 100);
        });
        expect(pieces.flatMap((piece) => [...piece.channels[1]!])).toEqual(joined.map((one) => -one));
        let start = 0;
        for (const piece of pieces) {
          expect(piece.start).toBeCloseTo(start);
          expect(piece.channels[0]!.length).toBeLessThanOrEqual(5 * rate);
          start += piece.channels[0]!.length / rate;
        }
      }),
    );
  });

  it('cuts where it is quiet', () => {
    const cutter = cutAudio(1, rate, 10);
    const [piece] = cutter.accept([
      Float32Array.from({ length: 12 * rate }, (_, i) => (i > 620 && i < 700 ? 0 : 0.5)),
    ]);
    expect(piece!.channels[0]!.length).toBeGreaterThan(620);
    expect(piece!.channels[0]!.length).toBeLessThan(700);
  });

  it('cuts both channels at one place, where neither speaks', () => {
    const cutter = cutAudio(2, rate, 10);
    const speaks = (from: number, to: number) =>
      Float32Array.from({ length: 12 * rate }, (_, i) => (i > from && i < to ? 0 : 0.5));
    const [piece] = cutter.accept([speaks(300, 800), speaks(700, 990)]);
    expect(piece!.channels[0]!.length).toBe(piece!.channels[1]!.length);
    expect(piece!.channels[0]!.length).toBeGreaterThan(700);
    expect(piece!.channels[0]!.length).toBeLessThan(800);
  });
});
