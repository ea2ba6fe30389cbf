/** The first place where a text stops being JSON, and what the sender most likely did. */
export type JsonFault = { offset: number; hint: string };

/** A name that one object holds twice. `same` when both values are written alike. */
export type JsonDuplicate = { key: string; same: boolean };

type Frame = { type: '{' | '['; values: Map<string, string>; key: string; valueStart: number };
type Expect = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma' | 'end';

/** Beyond any limit on accepted JSON; keeps an endless `[[[[` from costing memory. */
const maxDepth = 1_000;

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /[^\s,:{}[\]"']+/y;

const hints = {
  early: 'The body ends too early; it was cut off, or a closing brace or quote is missing.',
  trailingComma: 'Remove the comma before the closing brace.',
  singleQuote: 'JSON wants double quotes, not single ones.',
  lineBreak:
    'A value holds a raw line break or tab. Have the platform escape values for JSON, or send the form type (application/x-www-form-urlencoded).',
  innerQuote:
    'A value holds an unescaped double quote (a name such as Joe "The Man" Inc?). Have the platform escape values for JSON, or send the form type (application/x-www-form-urlencoded).',
  noValue:
    'The value is missing: an unquoted token was left empty. Quote your tokens: "client_id": "[token]".',
  bareToken: 'A token stands without quotes. Quote your tokens: "client_id": "[token]".',
  badWord: 'This is no JSON value. Put the value in double quotes.',
  escape: 'A backslash in a value must be doubled, or start a JSON escape.',
  key: 'A name in double quotes is expected here.',
  curlyQuote:
    'These are typographic quotes (“ ”), as a word processor sets them; JSON wants straight ones (").',
  colon: 'A colon is expected between name and value.',
  comma: 'A comma or a closing brace is expected here.',
  deep: 'It nests far too deep.',
  rest: 'Something follows the end of the JSON.',
} as const;

/** Index after the closing quote of the string that opens at `start`, or the fault within. */
function stringEnd(text: string, start: number): number | JsonFault {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) return at + 1;
    if (code < 32) return { offset: at, hint: hints.lineBreak };
    if (code === 92) {
      const sequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
      sequence.lastIndex = at;
      const found = sequence.exec(text);
      if (!found) return { offset: at, hint: hints.escape };
      at += found[0].length - 1;
    }
  }
  return { offset: text.length, hint: hints.early };
}

const curly = /[\u201c-\u201f\u2018-\u201b«»]/;
/** What follows the brace of a token such as {call_id} or {{call.id}} that stands where a value should. */
const bracedToken = /\{?[\w.: -]+\}/y;

/** Why no name in double quotes stands where one must. */
function keyHint(text: string, at: number): string {
  const char = text[at]!;
  if (char === "'") return hints.singleQuote;
  if (curly.test(char)) return hints.curlyQuote;
  bracedToken.lastIndex = at;
  return bracedToken.test(text) ? hints.bareToken : hints.key;
}

function scalarEnd(text: string, at: number): number | JsonFault {
  const first = text[at]!;
  if (first === '"') return stringEnd(text, at);
  if (first === "'") return { offset: at, hint: hints.singleQuote };
  if (curly.test(first)) return { offset: at, hint: hints.curlyQuote };
  if (first === ',' || first === '}' || first === ']') return { offset: at, hint: hints.noValue };
  word.lastIndex = at;
  const found = word.exec(text)?.[0] ?? first;
  if (found === 'true' || found === 'false' || found === 'null') return at + found.length;
  number.lastIndex = at;
  const digits = number.exec(text)?.[0];
  if (digits !== undefined && digits.length === found.length) return at + digits.length;
  return { offset: at, hint: hints.badWord };
}

/**
 * Walks JSON strictly, without recursion: the first fault, or null for valid JSON, with the names that occur
 * twice in one object. The slow path: runs only where JSON.parse failed or a duplicate is suspected.
 */
export function walkJson(text: string): { fault: JsonFault | null; duplicates: JsonDuplicate[] } {
  const stack: Frame[] = [];
  const duplicates: JsonDuplicate[] = [];
  let expect = 'value' as Expect;
  let afterString = false;
  let at = 0;
  const fail = (offset: number, hint: string) => ({ fault: { offset, hint }, duplicates });
  const valueDone = (end: number) => {
    const frame = stack.at(-1);
    expect = frame ? 'comma' : 'end';
    if (frame?.type !== '{') return;
    const value = text.slice(frame.valueStart, end);
    const earlier = frame.values.get(frame.key);
    if (earlier !== undefined) duplicates.push({ key: frame.key, same: earlier === value });
    else frame.values.set(frame.key, value);
  };
  for (;;) {
    while (at < text.length && ' \t\n\r'.includes(text[at]!)) at += 1;
    const char = text[at];
    if (char === undefined) break;
    const frame = stack.at(-1);
    if (expect === 'end') return fail(at, afterString ? hints.innerQuote : hints.rest);
    if (expect === 'colon') {
      if (char !== ':') return fail(at, hints.colon);
      expect = 'value';
      at += 1;
    } else if (expect === 'comma') {
      if (char === ',') {
        expect = frame!.type === '{' ? 'key' : 'value';
        at += 1;
      } else if (char === (frame!.type === '{' ? '}' : ']')) {
        stack.pop();
        at += 1;
        afterString = false;
        valueDone(at);
      } else return fail(at, afterString ? hints.innerQuote : hints.comma);
    } else if (expect === 'key' || expect === 'key-or-end') {
      if (char === '}') {
        if (expect === 'key') return fail(at, hints.trailingComma);
        stack.pop();
        at += 1;
        afterString = false;
        valueDone(at);
        continue;
      }
      if (char !== '"') return fail(at, keyHint(text, at));
      const end = stringEnd(text, at);
      if (typeof end !== 'number') return { fault: end, duplicates };
      frame!.key = JSON.parse(text.slice(at, end)) as string;
      at = end;
      expect = 'colon';
    } else {
      if (frame?.type === '{') frame.valueStart = at;
      if (char === ']' && frame?.type === '[') {
        if (expect === 'value') return fail(at, hints.trailingComma);
        stack.pop();
        at += 1;
        afterString = false;
        valueDone(at);
      } else if (char === '{' || char === '[') {
        if (stack.length >= maxDepth) return fail(at, hints.deep);
        if (char === '[' && /^\[\w+:/.test(text.slice(at, at + 60))) return fail(at, hints.bareToken);
        stack.push({ type: char, values: new Map(), key: '', valueStart: at });
        expect = char === '{' ? 'key-or-end' : 'value-or-end';
        at += 1;
      } else {
        const end = scalarEnd(text, at);
        if (typeof end !== 'number') return { fault: end, duplicates };
        afterString = char === '"';
        at = end;
        valueDone(at);
      }
    }
  }
  return expect === 'end' ? { fault: null, duplicates } : fail(text.length, hints.early);
}
