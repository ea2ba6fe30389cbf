import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWindowCutter } from './cut-windows.ts';

test('however a stream comes in pieces, its windows are the same and in order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.array(fc.nat(20), { maxLength: 8 }), (size, pieces) => {
      const windows: number[][] = [];
      const cutter = createWindowCutter(size);
      let next = 0;
      for (const length of pieces) {
        const piece = Float32Array.from({ length }, () => next++);
        cutter.cut(piece, (window) => windows.push([...window]));
      }
      expect(windows.every((window) => window.length === size)).toBe(true);
      expect(windows.flat()).toEqual(Array.from({ length: next - (next % size) }, (_, i) => i));
    }),
  );
});

test('after a reset nothing of the stream before is left', () => {
  const windows: number[][] = [];
  const cutter = createWindowCutter(2);
  cutter.cut(Float32Array.of(1), (window) => windows.push([...window]));
  cutter.reset();
  cutter.cut(Float32Array.of(2, 3, 4), (window) => windows.push([...window]));
  expect(windows).toEqual([[2, 3]]);
});
