import fc from 'fast-check';
import { expect, it } from 'vitest';
import { muLawSilence, toMuLaw, writeMuLaw } from './mu-law.ts';

it('codes many samples as it codes one, and takes what is too loud for as loud as can be', () => {
  const sample = fc.float({ min: -2, max: 2, noNaN: true });
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 50 }), (samples) => {
      const coded = new Uint8Array(2 * samples.length);
      writeMuLaw(Float32Array.from(samples), coded, 1, 2);
      for (const [at, one] of samples.entries()) {
        expect(coded[2 * at + 1]).toBe(toMuLaw(one));
        expect(coded[2 * at]).toBe(0);
      }
    }),
  );
  expect(muLawSilence).toBe(0xff);
});
