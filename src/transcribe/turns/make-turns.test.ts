import { describe, expect, it } from 'vitest';
import type { RawTranscript, Segment } from '../transcriber.ts';
import { makeTurns } from './make-turns.ts';

/** Words of 0.3 s; a number among them is a pause in seconds. */
function said(start: number, ...parts: (string | number)[]): Segment {
  let at = start;
  const words = parts.flatMap((part) => {
    if (typeof part === 'number') {
      at += part;
      return [];
    }
    return part.split(' ').map((text) => {
      at += 0.3;
      return { text, start: at - 0.3, end: at, confidence: 0.5 };
    });
  });
  return { start, end: at, text: words.map((word) => word.text).join(' '), words };
}

function raw(...channels: Segment[][]): RawTranscript {
  const heard = channels.map((segments, channel) => ({ channel, segments, speechSeconds: null }));
  return {
    channels: heard,
    language: 'en',
    engine: 'e',
    simulated: false,
    seconds: 1,
    cost: null,
    warnings: [],
  };
}

describe('makeTurns', () => {
  it('takes the speakers from the channels, surely, in the order of time', () => {
    const turns = makeTurns(
      raw([said(3, 'HI I NEED A QUOTE')], [said(0, "HOW'S IT GOING TODAY")]),
      'caller-agent',
    );
    expect(turns.map(({ speaker, text, speakerConfidence }) => [speaker, text, speakerConfidence])).toEqual([
      ['agent', "How's it going today", 1],
      ['caller', 'Hi I need a quote', 1],
    ]);
  });

  it('cuts a turn where the other one speaks into its pause', () => {
    const long = said(0, 'my number is', 0.5, 'five five five');
    const turns = makeTurns(raw([long], [said(1, 'okay')]), 'caller-agent');
    expect(turns.map(({ text }) => text)).toEqual(['my number is', 'okay', 'five five five']);
  });

  it('joins what one side says after a short pause, not after a long one', () => {
    const turns = makeTurns(raw([said(0, 'well'), said(1, 'you see'), said(20, 'bye')], []), 'caller-agent');
    expect(turns.map(({ text }) => text)).toEqual(['well you see', 'bye']);
  });

  it('calls a recorded notice on the agent’s channel what it is', () => {
    const notice = said(0, 'thank you for calling this call may be recorded');
    const turns = makeTurns(raw([said(9, 'hello')], [notice, said(6, 'hi this is jo')]), 'caller-agent');
    expect(turns.map(({ speaker }) => speaker)).toEqual(['ivr', 'agent', 'caller']);
  });

  it('hears no machine once a person has answered', () => {
    const agent = [said(0, 'hi this is jo'), said(9, 'welcome to larkspur you are covered')];
    const turns = makeTurns(raw([said(4, 'please sign me up')], agent), 'caller-agent');
    expect(turns.map(({ speaker }) => speaker)).toEqual(['agent', 'caller', 'agent']);
  });

  it('reads two channels with the same words as one', () => {
    const talk = () => [
      said(0, 'thank you for calling how can i help'),
      said(5, 'yes i need a new roof on my house'),
    ];
    const turns = makeTurns(raw(talk(), talk()), 'caller-agent');
    expect(turns.map(({ speaker }) => speaker)).toEqual(['agent', 'caller']);
    for (const turn of turns) expect(turn.speakerConfidence).toBeLessThan(1);
  });

  it('cuts one channel at its pauses and guesses who speaks', () => {
    const mono = said(0, 'how can i help you', 1, 'i need help with my bill');
    const turns = makeTurns(raw([mono]), 'mono');
    expect(turns.map(({ speaker }) => speaker)).toEqual(['agent', 'caller']);
  });
});
