import { describe, expect, test } from 'vitest';
import { createHostGate, type HostFull, type HostPass } from './host-gate.ts';

function gateAt(settings: { concurrency?: number; perSecond?: number } = {}) {
  const clock = { ms: 1_000_000 };
  const gate = createHostGate({ concurrency: 4, perSecond: 1_000, now: () => clock.ms, ...settings });
  const enter = (host = 'm.example') => gate(host) as HostPass;
  const turnedAway = (host = 'm.example') => gate(host) as HostFull;
  /** How many are let in at once; all leave again without a word. */
  const places = () => {
    const passes: HostPass[] = [];
    for (let answer = gate('m.example'); 'leave' in answer; answer = gate('m.example')) passes.push(answer);
    for (const pass of passes) pass.leave('failed');
    return passes.length;
  };
  return { clock, gate, enter, turnedAway, places };
}

describe('row 137: a host', () => {
  test('has so many places, and each that is left is free again; other hosts have their own', () => {
    const { enter, turnedAway, places } = gateAt();
    const passes = [enter(), enter(), enter(), enter()];
    expect(turnedAway().later).toBeInstanceOf(Date);
    expect(enter('other.example').waitMs).toBe(0);
    passes[0]!.leave('served');
    passes[0]!.leave('served');
    expect(enter().waitMs).toBeDefined();
    expect(turnedAway().reason).toContain('m.example');
    for (const pass of passes) pass.leave('served');
    expect(places()).toBe(3);
  });

  test('that is busy gets half as many, and a pause of its choice', () => {
    const { clock, enter, turnedAway, places } = gateAt();
    enter().leave({ busy: new Date(clock.ms + 30_000) });
    expect(turnedAway().later.getTime()).toBeGreaterThanOrEqual(clock.ms + 30_000);
    clock.ms += 30_001;
    expect(places()).toBe(2);
    clock.ms += 10;
    enter().leave({ busy: null });
    clock.ms += 10_001;
    expect(places()).toBe(1);
    clock.ms += 10;
    enter().leave({ busy: null });
    clock.ms += 10_001;
    expect(places()).toBe(1);
  });

  test('that refuses all of a batch at once is damped once', () => {
    const { clock, enter, places } = gateAt();
    const batch = [enter(), enter(), enter(), enter()];
    clock.ms += 500;
    for (const pass of batch) pass.leave({ busy: null });
    clock.ms += 11_000;
    expect(places()).toBe(2);
  });

  test('gets one more after each quiet minute, up to what it had', () => {
    const { clock, enter, places } = gateAt();
    enter().leave({ busy: null });
    clock.ms += 30_000;
    enter().leave('served');
    expect(places()).toBe(2);
    for (const expected of [3, 4, 4]) {
      clock.ms += 61_000;
      enter().leave('served');
      enter().leave('served');
      expect(places()).toBe(expected);
    }
  });

  test('never pauses longer than a day', () => {
    const { clock, enter, turnedAway } = gateAt();
    enter().leave({ busy: new Date(clock.ms + 1e12) });
    expect(turnedAway().later.getTime()).toBeLessThanOrEqual(clock.ms + 24 * 3600 * 1000 + 5 * 60_000);
  });
});

test('downloads begin no faster than the rate; who would wait long is sent away', () => {
  const { enter, turnedAway } = gateAt({ concurrency: 10, perSecond: 2 });
  expect([enter().waitMs, enter().waitMs, enter().waitMs]).toEqual([0, 500, 1_000]);
  expect(turnedAway().later).toBeInstanceOf(Date);
});

test('who is sent away gets turns one after the other, not all the same', () => {
  const { enter, turnedAway, clock } = gateAt({ concurrency: 1 });
  enter();
  const turns = Array.from({ length: 5 }, () => turnedAway().later.getTime() - clock.ms);
  expect(turns).toEqual([...turns].sort((a, b) => a - b));
  expect(new Set(turns).size).toBe(5);
});

test('hosts named by strangers do not pile up, and a damped one is not forgotten', () => {
  const { clock, enter, gate, places } = gateAt();
  enter().leave({ busy: null });
  clock.ms += 11_000;
  for (let i = 0; i < 5_000; i += 1) {
    const pass = gate(`h${i}.example`) as HostPass;
    clock.ms += 1;
    pass.leave('served');
  }
  expect(places()).toBe(2);
});
