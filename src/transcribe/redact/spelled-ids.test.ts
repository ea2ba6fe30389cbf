import { describe, expect, it } from 'vitest';
import { readTurn } from './read-turn.ts';
import { findSpelledIds } from './spelled-ids.ts';

const ids = (...texts: string[]) => [...findSpelledIds(texts.map((text) => readTurn('caller', text)))];

describe('findSpelledIds', () => {
  it('puts the pieces of an id together, whatever is said between them', () => {
    const pieces = ids(
      "well there's 5 then an R as in Rita the microwave is going and 3 8",
      'F F zero my daughter is calling me',
      'D W one nine',
    );
    expect(pieces.map((piece) => piece.split(':')[0])).toEqual(['0', '0', '1', '2']);
  });

  it('goes on after a repetition, and counts it too, where voices are not told apart', () => {
    expect(ids('one e g four', 'one e g four', 't e five', 'm k seven two')).toHaveLength(4);
  });

  it.each([
    [['my plate is 7 k l m 4 4 2', 'and the zip is 6 0 6 2 2']],
    [['policy p a four four seven one', 'zero zero nine three']],
    [['one e g four', 't e five', 'm k seven']],
  ])('takes nothing else for one: %j', (texts) => {
    expect(ids(...texts)).toEqual([]);
  });
});
