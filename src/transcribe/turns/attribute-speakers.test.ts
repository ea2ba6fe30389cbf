import { describe, expect, it } from 'vitest';
import type { Turn } from '../../domain/transcript.ts';
import { attributeSpeakers } from './attribute-speakers.ts';

const unknown = (text: string, index: number): Turn => {
  const start = index * 4;
  return { speaker: 'unknown', speakerConfidence: 0, start, end: start + 3.5, text, words: [] };
};

describe('attributeSpeakers', () => {
  it('tells recorded voice, agent and caller apart', () => {
    const turns = attributeSpeakers(
      [
        'This call may be recorded for quality purposes.',
        'Thanks for holding, this is Jo with Acme. How can I help you?',
        'Hi, I am calling about my roof, I have a leak.',
        'Okay. And do you own the home?',
        'Yes, my wife and I do.',
        'What is your zip code?',
        'Three oh three oh nine.',
      ].map(unknown),
    );
    expect(turns.map((turn) => turn.speaker)).toEqual([
      'ivr',
      'agent',
      'caller',
      'agent',
      'caller',
      'agent',
      'caller',
    ]);
  });

  it("knows a menu by its words, also where its voice is taken for the agent's", () => {
    const texts = [
      'Thank you for calling for sales press one for service press to to repeat this menu press nine',
      'nine',
      'Thank you for calling my name is jo how can i help you',
    ];
    const turns = attributeSpeakers(texts.map(unknown), (index) => ({
      role: index === 1 ? 'caller' : 'agent',
      weight: 3,
    }));
    expect(turns.map((turn) => turn.speaker)).toEqual(['ivr', 'caller', 'agent']);
  });

  it('is never sure, and less so where the words say little', () => {
    const [first, second] = attributeSpeakers(['mm', 'mm'].map(unknown));
    const [, clear] = attributeSpeakers(
      ['thank you for calling how can i help you', 'yeah i need help with my bill'].map(unknown),
    );
    for (const turn of [first, second, clear]) expect(turn!.speakerConfidence).toBeLessThan(1);
    expect(clear!.speakerConfidence).toBeGreaterThan(second!.speakerConfidence);
  });

  it('keeps texts and times, and takes nothing for an answer', () => {
    expect(attributeSpeakers([])).toEqual([]);
    const [turn] = attributeSpeakers([unknown('hello', 0)]);
    expect(turn).toMatchObject({ text: 'hello', start: 0, end: 3.5 });
  });
});
