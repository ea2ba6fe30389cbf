import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutAudio } from './cut-audio.ts';

const rate = 100;

describe('cutAudio', () => {
  it('loses no sample, whatever the pieces in which they come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 20 }), (sizes) => {
        let next = 0;
        const cutter = cutAudio(rate, 5);
        const pieces = sizes.flatMap((size) =>
          cutter.accept(Float32Array.from({ length: size }, () => (next++ % 97) / 100)),
        );
        pieces.push(...cutter.finish());
        const joined = pieces.flatMap((piece) => [...piece.samples]);
        expect(joined.length).toBe(next);
        joined.forEach((sample, index) => {
          expect(sample).toBeCloseTo((index % 97) / 100);
        });
        let start = 0;
        for (const piece of pieces) {
          expect(piece.start).toBeCloseTo(start);
          expect(piece.samples.length).toBeLessThanOrEqual(5 * rate);
          start += piece.samples.length / rate;
        }
      }),
    );
  });

  it('cuts where it is quiet', () => {
    const cutter = cutAudio(rate, 10);
    const [piece] = cutter.accept(
      Float32Array.from({ length: 12 * rate }, (_, i) => (i > 620 && i < 700 ? 0 : 0.5)),
    );
    expect(piece!.samples.length).toBeGreaterThan(620);
    expect(piece!.samples.length).toBeLessThan(700);
  });
});
