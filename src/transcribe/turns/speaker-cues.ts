/** Who may speak a turn when the recording does not tell. */
export type Role = 'caller' | 'agent' | 'ivr';

type CuePattern = { role: Role; weight: number; pattern: RegExp };

/**
 * How people on such calls talk, not what they talk about: an agent greets for a company, asks for particulars,
 * explains and offers; a caller says what is wrong, answers, speaks of own things; a machine reads a notice. Weights
 * are natural logarithms of odds, set by judgement.
 */
const cuePatterns: CuePattern[] = [
  {
    role: 'agent',
    weight: 2.5,
    pattern: /\b(?:thanks|thank you) for (?:calling|holding|waiting|choosing|your patience)\b/,
  },
  {
    role: 'agent',
    weight: 2,
    pattern: /\bhow (?:can|may|could) (?:i|we) (?:help|assist|direct)\b|\bwhat can (?:i|we) do for you\b/,
  },
  {
    role: 'agent',
    weight: 1.2,
    pattern:
      /^(?:\S+ ){0,6}(?:this is|my name is|my name's) \w+(?: with| from| at| on|$| how| speaking)|\b\w+ speaking$/,
  },
  {
    role: 'agent',
    weight: 2,
    pattern: /\b(?:recorded line|licensed agent|licensed (?:insurance )?agent|intake|on behalf of)\b/,
  },
  {
    role: 'agent',
    weight: 1.6,
    pattern: /\bwho (?:am i|do i have|have i got) (?:speaking|talking|on)\b|\bam i speaking (?:with|to)\b/,
  },
  {
    role: 'agent',
    weight: 1.2,
    pattern:
      /\b(?:can|could|may) i (?:get|have|ask|grab|take)\b|\bgo ahead and (?:give|tell|read|spell)\b|\bcan you (?:give|tell|verify|confirm|spell) (?:me|your|that|the)\b/,
  },
  {
    role: 'agent',
    weight: 1.3,
    pattern: /\b(?:what's|what is|whats|what was|verify|confirm|and|spell|is|about) your\b|^your\b/,
  },
  {
    role: 'agent',
    weight: 1,
    pattern:
      /\b(?:are|were|have|do|did|would|will|can|could|has) you(?:r)?\b(?! (?:guys|people|all|folks|still there|hear))/,
  },
  {
    role: 'agent',
    weight: 0.8,
    pattern:
      /^(?:(?:okay|ok|alright|all right|and|so|perfect|great|good|now|um|uh) )*(?:what|when|where|who|which|how|any|is|are|do|does|did|have|has|was|were|anybody|anyone)\b/,
  },
  {
    role: 'agent',
    weight: 0.9,
    pattern:
      /^(?:okay|ok|alright|all right|perfect|great|wonderful|awesome|beautiful|excellent|got it|understood|i see|i understand|gotcha|good)\b/,
  },
  {
    role: 'agent',
    weight: 1,
    pattern:
      /\bi(?:'m| am) (?:so |very )?sorry (?:to hear|for your|about)\b|\bi hear (?:you|that)\b|\bcongratulations\b|\btake your time\b|\bno problem\b|\bnot a problem\b/,
  },
  {
    role: 'agent',
    weight: 1.2,
    pattern:
      /\b(?:we|i) (?:can't|cannot|can|could|do|don't|will|'ll)? ?(?:offer|work with|represent|serve|cover|service|connect you|transfer you|enroll|quote|schedule|send (?:you|someone|somebody)|get you|put you|call you|text you|email you|mail you)\b/,
  },
  {
    role: 'agent',
    weight: 1,
    pattern:
      /\bi(?:'ll| will|'m going to|'m gonna|'d) (?:send|text|email|call|ring|need|get|put|have|note|mark|close|transfer|watch|be)\b|\bi need (?:your|you to|that)\b|\bi(?:'ve| have) got you\b|\bi just need\b/,
  },
  { role: 'agent', weight: 0.9, pattern: /\b(?:sir|ma'am|miss \w+|mister|mr|mrs|sweetheart)\b/ },
  {
    role: 'agent',
    weight: 1,
    pattern:
      /\bour (?:carriers?|lender|company|firm|attorneys?|office|minimum|fee|program|agents?|system|technicians?|crew|team|service)\b|\bmy (?:minimum|screen|system|supervisor|manager|insurance won't)\b/,
  },
  {
    role: 'agent',
    weight: 0.9,
    pattern:
      /\byou(?:'d|'ll| would| will| can| could| still|'re going to| qualify| may| might|'ve got| have to)\b/,
  },
  {
    role: 'agent',
    weight: 0.7,
    pattern:
      /\bwould you like\b|\bdo you want\b|\byou want me to\b|\bwant me to\b|\blet me (?:check|look|see|pull|ask|get|add|take|transfer)\b|\bhold on (?:one|for)\b/,
  },
  {
    role: 'agent',
    weight: 0.8,
    pattern:
      /\b(?:a month|per month|deductible|monthly|coverage)\b.*\b(?:you|your|a month|premium)\b|^so (?:with us|the|that|it)\b/,
  },
  {
    role: 'agent',
    weight: 0.7,
    pattern:
      /\b(?:have a (?:good|great|nice|wonderful|blessed)|you take care|take care|you're welcome|you're all set)\b/,
  },

  {
    role: 'caller',
    weight: 2.2,
    pattern:
      /\bi(?:'m| am|'m just| was) (?:calling|trying|looking|lookin|wondering|hoping|interested|following up|on hold)\b|\bi(?:'d| would) like to\b|\bi(?:'ve)? (?:saw|seen|got|heard|found) (?:your|you|an|a|the|this) (?:ad|number|commercial|flyer|letter|postcard|thing|card|mail|website)\b/,
  },
  {
    role: 'caller',
    weight: 1.2,
    pattern:
      /\bi (?:need|want|wanna|wanted|got|had|have|don't have|lost|owe|own|bought|live|work|turned|retired|broke|hurt|drive|rent|think|guess|don't know|didn't|never|was|did|used to|ain't|been|signed|pay|paid|take|told|thought|figured)\b/,
  },
  {
    role: 'caller',
    weight: 1.2,
    pattern:
      /\bi(?:'ve| have) (?:been|had|never|got|already|always|only)\b|\bi'm (?:a|an|on|in|at|not|just|still|single|married|retired|disabled|renting|\w+ty|paying|the one)\b/,
  },
  {
    role: 'caller',
    weight: 1.1,
    pattern:
      /\bmy (?:husband|wife|mother|mom|mama|father|dad|daddy|son|daughter|kids?|sister|brother|cousin|neighbor|boss|friend|girlfriend|boyfriend|landlord|doctor|lawyer|car|truck|house|home|roof|bill|job|card|check|name's|name is|own|back|neck|insurance|bank|address|email|zip|social|birthday)\b/,
  },
  {
    role: 'caller',
    weight: 0.9,
    pattern:
      /^(?:yes|yeah|yep|yup|yea|no|nope|nah|naw|uh-huh|uh huh|mm-hm|mm hm|sure|correct|right|exactly|just|only|about|around|like|since|well|oh)\b/,
  },
  { role: 'caller', weight: 0.8, pattern: /\b(?:no|yes) (?:ma'am|sir)\b/ },
  {
    role: 'caller',
    weight: 1,
    pattern:
      /\b(?:do|are|can|could|will|would) (?:you guys|y'all|you people|you all|you folks)\b|\byou people\b|\bhow much (?:is|does|would|will|do|did)\b|\bwhat(?:'s| is| does) (?:it|that|the) (?:cost|run|catch|price)\b|\bdo i (?:need|have|get|owe)\b|\bwhat if\b/,
  },
  {
    role: 'caller',
    weight: 0.7,
    pattern:
      /^(?:(?:okay|ok|alright|all right|great|perfect) )?(?:thank you|thanks)\b|\bthank you(?: so much| very much)?(?: \w+)?$/,
  },
  { role: 'caller', weight: 0.8, pattern: /\b(?:me and|and me|just me|by myself|mine|myself)\b/ },
  {
    role: 'caller',
    weight: 1.2,
    pattern:
      /^(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred|thousand|double|triple|\d+|and|uh|um) ?)+$/,
  },

  {
    role: 'ivr',
    weight: 3,
    pattern:
      /\bpress (?:\d|zero|one|two|three|four|five|six|seven|eight|nine|star|pound)\b|\b(?:oprima|marque|para espanol|para español)\b|\byour selection\b/,
  },
  // people say where to press once, menus several times
  { role: 'ivr', weight: 2, pattern: /\bpress \w+\b.*\bpress \w+/ },
  { role: 'agent', weight: -3, pattern: /\bpress \w+\b.*\bpress \w+/ },
  {
    role: 'ivr',
    weight: 3,
    pattern:
      /\bcalls?\b.{0,40}\b(?:recorded|monitored)\b|\b(?:records?|record) (?:all |incoming )?calls\b|\b(?:lines?|conversations?)\b.{0,25}\brecorded\b|\brecorded for\b|\bfor (?:quality|training|compliance)\b/,
  },
  {
    role: 'ivr',
    weight: 2,
    pattern:
      /\b(?:please (?:hold|stay|remain|wait|be advised)|next available|connecting you|being connected|our (?:offices?|hours)|currently closed|business hours|your call is important|by (?:continuing|remaining)|do not wish to be recorded)\b/,
  },
  {
    role: 'ivr',
    weight: 3,
    pattern:
      /\b(?:you(?:'ve| have) reached the (?:desk|voicemail|voice mail|office) of|leave (?:a|your) (?:message|name)|after the (?:tone|beep)|at the tone|not available to take|(?:not able|unable) to (?:take|answer|come to) (?:your|the) (?:call|phone)|can(?:'t|not) (?:take your call|come to the phone)|leave (?:us )?a (?:brief )?message|return your call|mailbox)\b/,
  },
  { role: 'ivr', weight: 2, pattern: /\b(?:thanks|thank you) for (?:calling|choosing)\b|\bwelcome to\b/ },
  {
    role: 'ivr',
    weight: -5,
    pattern:
      /\bthis is (?!a |being |now )\w+|\bmy name\b|\b\w+ speaking\b|\b(?:i|i'm|i'll|i've|i'd)\b(?! (?:agree|consent))|\b(?:how are you|who|what|where|how's)\b/,
  },
];

/** Log odds of each role by the words of a turn alone, and by how much the turn speaks of "my" or of "your". */
export function roleEvidence(text: string): Record<Role, number> {
  const plain = text
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/\[[^\]]*\]|[^\p{L}\p{N}'\s-]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const evidence: Record<Role, number> = { caller: 0, agent: 0, ivr: -1 };
  for (const { role, weight, pattern } of cuePatterns) if (pattern.test(plain)) evidence[role] += weight;
  const own = plain.match(/\b(?:i|my|me|mine|i'm|i've|i'd|we|us)\b/g)?.length ?? 0;
  const theirs = plain.match(/\b(?:you|your|you're|you've|you'd|you'll|yours)\b/g)?.length ?? 0;
  evidence.caller += 0.25 * Math.min(own, 5);
  evidence.agent += 0.3 * Math.min(theirs, 5);
  // who asks without being asked is rather the agent
  if (text.trim().endsWith('?')) evidence.agent += 0.7;
  return evidence;
}
