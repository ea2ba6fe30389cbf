import type { SensitiveKind } from '../../domain/transcript.ts';
import { matchTokens } from './digit-runs.ts';
import type { Token } from './tokens.ts';

/** What a number that is about to be said, or was just said, belongs to. `phone`, `zip`, `other` and `expiry` stay. */
export type Topic = SensitiveKind | 'account' | 'expiry' | 'phone' | 'zip' | 'other';

/** Words that name a topic, as a token range. Weak ones need more evidence from the number itself. */
export type Cue = { topic: Topic; from: number; to: number; weak: boolean };

type CuePattern = { topic: Topic; weak?: boolean; pattern: RegExp };

/** Where patterns overlap, the earlier one of this list wins. */
const cuePatterns: CuePattern[] = [
  // numbers that are no secret, though their names hold words that occur below
  {
    topic: 'phone',
    pattern:
      /\b(?:(?:tele)?phone|cell|mobile|callback|call back|home|work|contact|fax|best|another|good) (?:phone )?numbers?\b/g,
  },
  {
    topic: 'phone',
    pattern:
      /\b(?:reach|call|text|ring|try) (?:you|me|him|her|them|us)(?: back)? (?:at|on)\b|\bnumber (?:to|i|we) (?:reach|call|can|text)\b|\bmy (?:cell|phone|mobile)\b(?! (?:is|was) (?:dead|dying|broken))|\bi'?m calling from\b|\barea code\b/g,
  },
  { topic: 'zip', pattern: /\bzip(?: ?code)?'?s?\b|\bpostal code\b/g },
  {
    topic: 'medicare_id',
    pattern:
      /\bmedicare(?: card| beneficiary| claim)? (?:number|id|i d|i'd|identifier)\b|\bm b i\b|\bmbi\b|\bmedicare (?:and|or) .{0,20}numbers?\b|\bnumber (?:on|off|from)(?: \w+){0,3} (?:medicare|red)\b|\bbeneficiary (?:number|id|i d|identifier)\b/g,
  },
  {
    topic: 'other',
    pattern: /\b(?:medicare|part [ab]|policy|coverage|plan) (?:effective|start(?:ed)?|began)\b/g,
  },
  {
    topic: 'other',
    pattern:
      /\b(?:policy|confirmation|claim|claims|reference|case|quote|tracking|order|invoice|ticket|group|member|membership|subscriber|employee|badge|agent|agency|license|licence|npn|enrollment|application|account rep|report|docket|file|serial|model|vin|plate|ref|customer|client|loan|lead|extension|promo|offer|approval|authorization|verification|access|gate|apartment|unit|house|flight|room)(?: account)?(?: i d| id)? (?:number|no|code|numbers)\b/g,
  },
  {
    topic: 'other',
    pattern:
      /\b(?:confirmation|confirmation's|policy's|reference|case|claim|ticket|extension|member i d|member id|plate|vin) (?:is|ends|ending|starts|begins)\b|\b(?:electric|electricity|power|utility|gas|water|energy|meter)(?: bill| company)?(?:'s)? account\b|\baccount number (?:on|from|off)(?: \w+){0,3} (?:bill|statement|meter)\b|\bmeter number\b|\bcredit score\b|\bmileage\b|\bodometer\b/g,
  },
  {
    topic: 'other',
    pattern:
      /\bstreet address\b|\b(?:mailing|home|your|the|property|service) address\b|\bhow (?:much|many|old|long|far|big|tall)\b|\bwhat (?:time|year|day|age)\b|\beffective(?: date)?\b|\bdeductible\b|\bincome\b|\bpremium\b|\bmonthly payment\b|\bappointment\b/g,
  },
  {
    topic: 'expiry',
    pattern:
      /\bexp(?:iration|iry|ires?|iring)?(?: date)?\b|\bgood (?:through|thru)\b|\bvalid (?:through|thru|until)\b/g,
  },

  // bank before card: "routing number on the debit account" is a bank's
  {
    topic: 'bank_account',
    pattern:
      /\brouting\b|\ba b a\b|\baba number\b|\b(?:bank|checking|savings|chequing|draft|debit|deposit) (?:account|acct)s?(?: numbers?| and routing)?\b|\btransit number\b/g,
  },
  { topic: 'account', pattern: /\b(?:account|acct) (?:and|or|number|numbers|n routing|i d|id)\b/g },
  {
    topic: 'bank_account',
    pattern: /\b(?:bottom|front|corner) of (?:the|your|a|my) (?:check|cheque)\b|\bvoid(?:ed)? check\b/g,
  },
  {
    topic: 'account',
    pattern:
      /\b(?:your|the|my|and) (?:account|acct)\b(?! (?:is|was|has been)? ?(?:closed|open|active|current|manager|holder|balance))/g,
  },
  {
    topic: 'bank_account',
    weak: true,
    pattern:
      /\b(?:your|my|the|a) (?:checking|savings|bank|credit union|draft)\b|\b(?:checking|savings)\b|\bdirect deposit\b|\bbank it\b/g,
  },

  {
    topic: 'card_cvv',
    pattern:
      /\b(?:security|three digit|3 digit|four digit|card verification|c v v|c v c|c v|c v b|cvv|cvc) (?:code|number|numbers|digits?)\b|\bcvv2?\b|\bcvc\b|\bc v [vcb]\b|\b(?:code|digits?|three|four|3|4) (?:numbers? )?(?:that's |that is )?on (?:the )?(?:back|front|reverse|signature)\b/g,
  },
  {
    topic: 'card_cvv',
    weak: true,
    pattern: /\b(?:back|reverse)(?: side)? of (?:the|your|that|it|my)(?: card| it)?\b|\bon the back\b/g,
  },
  { topic: 'card_cvv', weak: true, pattern: /\b(?:the|and|a|your) code\b/g },
  {
    topic: 'ssn',
    pattern:
      /\bsocials?(?= (?:security )?(?:number|num|no)\b)(?: security)? (?:number|num|no)\b|\bsocial security (?:card )?(?:number|digits)\b|\bs s n\b|\bssn\b|\btax i d\b|\btaxpayer\b|\blast four (?:of|on)(?: \w+){0,2} socials?(?: security)?\b|\blast four (?:social|s s n|ssn)\b/g,
  },
  {
    topic: 'ssn',
    pattern:
      /\b(?<!\b(?:on|from|get|gets|getting|draw|draws|drawing|collect|collecting|receive|receiving|just|have|live on|and) )socials?(?: security)?\b(?! (?:security )?(?:checks?|income|disability|office|benefits?|media|workers?|work|services?|pays?|payments?|deposits?|administration|comes|goes|hits|raise|retirement|club|life|event|anxiety|distancing))/g,
  },
  {
    topic: 'date_of_birth',
    pattern:
      /\b(?:date|day|month|year) (?:of|and year of) (?:your |her |his |their )?birth\b|\bbirth ?(?:date|day)s?\b|\bbirthdates?\b|\bbirthdays?\b|\bd o b\b|\bdob\b|\b(?:you|i was|i'm) born\b(?! (?:the|at|and|with|to|a|here|there|this|same|early))|\bbirth\b(?! (?:certificate|control|defects?))/g,
  },
  { topic: 'date_of_birth', weak: true, pattern: /\bborn\b/g },
  {
    topic: 'card_number',
    pattern:
      /\b(?:credit|debit|visa|master|bank|discover|amex)? ?card(?:'s)? (?:number|num|no|digits|info|information|details)\b|\b(?:credit|debit) card\b|\b(?:long|sixteen|16|fifteen|full) (?:digit )?(?:number|digits?)\b|\bnumber (?:on|off|across|from)(?: the front of)? (?:the|your|that|my) (?:front|card)\b|\b(?:front of|off) (?:the|your) card\b/g,
  },
  {
    topic: 'card_number',
    weak: true,
    pattern:
      /\b(?:which |what |the |a |your |my |that |this |new |same |other )?card\b|\bvisa\b|\bmaster ?card\b|\bdiscover\b|\bamex\b|\bamerican express\b/g,
  },
];

/** Every cue of a text, in order, without overlaps. */
export function findCues(tokens: readonly Token[]): Cue[] {
  const cues: Cue[] = [];
  for (const { topic, weak = false, pattern } of cuePatterns) {
    for (const { from, to } of matchTokens(tokens, pattern)) {
      const overlaps = cues.some((cue) => cue.from < to && from < cue.to);
      if (!overlaps) cues.push({ topic, from, to, weak });
    }
  }
  return cues.sort((a, b) => a.from - b.from);
}
