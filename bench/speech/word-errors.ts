const fillers = new Set('uh um er ah hmm mm mhm hm oh uhm'.split(' '));
const whole: Record<string, string> = {
  "won't": 'will not',
  "can't": 'can not',
  cannot: 'can not',
  "let's": 'let us',
  gonna: 'going to',
  wanna: 'want to',
  gotta: 'got to',
  okay: 'ok',
  mr: 'mister',
  mrs: 'missus',
  dr: 'doctor',
};
const endings: [RegExp, string][] = [
  [/n't$/, ' not'],
  [/'re$/, ' are'],
  [/'ve$/, ' have'],
  [/'ll$/, ' will'],
  [/'d$/, ' would'],
  [/'m$/, ' am'],
];
/** After these, `'s` is "is"; elsewhere it may be a genitive and stays. */
const before = /^(it|that|he|she|what|there|here|who|where|how)'s$/;

/** Words as they are compared: lower case, no punctuation or fillers, contractions and numbers spelled out. */
export function normalizeWords(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/(\d),(\d{3})/g, '$1$2')
    .replaceAll(/\d+/g, (digits) => ` ${spellNumber(Number(digits))} `)
    .replaceAll(/[^a-z'\s]/g, ' ')
    .split(/\s+/)
    .map((word) => word.replaceAll(/^'+|'+$/g, ''))
    .flatMap((word) => expand(word).split(' '))
    .filter((word) => word !== '' && !fillers.has(word));
}

function expand(word: string): string {
  if (whole[word]) return whole[word];
  if (before.test(word)) return word.replace("'s", ' is');
  const ending = endings.find(([pattern]) => pattern.test(word));
  return ending ? word.replace(ending[0], ending[1]) : word;
}

const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

function spellNumber(value: number): string {
  if (value < 20) return small[value]!;
  if (value < 100) return `${tens[Math.floor(value / 10)]} ${value % 10 ? small[value % 10] : ''}`;
  if (value < 1000)
    return `${small[Math.floor(value / 100)]} hundred ${value % 100 ? spellNumber(value % 100) : ''}`;
  if (value < 1_000_000) {
    return `${spellNumber(Math.floor(value / 1000))} thousand ${value % 1000 ? spellNumber(value % 1000) : ''}`;
  }
  return [...String(value)].map((digit) => small[Number(digit)]).join(' ');
}

/** What it takes to make the reference what was heard: words replaced, added and left out. */
export type WordErrors = {
  words: number;
  errors: number;
  substitutions: number;
  insertions: number;
  deletions: number;
};
type Cost = Omit<WordErrors, 'words'>;

/** Words of the reference, and the fewest changes that make it what was heard. */
export function wordErrors(reference: string, heard: string): WordErrors {
  const [wanted, got] = [normalizeWords(reference), normalizeWords(heard)];
  let row: Cost[] = [none];
  for (const _ of got) row.push(add(row.at(-1)!, 'insertions'));
  for (const word of wanted) {
    const next = [add(row[0]!, 'deletions')];
    for (const [index, other] of got.entries()) {
      const diagonal = word === other ? row[index]! : add(row[index]!, 'substitutions');
      next.push(cheapest(diagonal, add(row[index + 1]!, 'deletions'), add(next[index]!, 'insertions')));
    }
    row = next;
  }
  return { words: wanted.length, ...row.at(-1)! };
}

const none: Cost = { errors: 0, substitutions: 0, insertions: 0, deletions: 0 };

const add = (cost: Cost, kind: Exclude<keyof Cost, 'errors'>): Cost => ({
  ...cost,
  errors: cost.errors + 1,
  [kind]: cost[kind] + 1,
});

const cheapest = (...costs: [Cost, ...Cost[]]) =>
  costs.reduce((best, cost) => (cost.errors < best.errors ? cost : best));
