import { expect, test } from 'vitest';
import { floatAt } from './float.ts';

const screen = { width: 400, height: 300 };
const box = { width: 100, height: 50 };
const anchor = (left: number, top: number) => ({ left, top, right: left + 40, bottom: top + 20 });

test('below and centred where there is room', () => {
  expect(floatAt(anchor(150, 100), box, screen, 'center')).toEqual({ left: 120, top: 126 });
});

test('above at the foot of the screen', () => {
  expect(floatAt(anchor(150, 260), box, screen, 'start')).toEqual({ left: 150, top: 204 });
});

test('never beyond the sides', () => {
  expect(floatAt(anchor(0, 10), box, screen, 'center').left).toBe(8);
  expect(floatAt(anchor(380, 10), box, screen, 'start').left).toBe(292);
});

test('below all the same when neither side has room', () => {
  expect(floatAt(anchor(10, 20), { width: 100, height: 280 }, screen, 'start').top).toBe(46);
});
