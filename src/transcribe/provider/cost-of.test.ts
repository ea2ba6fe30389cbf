import { describe, expect, it } from 'vitest';
import { costOf } from './cost-of.ts';

describe('costOf', () => {
  it('charges by the second', () => {
    expect(costOf(90, '0.006')).toBe('0.009000');
    expect(costOf(0, '0.006')).toBe('0.000000');
  });

  it('knows no cost without a price', () => {
    expect(costOf(90, null)).toBeNull();
  });
});
