import { describe, expect, it } from 'vitest';
import { createEnergyGate } from './energy-gate.ts';

const rate = 1000;
const part = (seconds: number, level: number) => Array<number>(seconds * rate).fill(level);
const gateFor = (...parts: number[][]) => {
  const gate = createEnergyGate(rate, 5);
  const samples = Float32Array.from(parts.flat(), (level, index) => (index % 2 === 0 ? level : -level));
  const found = [...gate.accept(samples), ...gate.finish()];
  return found.map(({ start, end }) => [start / rate, end / rate]);
};

describe('createEnergyGate', () => {
  it('finds where it is loud', () => {
    expect(gateFor(part(1, 0), part(2, 0.2), part(1, 0))).toEqual([[1, 3]]);
  });

  it('hears through a steady noise', () => {
    expect(gateFor(part(1, 0.01), part(2, 0.2), part(1, 0.01))).toEqual([[1, 3]]);
  });

  it('joins what short pauses part, and parts what long ones do', () => {
    expect(gateFor(part(1, 0.2), part(0.3, 0), part(1, 0.2))).toEqual([[0, 2.3]]);
    expect(gateFor(part(1, 0.2), part(1, 0), part(1, 0.2))).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it('finds nothing in silence, nor in a click', () => {
    expect(gateFor(part(2, 0))).toEqual([]);
    expect(gateFor(part(1, 0), part(0.1, 0.5), part(1, 0))).toEqual([]);
  });

  it('hands out long speech in pieces', () => {
    for (const [start = 0, end = 0] of gateFor(part(12, 0.2))) expect(end - start).toBeLessThanOrEqual(5);
  });

  it('gives the same whatever the pieces, and begins anew after a reset', () => {
    const samples = Float32Array.from([...part(1, 0), ...part(2, 0.2), ...part(1, 0)]);
    const gate = createEnergyGate(rate, 5);
    const once = [...gate.accept(samples), ...gate.finish()];
    gate.reset();
    const again = [];
    for (let at = 0; at < samples.length; at += 333)
      again.push(...gate.accept(samples.subarray(at, at + 333)));
    again.push(...gate.finish());
    expect(again).toEqual(once);
  });
});
