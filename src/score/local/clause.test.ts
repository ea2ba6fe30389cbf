import { expect, test } from 'vitest';
import { isReported, sentenceBefore, spansSentences } from './clause.ts';
import { pastDateIn } from './event-date.ts';
import { guardOf } from './guard.ts';
import { hear } from './heard-text.ts';
import { classifyReply } from './reply.ts';

const agent = (text: string) => hear({ speaker: 'agent', text }, 0);

test('what stands before a match ends at its sentence, where the transcript has sentences', () => {
  const turn = agent("No fee unless we win. I'm sending the retainer.");
  expect(sentenceBefore(turn, turn.text.indexOf(' sending'))).toBe(' im');
  const bare = agent("no fee unless we win i'm sending the retainer");
  expect(sentenceBefore(bare, bare.text.indexOf(' sending'))).toBe(' no fee unless we win im');
});

test('a match that runs over the end of a sentence is told from one within it', () => {
  const turn = agent('I never smoked a day. They found it.');
  const at = turn.text.indexOf(' never');
  expect(spansSentences(turn, at, ' never smoked a day'.length)).toBe(false);
  expect(spansSentences(turn, at, ' never smoked a day they found'.length)).toBe(true);
});

test('thanks give nobody a task', () => {
  const turn = agent('Thank you. Payment went through.');
  expect(isReported(turn, turn.text.indexOf(' payment'), ' payment went through'.length)).toBe(true);
});

test('reads answers that hold their negation further on', () => {
  expect(classifyReply(' i have neither')).toBe('no');
  expect(classifyReply(' oh tons im in the woods')).toBe('yes');
  expect(guardOf(' i dont have a paycheck', ' i dont have a'.length)).toBe('negated');
  expect(pastDateIn(' it will be 3 years in january', '2025-11-17')?.monthsAgo).toBe(35);
});
