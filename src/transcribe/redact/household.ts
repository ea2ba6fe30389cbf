import type { SensitiveKind } from '../../domain/transcript.ts';
import { type DateRun, dateParts } from './dates.ts';
import { eventWords } from './judge-birth.ts';
import type { Memory } from './memory.ts';
import type { ReadTurn } from './read-turn.ts';

const kin =
  'wife|husband|hubby|spouse|partner|fiance|fiancee|girlfriend|boyfriend|son|daughter|child|children|kids?|baby|twins?|boys?|girls?|mom|dad|mama|mother|father|sister|brother|grandson|granddaughter|grandchild|grandbaby|niece|nephew|stepson|stepdaughter';
const relations = `${kin}|man|lady|gentleman|guy|fella|beneficiary|co-applicant|dependent|driver|youngest|oldest|eldest|second|first|third|other|ones?`;
const which =
  'young|little|other|older|younger|oldest|youngest|eldest|middle|big|new|second|first|third|last';
/** "ha nice and your son's": anything short before "and". */
const anyLead = "(?:(?:[a-z']+ ){0,3}(?<!\\byou )(?:and|what about|how about) )?";
const leadIns =
  '(?:(?:okay|ok|alright|right|great|perfect|thanks|thank you|good|very good|got it|and|then|now|next|so|also|um|uh|mm hm|what about|how about) )*';
const endings = "(?: (?:please|too|as well|again|sir|ma'am|hon|honey|sweetheart|dear))*";
const relative = `(?:your |the |his |her |that )?(?:(?:${which}) )*(?:${relations})(?:'s|s')?`;
const anybody = new RegExp(
  `^${anyLead}${leadIns}(?:(?:what's|what is|when's|when is|for) )?(?:hers|his|yours|theirs|mom's|dad's|${relative})${endings}$`,
);
/** "your wife's on the title, so hers too" */
const alsoOf = /\b(?:so|and|need|get|have|then) (?:hers|his|theirs|yours|mine)(?: (?:too|as well|also))+$/;
/** Too short to ask for anything unless something leads to it: "and you?". */
const led = new RegExp(
  `^${leadIns}(?:and|what about|how about|for) (?:you|him|her|them|yourself)${endings}$`,
);
const nameAsked =
  /(?:^|[.!?,] )(?:(?:And|and|What about|How about) (\p{Lu}\p{Ll}+)|(\p{Lu}\p{Ll}+)['’]s)\?$/u;
const noPerson = new Set(
  'Medicare Medicaid Part Tricare Mine Today What Who Where When That It There'.split(' '),
);

/**
 * A question that names nobody but another person: "Your wife?" "And the little one?" "hers?" "And Luke?". It asks for
 * what was said last, of somebody else.
 */
export function asksOfAnother({ tokens, text, speaker, cues, runs }: ReadTurn): boolean {
  if (speaker === 'caller') return false;
  const sentence = Math.max(-1, ...[...text.matchAll(/[.!?]\s+(?=\S)/g)].map(({ index }) => index));
  const begin = Math.max(0, ...runs.map(({ to }) => to));
  const tail = tokens.filter((token, index) => index >= begin && token.from > sentence);
  if (tail.length === 0 || cues.some(({ to }) => tokens[to - 1]!.from >= tail[0]!.from)) return false;
  const words = tail.map((token) => token.text).join(' ');
  const asked = nameAsked.exec(text.trim());
  const isName = asked !== null && !noPerson.has(asked[1] ?? asked[2] ?? '');
  return anybody.test(words) || alsoOf.test(words) || led.test(words) || isName;
}

/** What a question for another person asks for: what was given within the last turns, the latest first. */
export function askedAgain(memory: Memory, index: number): SensitiveKind[] {
  const given = (
    [
      ['date_of_birth', memory.birthTurn],
      ['ssn', memory.heard.get('ssn')?.turn ?? -99],
      ['medicare_id', memory.heard.get('medicare_id')?.turn ?? -99],
    ] as const
  ).filter(([, turn]) => index - turn <= 4);
  const latest = Math.max(...given.map(([, turn]) => turn));
  // "and your cell?" was asked since: that is what is asked again
  if (memory.asks.some(({ topic, weak, turn }) => !weak && harmless.has(topic) && turn > latest)) return [];
  return given.toSorted((a, b) => b[1] - a[1]).map(([kind]) => kind);
}

const harmless = new Set(['phone', 'zip', 'other']);

const someone = `she's|she is|he's|he is|i'm|i am|mine|mine's|mine is|his|his is|his was|hers|hers is|her's|they're|(?:${kin}|youngest|oldest|other one|one)(?:'s| is| was)?`;
const verbs =
  'makes?|made|gets?|got|pays?|paid|has|had|have|owes?|works?|lives?|weighs?|takes?|turns?|left|went|bought|since|until|till|at|in|by|from|about|around|for|to|and|or|effective|with|of|that|who|what|not|be|can|do|did|but|if|\\w+ed|\\w+ing';
/** A person, perhaps by name, right before a date: "she's", "my wife tina cole". */
/** A person right before a date: "she's", "my son is". Also by name: "my wife tina cole". */
const person = new RegExp(`\\b(?:${someone})(?: (?:the|on|is|uh|um))* $`);
const named = new RegExp(`\\b(?:me|i'm|my (?:${kin}))(?: (?!(?:${verbs}) )[a-z']+){1,3} $`);

/** A whole date said of a person: "and she's fourteenth of February, eighty one". */
export function isOfPerson(date: DateRun, { tokens }: ReadTurn): boolean {
  const isLate = /20[2-9]\d$/.test(date.digits) || /^2[4-9]$/.test(date.numbers.at(-1) ?? '');
  if (dateParts(date) !== 3 || isLate) return false;
  const words = tokens.slice(Math.max(0, date.from - 6), date.from);
  const before = words.map((token) => `${token.text} `).join('');
  return person.test(before) || named.test(before);
}

/** "me robert four nine sixty one and my wife tina eight thirteen sixty three": bare numbers for several people. */
export function listsPeople(turn: ReadTurn): boolean {
  return turn.dates.filter((date) => date.numbers.length >= 3 && isOfPerson(date, turn)).length >= 2;
}

const family = /\b(?:wife|husband|spouse|sons?|daughters?|kids?|child|children|boys|girls|grand\w+)\b/i;

/** A whole date with its year, where the people of a household are listed: "any kids?" "Emma, 12/1/2008". */
export function isOfHousehold(date: DateRun, turn: ReadTurn, previous: ReadTurn | undefined): boolean {
  const isWhole = date.birthYear !== null || /20[01]\d$/.test(date.digits);
  const speaks = family.test(turn.text) || family.test(previous?.text ?? '');
  const isListed = dateParts(date) === 3 && date.numbers.length === 3 && !eventWords.test(turn.text);
  return isWhole && isListed && speaks;
}
