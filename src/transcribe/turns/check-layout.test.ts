import { describe, expect, it } from 'vitest';
import { checkLayout } from './check-layout.ts';

const agentSays = [
  'thanks for calling acme roofing this is jo how can i help you',
  'okay and do you own the home',
  'what is your zip code',
  'perfect can i get your name please',
];
const callerSays = [
  'hi i have a leak in my roof',
  'yes my wife and i do',
  'three oh three oh nine',
  'my name is ray',
];
function channel(index: number, texts: string[], from: number) {
  const segments = texts.map((text, at) => ({
    start: from + at * 10,
    end: from + at * 10 + 4,
    text,
    words: [],
  }));
  return { channel: index, segments };
}

describe('checkLayout', () => {
  const right = [channel(0, callerSays, 5), channel(1, agentSays, 0)];
  const swapped = [channel(0, agentSays, 0), channel(1, callerSays, 5)];

  it('leaves a layout that fits what is said', () => {
    expect(checkLayout(right, 'caller-agent')).toEqual({ layout: 'caller-agent', warning: null });
    expect(checkLayout(swapped, 'agent-caller')).toEqual({ layout: 'agent-caller', warning: null });
  });

  it('exchanges the sides where the words are clear, and says so', () => {
    const checked = checkLayout(swapped, 'caller-agent');
    expect(checked.layout).toBe('agent-caller');
    expect(checked.warning).toContain('swapped');
    expect(checkLayout(right, 'agent-caller').layout).toBe('caller-agent');
  });

  it('keeps the layout where little is said', () => {
    const few = [channel(0, agentSays.slice(0, 2), 0), channel(1, callerSays.slice(0, 2), 5)];
    expect(checkLayout(few, 'caller-agent')).toEqual({ layout: 'caller-agent', warning: null });
    const vague = [channel(0, ['mm', 'uh', 'mm'], 0), channel(1, ['hm', 'mm', 'uh'], 2)];
    expect(checkLayout(vague, 'agent-caller').layout).toBe('agent-caller');
  });
});
