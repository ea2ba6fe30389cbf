import { describe, expect, it } from 'vitest';
import { normalizeWords, wordErrors } from './word-errors.ts';

describe('wordErrors', () => {
  it('tells what was replaced, added and left out', () => {
    expect(wordErrors('the cat sat', 'the cat sat')).toMatchObject({ words: 3, errors: 0 });
    expect(wordErrors('the cat sat', 'the dog sat')).toMatchObject({ errors: 1, substitutions: 1 });
    expect(wordErrors('the cat sat', 'the cat sat down')).toMatchObject({ errors: 1, insertions: 1 });
    expect(wordErrors('the cat sat', 'cat sat')).toMatchObject({ errors: 1, deletions: 1 });
    expect(wordErrors('the cat', '')).toMatchObject({ words: 2, errors: 2, deletions: 2 });
    expect(wordErrors('', 'hello there')).toMatchObject({ words: 0, errors: 2, insertions: 2 });
  });

  it('compares what is said, not how it is written', () => {
    expect(wordErrors("It's 42, OK?", 'it is forty two okay').errors).toBe(0);
    expect(normalizeWords('Um, I won’t')).toEqual(['i', 'will', 'not']);
  });
});
