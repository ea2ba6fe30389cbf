import { expect, test } from 'vitest';
import {
  formatAudio,
  formatBytes,
  formatClock,
  formatCount,
  formatCounted,
  formatRatio,
  formatShare,
  formatWork,
} from './number.ts';

test('seconds read as a clock', () => {
  expect(formatClock(7.9)).toBe('0:07');
  expect(formatClock(724)).toBe('12:04');
  expect(formatClock(3729)).toBe('1:02:09');
  expect(formatClock(null)).toBe('—');
});

test('unknown is not zero', () => {
  expect(formatCount(null)).toBe('—');
  expect(formatCount(0)).toBe('0');
  expect(formatShare(undefined)).toBe('—');
});

test('sizes take the unit that fits', () => {
  expect(formatBytes(512)).toBe('512 bytes');
  expect(formatBytes(1_430_000)).toBe('1.4 MB');
});

test('work is told in the unit that fits', () => {
  expect(formatWork(0.04)).toBe('40 ms');
  expect(formatWork(8.12)).toBe('8.1 s');
  expect(formatWork(200)).toBe('3:20');
});

test('sound is told to the second, unless there are hours of it', () => {
  expect(formatAudio(40)).toBe('0:40');
  expect(formatAudio(666.9)).toBe('11:06');
  expect(formatAudio(43_200_000)).toBe('12,000 h');
});

test('kappa keeps the digits that tell good from fair', () => {
  expect(formatRatio(0.854)).toBe('0.85');
  expect(formatRatio(-0.04)).toBe('-0.04');
  expect(formatRatio(null)).toBe('—');
});

test('one is one', () => {
  expect(formatCounted(1, 'call')).toBe('1 call');
  expect(formatCounted(0, 'call')).toBe('0 calls');
  expect(formatCounted(12_408, 'call')).toBe('12,408 calls');
});
