import type { Topic } from './cues.ts';

/** Words that name a topic, over a turn's words in lower case joined by single spaces. */
export type CuePattern = { topic: Topic; weak?: boolean; pattern: RegExp };

/** Numbers that stay, though their names hold words that name sensitive ones. */
const harmless: CuePattern[] = [
  {
    topic: 'phone',
    pattern:
      /\b(?:(?:tele)?phone|cell|mobile|callback|call back|home|work|contact|fax|best|another|good|800|toll free|doctor's|office|daughter's|son's) (?:phone )?numbers?\b|\barea code\b|\bi'?m calling from\b/g,
  },
  {
    topic: 'phone',
    pattern:
      /\b(?:reach|call|text|ring|try|dial) (?:you|me|him|her|them|us|it)(?: back)? (?:at|on)\b|\b(?:phone|cell|mobile)(?: \w+){0,2} (?:ends|ending|ended)\b|\bnumber (?:to|i|we) (?:reach|call|can|text)\b|\b(?:my|your|his|her|the|home|best) (?:cell|phone|mobile|cellphone)\b(?!(?:'s| is| was| keeps)? (?:dead|dying|broken|ringing|low|cutting|about|battery))/g,
  },
  { topic: 'zip', pattern: /\bzip(?: ?code)?(?:'s|s)?\b|\bpostal code\b/g },
  {
    topic: 'other',
    pattern:
      /\b(?:policy|confirmation|claims?|reference|case|quote|tracking|order|invoice|ticket|group|member|membership|subscriber|employee|badge|agent|agency|company|producer|broker|adjuster|vendor|licen[sc]e|npn|enrollment|application|report|docket|file|serial|model|vin|plate|ref|customer|client|loan|lead|promo|offer|agreement|project|program|intake|plan|settlement|booking|reservation|account holder|lot|device|panel|policyholder|benefit|certificate|election|sequence|survey|approval|authorization|verification|access|gate|apartment|unit|house|flight|room|extension|permit|check|page|job|work order|receipt|registration|transaction|parcel|incident|recall|error|meter|record|contract|patient|provider|rx|prescription|street|box)(?: account)?(?: (?:i d|id|number|no|code|numbers))+\b/g,
  },
  {
    topic: 'other',
    pattern:
      /\b(?:your|the) confirmation(?= it's\b| it is\b| reads\b| comes\b)|\b(?:confirmation|policy|reference|case|claim|ticket|extension|member i d|member id|plate|vin)(?:'s| is| was| ends| ending| starts| begins)\b|(?<!\b(?:hurt|hit|affect|ding|lower|drop|impact)(?: my| your| the)?(?: credit)? )\b(?:credit )?scores?\b|\bmileage\b|\bodometer\b|\bmeter number\b/g,
  },
  {
    // named by themselves: "the last four of the VIN", "NPN is", "driver's license?"
    topic: 'other',
    pattern:
      /\bvin\b|\bv i n\b|\bnpn\b|\bpass ?(?:codes?|words?)\b|\bn p n\b|\bdriver'?s'? licen[sc]e\b|\blicense plate\b|\b(?:one time|temporary) (?:code|passcode|pin)\b|\b(?:texted|texting|text|sent|sending|emailed)(?: \w+){0,5} (?:code|passcode)\b|\b(?:six|6|five|5) digit (?:code|passcode|number)\b|\bdate of (?:loss|accident|incident|injury|service|purchase|hire|issue|diagnosis|death|marriage|installation)\b/g,
  },
  {
    // named right before its number: "invoice two oh nine"
    topic: 'other',
    pattern:
      /\b(?:invoice|order|ticket|case|claim|reference|ref|quote|docket|extension|ext|confirmation|policy|lead|loan)(?= (?:\d+|zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|double|triple|\w+teen|\w+ty)\b)/g,
  },
  {
    // "my last policy was globe life number three two two": whose number it is stands between
    topic: 'other',
    pattern:
      /\b(?:policy|policies|coverage|member|claim)(?: (?!card|account|routing|checking|savings|bank|debit|credit|phone|numbers?)[a-z']+){1,5} numbers?(?= (?:is |was |[a-z] )*(?:\d+|zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|double|triple|\w+teen|\w+ty)\b)|\b(?:life|insurance|mutual|casualty|humana|aetna|cigna|blue cross|state farm|geico|progressive|allstate) (?:policy )?(?:numbers?|id)\b/g,
  },
  {
    topic: 'other',
    pattern:
      /\b(?:electric|electricity|power|utility|gas|water|energy|meter)(?: bill| company)?(?:'s)? account\b|\baccount number (?:on|from|off)(?: \w+){0,3} (?:bill|statement|meter)\b/g,
  },
  {
    topic: 'other',
    pattern:
      /\b(?:street|mailing|home|your|the|property|service|garaging|billing|physical|current|new|old|full|same|his|her|what) address\b|\bhow (?:much|many|old|long|far|big|tall|young|heavy)\b|\b(?:height|weight|weighs?)\b|\bblood (?:pressure|sugar)\b|\bdos(?:e|es|age)\b|\bwhat (?:time|age|kind of)\b|\bwhat year(?: (?:is|was|did)(?: \w+)?)? (?:the|your|it|that|this|make|model)\b(?! (?:of )?birth)|\b(?:the|what) year(?: that)? (?:you|he|she|it|they|we|the|your)(?: (?!born|birth)[a-z']+){0,3} (?:married|bought|moved|built|started|retired|passed|died|diagnosed|installed|made|happened|divorced|signed|enrolled)\b|\bwhen (?:did|does|do|was|will|would)\b|\b(?:part [ab]|coverage|policy|plan|benefits?) (?:starts?|started|begins?|began|effective)\b|\beffective(?: date)?\b|\byour (?:monthly|yearly|annual|household|combined|gross|net)\b|\bdeductible\b|\bincome\b|\btake home\b|\bbring home\b|\byou're (?:making|earning|paying|bringing)\b|\b(?:salary|wages|paycheck)\b|\byou (?:make|making|earn|earning|owe|spend|spending)\b|\b(?:you|are you|were you) (?:paying|pay)\b|\bpremium\b|\btotal (?:is|today|comes|of|for|would|will|due|that's)\b|\border total\b|\bcom(?:es|ing)(?: out| in)? (?:to|at)\b|\bmonthly payment\b|\bappointment\b/g,
  },
  {
    topic: 'expiry',
    pattern:
      /\bexp(?:iration|iry|ires?|iring|ired)?(?: date)?\b|\bgood (?:through|thru|til|till|until)\b|\bvalid (?:through|thru|until)\b/g,
  },
];

const medicare: CuePattern[] = [
  {
    topic: 'medicare_id',
    pattern:
      /\bmedicare(?: card| beneficiary| claim)? (?:number|numbers|id|i d|i'd|identifier)\b|\bm b i\b|\bmbi\b|\bbeneficiary (?:number|id|i d|identifier)\b|\b(?:number|letters|id|i d)(?: and (?:numbers|letters))? (?:on|off|from)(?: \w+){0,3} (?:medicare|red)\b|\bred white and blue(?: card)? number\b/g,
  },
  {
    topic: 'medicare_id',
    weak: true,
    pattern:
      /\bmedicare card\b|\bnumbers? with (?:the |all the )?letters\b|\bletters and numbers\b|\bnumbers and letters\b|\bred white and blue(?: \w+){0,2} card\b/g,
  },
];

const social: CuePattern[] = [
  {
    topic: 'ssn',
    pattern:
      /\bsocials?(?: security)? (?:number|num|no|digits)\b|\bsocial security card (?:number|digits)\b|\bs s n\b|\bssn\b|\btax i d\b|\btaxpayer\b|\blast four (?:of|on)(?: \w+){0,2} socials?(?: security)?\b|\blast four (?:social|s s n|ssn)\b|\b(?:just|only|give me|even) the last four\b(?! (?:of|on|digits))/g,
  },
  {
    // "social security" as income, an office or a date of payment is no number
    topic: 'ssn',
    pattern:
      /(?<!\b(?:pension|retirement|job|work|wages|disability|ssi|va|annuity|paycheck)(?: \w+){0,2} (?:and|plus|or) )\b(?:your|his|her|the|full|whole|spouse's|wife's|husband's) social security\b(?! (?:or|and|plus|checks?|income|disability|office|benefits?|award|letter|pays?|payments?|deposits?|administration|comes|goes|hits|raise|retirement|on the)\b)/g,
  },
  {
    topic: 'ssn',
    weak: true,
    pattern:
      /(?<!\b(?:on|from|get|gets|getting|draw|draws|drawing|collect|collecting|receive|receiving|just|have|live on|call|told) )\bsocial security\b(?! (?:or|and|plus|checks?|income|disability|office|benefits?|award|letter|pays?|payments?|deposits?|administration|comes|goes|hits|raise|retirement|on the)\b)/g,
  },
  {
    topic: 'ssn',
    pattern:
      /\bsocials?\b(?! (?:security|media|workers?|work|services?|club|life|events?|anxiety|distancing|circle|hour|skills)\b)/g,
  },
];

const bank: CuePattern[] = [
  {
    topic: 'bank_account',
    pattern:
      /\brouting\b|\ba b a\b|\baba number\b|\b(?:number|account) (?:do|does|should|would|will|can|to)(?: \w+){0,2} (?:draft|draw|pull|withdraw|debit|take)\b|\b(?:bank|checking|savings|chequing|draft|debit|deposit) (?:account|acct)s?(?: numbers?| and routing)?\b|\btransit number\b|\b(?:bottom|front|corner|left|right)(?: left| right)?(?: corner| side)? of (?:the|your|a|my) (?:check|cheque)\b|\bvoid(?:ed)? check\b|\bbottom (?:left|right)\b|\b(?:first|second|next|other|last|left|right) set of numbers\b|\b(?:numbers?|digits?|ones?) (?:on|off|from|at|along|across)(?: the(?: very)? bottom of)? (?:your|the|a|my|that|one of your) (?:check|cheque)s?\b|\b(?:numbers?|digits?|line) (?:on|at|along|across|down)(?: at)? the(?: very)? (?:bottom|left)\b(?! of (?:the|your|that) (?:card|bill|letter|statement|page|form|notice))|\bbottom of (?:the|your|a|my|that|one of your) (?:check|cheque)s?\b|\b(?:long|longer|other|next|second|short|shorter)(?: one| ones| number| numbers| set| group)+(?: of numbers| of digits)? (?:next to|beside|right after|after|to the right|on the right)\b|\b(?:ones?|numbers?|digits|set) (?:next to|beside|to the right of|right of) (?:it|that|them|those)\b/g,
  },
  {
    topic: 'account',
    pattern:
      /^(?:and |okay |ok |alright |then |now |the )*(?:account|acct) $|\b(?:account|acct) (?:and|or|number|numbers|n routing|i d|id)\b|\b(?:account|acct) (?:that )?(?:ending|ends)(?: in| with)?\b|\b(?:your|the|my|and) (?:account|acct)\b(?! (?:is|was|has been)? ?(?:closed|open|active|current|manager|holder|balance))/g,
  },
  {
    topic: 'bank_account',
    weak: true,
    pattern:
      /\b(?:your|my|the|a) (?:checking|savings|bank|credit union|draft)\b|\b(?:checking|savings)\b|\b(?:which|what) (?:account|bank)\b|\b(?:drawn|drafted|taken|debited|withdrawn) (?:from|out of)\b|\bdirect deposit\b|\bbank it\b/g,
  },
];

const birth: CuePattern[] = [
  {
    topic: 'date_of_birth',
    pattern:
      /\b(?:dates?|days?|months?|years?) (?:of|and year of) (?:your |her |his |their )?births?\b|\bbirth ?(?:date|day)s?(?:'s)?\b|\bbirthdays?(?:'s)?\b|\bd o b\b|\bdobs?\b|\b(?<!\bwhere (?:were |was |are )?)(?:you|i|he|she|they|was|were|i'm) born\b(?! (?:the|at|and|with|to|a|here|there|this|same|early)\b)|\bbirth\b(?! (?:certificate|control|defects?))/g,
  },
  { topic: 'date_of_birth', weak: true, pattern: /\bborn\b/g },
];

const card: CuePattern[] = [
  {
    topic: 'card_number',
    pattern:
      /\bcard (?:that )?(?:ending|ends|ended)(?: in| with)?\b|\b(?:(?:credit|debit|visa|master|bank|discover|amex) )?card(?:'s)? (?:number|num|no|digits|info|information|details)\b|\b(?:credit|debit) card\b|\b(?:long|sixteen|16|fifteen|full) (?:digit )?(?:number|digits?)\b|\bnumbers? (?:\w+ )?(?:on|off|across|from|along)(?: the front of)? (?:the|your|that|my) (?:front|card)\b|\b(?:front of|off) (?:the|your) card\b/g,
  },
  {
    topic: 'card_cvv',
    pattern:
      /\b(?:security|three digit|3 digit|four digit|card verification|c v v|c v c|c v|c v b|cvv|cvc) (?:code|digits?)\b|\b(?:three|3|four) digit number\b|\bcvv2?\b|\bcvc\b|\bc v [vcb]\b|\b(?:code|digits?|three|four|3|4) (?:numbers? )?(?:that's |that is )?on (?:the )?(?:back|front|reverse|signature)\b|\b(?:those|the|little) last (?:three|3)\b(?! (?:years|months|weeks|days|times|of)\b)/g,
  },
  {
    topic: 'card_cvv',
    weak: true,
    pattern:
      /(?<!\b(?:zip|area|promo|access|gate|postal|discount|verification|confirmation|text|door|offer|coupon|dress) )\bcodes?\b|\b(?:flip|turn) (?:it|the card|that) over\b|^(?:and |the |okay |ok )*security $|\bsignature (?:strip|panel|line|box)\b|\b(?:back|reverse)(?: side)? of (?:the|your|that|it|my)(?: card| it)?\b|\bthe back(?:'s)?\b(?! (?:door|yard|porch|room|of the (?:house|line|check)|bedroom|seat|end))/g,
  },
  {
    topic: 'card_number',
    weak: true,
    pattern:
      /\b(?:which |what |the |a |your |my |that |this |new |same |other )?card\b|\bvisa\b|\bmaster ?card\b|\bdiscover\b|\bamex\b|\bamerican express\b|\bdirect express\b|\bprepaid\b/g,
  },
];

/** Where patterns overlap, the earlier one wins. */
export const cueWords: readonly CuePattern[] = [
  ...social,
  ...medicare,
  ...harmless,
  ...bank,
  ...birth,
  ...card,
];
