import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Speaker, Turn } from '../../src/domain/transcript.ts';
import { judgeLocally } from '../../src/score/local/judge-locally.ts';
import { loadScorecards } from '../../src/score/scorecard-library.ts';

const library = await loadScorecards(fileURLToPath(new URL('../../scorecards', import.meta.url)));
const linesOf = (file: string) =>
  readFileSync(fileURLToPath(new URL(`phrases/${file}`, import.meta.url)), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
const call = (said: readonly (readonly [Speaker, string])[]): Turn[] =>
  said.map(([speaker, text], i) => ({
    speaker,
    speakerConfidence: 1,
    start: i * 5,
    end: i * 5 + 4,
    text,
    words: [],
  }));
const judge = (scorecard: string, turns: Turn[]) =>
  judgeLocally(turns, library.byId(scorecard)!, { callDate: '2025-11-12T15:00:00Z' });

test('answers to one question, worded in many ways, are heard and hardly ever misheard', () => {
  let under = ['', ''];
  const heard = linesOf('answers.txt').flatMap((line) => {
    if (line.startsWith('@')) under = line.slice(1).split(' ');
    if (line.startsWith('@')) return [];
    const [want, question, answer] = line.split('|') as [string, string, string];
    const turns = call([
      ['agent', 'this is dana on a recorded line'],
      ['caller', 'hi dana my name is pat reed'],
      ['agent', /^[A-Z]/.test(question) && !question.endsWith('?') ? `${question}?` : question],
      ['caller', answer],
      ['agent', 'okay and could you spell your last name for me'],
      ['caller', 'r e e d'],
      ['agent', 'got it one moment while i look'],
      ['caller', 'all right'],
    ]);
    const got = judge(under[0]!, turns).answers.find(({ criterion }) => criterion === under[1])!.value;
    return [got === want ? 'right' : got === 'unknown' ? 'open' : 'wrong'];
  });
  const share = (kind: string) => heard.filter((one) => one === kind).length / heard.length;
  expect(share('right')).toBeGreaterThanOrEqual(0.95);
  expect(share('wrong')).toBeLessThanOrEqual(0.02);
});

test('flags are raised by what is said to the other side, not by words that resemble it', () => {
  const lines = linesOf('flags.txt').map((line) => line.split('|') as [string, string, string]);
  const right = lines.filter(([who, words, flag]) => {
    const side: Speaker = who === 'A' ? 'agent' : 'caller';
    const turns = call([
      ['agent', 'this is dana on a recorded line how can i help'],
      ['caller', 'hi dana i need a quote on my two cars the rates went up again'],
      ['agent', 'okay and what zip code are you in'],
      ['caller', 'three seven two one one'],
      [side, words],
      [side === 'agent' ? 'caller' : 'agent', 'okay'],
      ['agent', 'and the year of the first car'],
      ['caller', 'its a twenty nineteen civic'],
    ]);
    return (
      judge('auto_insurance', turns)
        .flags.map((one) => one.flag)
        .join() === flag
    );
  });
  expect(right.length / lines.length).toBeGreaterThanOrEqual(0.97);
});
