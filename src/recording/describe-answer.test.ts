import { expect, test } from 'vitest';
import { describeAnswer, maskNumbers } from './describe-answer.ts';

test.each([
  ['<!DOCTYPE html><html><form action=/login><input type="password"></form>', 'a page to sign in'],
  ['\n<html><head><title>Log in</title></head>', 'a page to sign in'],
  ['<html><body><h1>Your link has expired</h1>', 'the link has expired'],
  ['<html><body>Welcome</body></html>', 'a web page'],
  ['{"error":"Unauthorized"}', 'an error in JSON about credentials'],
  ['{"message":"The link is no longer valid"}', 'an error in JSON that says that the link has expired'],
  ['{"error":{"message":"Recording not found"}}', 'no such recording'],
  ['{"id":7}', 'JSON in place of a recording'],
  ['<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', 'an error in XML about credentials'],
  ['<Error><Code>NoSuchKey</Code></Error>', 'no such recording'],
])('row 131: %j is %s', (text, words) => {
  expect(describeAnswer(text)).toContain(words);
});

test.each(['', 'hello', '#EXTM3U'])('row 131: of %j nothing is claimed', (text) => {
  expect(describeAnswer(text)).toBe('');
});

test('row 148: numbers of callers are masked in what a server says', () => {
  const said = maskNumbers('No such key: calls/+1 (312) 555-0100.mp3, error 404 at 10:15');
  expect(said).toBe('No such key: calls/….mp3, error 404 at 10:15');
});
