import { matchTokens } from './match-tokens.ts';
import { findNumbers, type NumberGroup } from './number-words.ts';
import type { Token } from './tokens.ts';

/** Numbers said one after another, with nothing but fillers between them. */
export type DigitRun = { from: number; to: number; digits: string; groups: NumberGroup[] };

const fillers = new Set('dash hyphen uh um er ah and then space slash hmm mm'.split(' '));

/** Words that a number followed by them counts or measures: such a number is an amount. */
const measures = new Set(
  (
    'dollar dollars buck bucks cent cents percent grand k thousand million a per an month months monthly year years ' +
    "week weeks day days hour hours minute minutes second seconds o'clock oclock am pm people kids children times " +
    'miles pounds pills milligrams milligram mg micrograms mcg units inches tablets feet square mile foot acres bedroom bedrooms payments deductible premium something ish'
  ).split(' '),
);

/** Words that lead to an amount, an age, a time or a count. */
const leads = new Set(
  "i'm im age aged about around roughly almost nearly over under than at until till by since between within be total totals she's he's drafts draft pay pays paying payment premium charge charged".split(
    ' ',
  ),
);

/** Phrases in which a number word is none of the caller's numbers: `one second`, `the last four`, `part two`. */
const idioms = [
  /\b(?:one|a) (?:second|sec|moment|minute|more|time|at a time|thing|of)\b/g,
  /\b(?:no|this|that|which|the|another|next|any|every|last|first|other|right|wrong|little|young|big|older|younger|middle|oldest|youngest|long|longer|short) ones?\b(?! (?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)\b)/g,
  /\b(?:first|last|next|all|those|these|the) (?:two|three|four|five|six|eight|nine|eleven|sixteen)\b(?! (?:zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b)/g,
  /\b(?:two|three|four|five|nine|sixteen|fifteen|ten|eleven) (?:digits?|numbers?|letters?|on the (?:back|front))\b/g,
  /\b(?:one|two|three|four|\d) (?:too many|too few|extra|short|missing|left over|off)\b/g,
  // forms by their names: "my DD 214", "the ten ninety nine form"
  /\b(?:d d|dd) (?:form )?(?:214|two fourteen|two one four)\b|\b(?:a|the|his|her|my|your|form|on) (?:1099|ten ninety nine|1040|ten forty|1095|ten ninety five)(?= (?:form|money|income|contractor|worker|from|a|job)\b)/g,
  /\b(?:page|part|step|line|option|press|plan|unit|apartment|apt|suite|number|numbers) (?:one|two|three|four|five|six)\b(?! (?:zero|oh|one|two|three|four|five|six|seven|eight|nine)\b)/g,
];

/** Indexes of tokens that are number words by their letters only. */
export function findIdioms(tokens: readonly Token[]): Set<number> {
  const skip = new Set<number>();
  for (const pattern of idioms) {
    for (const { from, to } of matchTokens(tokens, pattern)) for (let i = from; i < to; i++) skip.add(i);
  }
  return skip;
}

/** Runs of digits in a text; amounts, ages and times are left out. `skip` names tokens that are taken already. */
export function findDigitRuns(tokens: readonly Token[], skip: ReadonlySet<number>): DigitRun[] {
  const runs: DigitRun[] = [];
  for (const group of findNumbers(tokens, skip)) {
    if (group.ordinal) continue;
    const last = runs.at(-1);
    const gap = last ? tokens.slice(last.to, group.from) : [];
    if (
      last &&
      gap.length <= 3 &&
      !isNamedAlone(group, gap, tokens) &&
      gap.every((token) => fillers.has(token.text))
    ) {
      last.to = group.to;
      last.digits += group.digits;
      last.groups.push(group);
    } else {
      runs.push({ from: group.from, to: group.to, digits: group.digits, groups: [group] });
    }
  }
  for (const run of runs) leaveCount(run, tokens);
  const pure = isPure(tokens, runs);
  return runs.filter((run) => !isAmount(run, tokens) && (pure || !isRound(run, tokens)));
}

/** "…, then 0104 for the check number": what comes last is named by itself. */
function isNamedAlone(group: NumberGroup, gap: readonly Token[], tokens: readonly Token[]): boolean {
  if (!gap.some(({ text }) => text === 'then')) return false;
  const rest = tokens.slice(group.from, group.from + 16).map((token) => `${token.text} `);
  return /^(?:(?:\d+|zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|double|triple|\w+teen|\w+ty) )+(?:for|is|was|as|being|that's|which is) (?:the|my|your|a) (?:check|zip|phone|expir|policy|member|group|confirm)/.test(
    rest.join(''),
  );
}

const spans = new Set('day days week weeks month months year years hours minutes payments'.split(' '));

/**
 * "four two four two four times", "fifty four fifty four, four times", "800-555-0133 three days before": the last word
 * counts, what is before it was said.
 */
function leaveCount(run: DigitRun, tokens: readonly Token[]): void {
  const count = run.groups.at(-1)!.digits;
  const next = tokens[run.to]?.text ?? '';
  const isCounted =
    (run.digits.length > 4 && /^[2-4]$/.test(count) && next === 'times') ||
    (run.digits.length > 6 && count.length <= 2 && run.groups.length > 1 && spans.has(next));
  if (!isCounted) return;
  run.groups.pop();
  run.to = run.groups.at(-1)!.to;
  run.digits = run.groups.map((group) => group.digits).join('');
}

/** `twelve hundred` among other words is an amount; alone it may be how somebody says digits. */
function isRound(run: DigitRun, tokens: readonly Token[]): boolean {
  return run.digits.length < 7 && saysHundreds(run, tokens);
}

/** True where a run names hundreds or thousands, as amounts do. */
export function saysHundreds(run: { from: number; to: number }, tokens: readonly Token[]): boolean {
  return tokens.slice(run.from, run.to).some((token) => /^(?:hundred|thousand)$/.test(token.text));
}

const streets = new Set(
  'street avenue ave road rd lane drive court circle way boulevard blvd highway place terrace trail apartment'.split(
    ' ',
  ),
);

/** `eleven forty oak street`: a number shortly before the name of a street. */
export function isHouseNumber(run: { to: number }, tokens: readonly Token[]): boolean {
  return tokens.slice(run.to, run.to + 3).some((token) => streets.has(token.text));
}

/** "4410 elm court, 85224": five digits shortly after the name of a street are a ZIP code. */
function isZipOfStreet(run: DigitRun, tokens: readonly Token[]): boolean {
  const before = tokens.slice(Math.max(0, run.from - 3), run.from);
  return run.digits.length === 5 && before.some((token) => streets.has(token.text));
}

const mailHosts = new Set(
  'gmail yahoo hotmail aol icloud outlook msn comcast verizon att live bellsouth'.split(' '),
);

/** "jsmith 1962 at gmail". */
export function isOfMail(run: { to: number }, tokens: readonly Token[]): boolean {
  return tokens[run.to]?.text === 'at' && mailHosts.has(tokens[run.to + 1]?.text ?? '');
}

function isAmount(run: DigitRun, tokens: readonly Token[]): boolean {
  if (run.digits.length > 6) return false;
  if (isHouseNumber(run, tokens) || isZipOfStreet(run, tokens) || isOfMail(run, tokens)) return true;
  const after = tokens[run.to]?.text ?? '';
  const before = tokens[run.from - 1]?.text ?? '';
  const next = tokens[run.to + 1]?.text ?? '';
  if (measures.has(after) && (after !== 'a' || !/^[b-ln-z]$/.test(next))) return true;
  if (after === 'p' && next === 'm') return true;
  // "it's a 2014"
  const isYear = /^(?:19[5-9]\d|20[0-3]\d)$/.test(run.digits) && run.groups.length <= 2;
  const isEnding = /^end/.test(tokens[run.from - 2]?.text ?? '');
  if (isYear && !isEnding && ['a', 'in', 'since', 'from'].includes(before)) return true;
  return run.digits.length <= 4 && leads.has(before);
}

const asides = new Set(
  (
    "okay ok yes yeah yep uh um er ah mm hm it's its thats is the that's thats and then so it my a um-hum right sure alright " +
    "ma'am sir " +
    'wait sorry no well oh let me check here got hold on again one more i said dash hyphen space'
  ).split(' '),
);

/**
 * True when a turn says next to nothing but these tokens: an answer, a part of one or its repetition. What is ignored
 * counts neither way.
 */
export function isPure(
  tokens: readonly Token[],
  taken: { from: number; to: number }[],
  ignored: readonly { from: number; to: number }[] = [],
): boolean {
  const inside = (index: number) =>
    [...taken, ...ignored].some(({ from, to }) => index >= from && index < to);
  const rest = tokens.filter((token, index) => !inside(index) && !asides.has(token.text)).length;
  // a date is a run of digits as well: its words count once
  const said = tokens.filter((_token, index) =>
    taken.some(({ from, to }) => index >= from && index < to),
  ).length;
  return said > 0 && rest <= said / 4;
}
