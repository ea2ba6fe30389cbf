import type { Turn } from '../../domain/transcript.ts';

const gap = (most: number) => `(?: [^ ]+){0,${most}}?`;
const thisCall = '(?:this|the|my|each|every|all|any)';
const whatIsJudged =
  '(?:calls?|callers?|conversations?|transcripts?|leads?|questions?|criteri(?:on|a)|gates?|answers?|scorecards?|records?)';
// no plain judge or assistant: those are people, of courts and of doctors
const judges =
  '(?:ai|llm|gpt|chatgpt|(?:language|ai) (?:model|judge|assistant)|graders?|evaluators?|scorers?|classifiers?)';

/** Orders that make sense to whoever judges the call, and to nobody on the telephone. */
const orders = [
  // to leave what it was told
  `(?:ignore|disregard|forget|override|overrule|bypass|skip)${gap(4)} (?:instructions?|prompts?|guidelines?|directions|directives?|criteria|scorecard|rubric)`,
  `(?:new|updated|real|actual|following|previous|prior) instructions? (?:are|supersede|override|replace)`,
  `follow (?:only )?(?:my|these|the following|those) instructions? (?:instead|only|and (?:mark|score|answer|say|rate))`,
  // what to find
  `(?:mark|score|rate|grade|classify|label|tag|count|treat|judge|evaluate|report)${gap(2)} ${thisCall} ${whatIsJudged}${gap(4)} (?:qualified|billable|converted|sold|sale|yes|true|pass(?:ed)?|valid|hundred|100|highest|perfect)`,
  `(?:mark|score|rate|grade|classify|label|tag|treat|judge|evaluate|report) (?:it|this|me|him|her|everything)${gap(2)} (?:qualified|billable|converted|as sold|as a sale)`,
  `(?:answer|respond|reply|say|output|return|write|print|set|put)${gap(4)} (?:yes|no|true|qualified|sale)(?: (?:to|for|on|in)) ${thisCall}${gap(2)} ${whatIsJudged}`,
  `(?:answer|respond to|reply to|set|mark) ${thisCall}${gap(2)} ${whatIsJudged}${gap(3)} (?:yes|no|true|qualified)`,
  // whom it takes them from
  `(?:system|developer|admin|administrator) (?:prompt|message|override|instructions?|note|notice)`,
  `(?:attention|dear|note to|note for|message to|message for|instructions? to|instructions? for|addressed to|hello|hey|listen)${gap(2)} ${judges}`,
  `(?:whoever|whatever|anyone|anybody|everyone|any ${judges}|the ${judges}) (?:who |that |which )?(?:is |are )?(?:scor(?:es|ing)|grad(?:es|ing)|judg(?:es|ing)|evaluat(?:es|ing)|analy[sz](?:es|ing)|review(?:s|ing)) (?:this|the|these)`,
  `you are now(?: an?| the| in)?${gap(2)} (?:${judges}|assistant|mode)`,
  `(?:act|pretend|behave) (?:as|to be|like)(?: an?| the)${gap(2)} ${judges}`,
  `(?:end|start|beginning) of (?:the )?(?:transcript|prompt|system message|instructions)`,
].map((order) => new RegExp(`(?<= )${order}(?= |$)`));

/** What no voice says: marks by which messages and their shapes are told apart. */
const markup =
  /<\/?(?:system|transcript|instructions?|user|assistant)>|<\|[a-z_]+\|>|\[\/?INST\]|"criterion"\s*:/i;

/**
 * Whether somebody in a call gives orders to whoever judges it: to ignore its instructions, or what to find. Orders are
 * looked for in each turn, in each side's turns one after the other, and in all turns together: they may come in pieces,
 * with the other side's words between. General forms only; an order in other words goes unseen, and then meets the
 * checks of quotes.
 */
export function speaksToJudge(turns: readonly Pick<Turn, 'speaker' | 'text'>[]): boolean {
  const sides = [...Map.groupBy(turns, ({ speaker }) => speaker).values()];
  return [turns, ...sides].some((said) => {
    const text = said.map((turn) => turn.text).join(' ');
    const level = plain(text);
    return markup.test(text) || orders.some((order) => order.test(level));
  });
}

/** Words between single spaces, in small letters; accents, signs and apostrophes do not count. */
function plain(text: string): string {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}'’]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ');
  return ` ${words.trim()} `;
}
