import { lastWords, sentenceAsks } from './clause.ts';
import type { HeardTurn } from './heard-text.ts';

/** How a reply to a yes-or-no question sounds, from levelled text. */
export type Reply = 'yes' | 'no' | 'unclear';

const affirm =
  /^ (yes|yeah|yep|yup|yea|yah|sure|right|correct|uh huh|mm hm|mhm|mm hmm|absolutely|definitely|of course|certainly|exactly|affirmative|indeed|totally|you bet|you know it|thats (right|correct|me|us|it|true|fine|good)|i (do|am|did|have|can|will|would|sure)|we (do|are|did|have|can|will)|it (is|does|was|has|says|would|will|did|can|could|sure)|(he|she) (is|was|does|has|did|can|will|would)|there (is|are|was|were)(?! (no|nothing|nobody|not|none))|as far as i know|way (over|more|above|past)|well over|easy|easily|and then some|they (are|do|did|have|will|would|can)|got (both|it|one|them)|both|all of|((my|the) \w+ and (i|me)|me and my \w+|both of us|everybody|everyone|all of us) (is|are|do|does|have|has|did)|you got it|(oh )?(tons|lots|plenty|loads)|a (lot|bunch|ton|few|couple|little)|si|okay (yeah|yes|sure)|i think so|i believe so|pretty much|always|works for me|sounds good)(?= |$)/;
const deny =
  /^ (no|nope|nah|naw|never|((i|we) (have|got|do|am)|ive got|i have got) (neither|none|nothing|no such)|none|neither|nothing|negative|nobody|no one|zero|hardly|not|aint|i (dont|havent|didnt|wasnt|cant|aint|never|wont|wouldnt|do not|have not|am not|did not)|im not|we (dont|havent|didnt|arent|never|cant|do not)|were not|(it|he|she|they) (isnt|doesnt|didnt|wasnt|dont|arent|hasnt|havent|never)|its not|its never|thats not|(hes|shes|theyre) not|there (isnt|aint|wasnt|arent|werent|is (no|nothing|nobody|not|none)|are none)|(i|we) used to(?= (but|they|till|until|be|have)(?= |$)|$)|way (under|less|below)|nowhere (near|close)|less than that|havent|hasnt|didnt|dont|wasnt|isnt|doesnt|god no|hell no|lord no|heck no|nah)(?= |$)/;
const filler =
  /^( (um|uh(?! huh)|er|ah|oh|well|so|alright|hm|hmm|huh|like|you know|i mean|let me see|look|listen|honey|baby|maam|sir|and|but|hold on|haha|ha|ooh|wow|gosh|my god|my|god|lord|okay|see|just|actually|yes hi|hi|then|to be honest|honestly))+(?= )/;
const unsure =
  /^ (yes and no|yeah no yeah|kind of|sort of|maybe|depends|it depends|that depends|im not (sure|positive|certain)|not (sure|certain)|i dont (know|remember|recall|think i (can|could))|dont know|no idea|i couldnt (tell|say)|couldnt (tell|say)|cant say|i wouldnt know|beats me|(im|i am|were) not (answering|saying|telling|giving|discussing|getting into)|i (wont|dont|aint going to|refuse to) (answer|say|give|discuss)|none of your|(id|i would) ((much )?rather|sooner) not|thats (private|personal|my own affair|my business)|i have no idea|who knows|good question|i guess)(?= |$)/;

/**
 * Reads how a reply begins; fillers are passed over, and a correction ("no wait", "actually") counts from where
 * it stands. Words further on are left to cues.
 */
export function classifyReply(text: string): Reply {
  const corrected =
    / (?:actually|no wait|wait no|scratch that|i take that back|sorry i mean|i meant|on second thought)(?= )/.exec(
      text,
    );
  if (corrected && corrected.index > 0) {
    const after = classifyReply(text.slice(corrected.index + corrected[0].length));
    if (after !== 'unclear') return after;
  }
  if (unsure.test(text)) return 'unclear';
  const opening = ` ${text.trim()}`.replace(filler, '');
  if (unsure.test(opening)) return 'unclear';
  if (/^ (yeah|yes) (no|nah|nope)(?= |$)/.test(opening)) return 'no';
  if (
    /^ no( no)* (yeah|yes|i (do|am|did|have)(?! (not|the|a|an|my|some|all|one|this|that|no|never|just|only|\w+ing))|(youre|your|thats) right|it is(?! not)|we do(?! not))(?= |$)/.test(
      opening,
    )
  )
    return 'yes';
  if (/^ no (problem|worries|doubt|question|kidding)(?= |$)/.test(opening)) return 'yes';
  // "they did till they closed": not any more
  if (/^ (they|i|we|it|he|she) (did|had|was|were) (till|until|up until|before)(?= )/.test(opening))
    return 'no';
  if (deny.test(opening)) return 'no';
  if (affirm.test(opening)) return 'yes';
  const contrast = / but (i|we) (dont|havent|didnt|aint|am not|never|do|have|did|am)(?= |$)/.exec(opening);
  if (contrast) return /^(do|have|did|am)$/.test(contrast[2]!) ? 'yes' : 'no';
  // "a and b both, and no, nobody called me": the answer to the last question comes after that to the first
  const later =
    / (and|but|so|then) (no|nope|nah|yes|yeah|yep)(?= (i|im|ive|we|he|she|it|its|they|nobody|nothing|not|my|the|that)(?= |$)|$)/.exec(
      opening,
    );
  if (later) return later[2]!.startsWith('n') ? 'no' : 'yes';
  // "i said i'd find my own, so nobody": the sum of what was told
  if (
    / (so|and|but) (nobody|no one|none|neither|nothing)$| (no|not|none) (none )?of (those|them|that|the above|it)$/.test(
      opening,
    )
  )
    return 'no';
  return 'unclear';
}

/** "None", "nothing", "zero": how much there is, and it is nothing. */
export function isNothing(text: string): boolean {
  const opening = ` ${text.trim()}`.replace(filler, '');
  return /^( (no|nope))?( (sir|maam))? (none|nothing(?! like that)|zero|0|nada|not a (dime|penny|cent|thing|dollar)|i (dont|aint) (have|got) (any|anything|nothing|none))(?= |$)/.test(
    opening,
  );
}

const auxiliary =
  / (do|does|did|is|are|was|were|have|has|had|can|could|would|will|any|anything|anybody|anyone|ever|you|youre|youve|your|got|its|thats|so|right|okay|still|already|no|not|never|over|at least|more than|yes or no)(?= |$)/;

/**
 * Whether yes and no can answer what is asked at `at`: "do you own it" and "any tickets", but not "who are you
 * with" nor "and the routing".
 */
export function isPolar(text: string, at: number, length: number): boolean {
  const clause = `${lastWords(text.slice(0, at), 8)}${text.slice(at, at + length)}`;
  if (/ (what|whats|which|who|whos|whose|where|when|why|how)(?= |$)(?! about)/.test(clause)) return false;
  return auxiliary.test(`${clause}${text.slice(at + length)}`);
}

/** True when the caller says that he does not know. */
export function isUnsure(text: string): boolean {
  return unsure.test(text) || unsure.test(` ${text.trim()}`.replace(filler, ''));
}

/** True when a turn only buys time or hands the question back, so that the answer is still to come. */
export function isStall(text: string): boolean {
  const words = text.trim().split(' ');
  if (text.trim() === '') return true;
  if (
    /^ (hold on|hang on|one second|just a second|wait|let me (see|think|look|check)|good question)(?= |$)/.test(
      text,
    )
  )
    return words.length <= 8;
  return (
    /^ (what|huh|sorry|pardon|excuse me|come again|say that again|say again|what do you mean|who|meaning|the what|um|uh|hm|hmm)(?= |$)/.test(
      text,
    ) && words.length <= 6
  );
}

/** "Tell me about the roof. How old is it?": named in one sentence, asked by a pronoun in the next. */
function askedNext(turn: HeardTurn, at: number): boolean {
  const word = turn.text.slice(0, at + 1).split(' ').length - 2;
  const rest = turn.original.slice(turn.spans[Math.max(0, word)]?.[0] ?? 0);
  return /^[^.!?]*[.!] [^.!?]*\b(it|that|they|those|them)\b[^.!?]*\?/i.test(rest);
}

const greeting = / (this is [a-z]+|speaking|recorded line)$| recorded line [a-z ]*this is [a-z]+$/;

/**
 * Whether what stands at `at` in a turn is asked. Where the transcript has punctuation, the sentence must end in
 * a question mark or the turn be short; in raw recognition output, the question is the end of what is said.
 */
export function isAsked(turn: HeardTurn, at: number, punctuated: boolean): boolean {
  const words = turn.text.split(' ').length - 1;
  if (greeting.test(turn.text) && !turn.original.includes('?')) return false;
  const after = turn.text.slice(at + 1).split(' ').length;
  if (!punctuated) return words <= 9 || after <= 14;
  if (sentenceAsks(turn, at) || askedNext(turn, at)) return true;
  // without any question mark, a short turn may still ask: "And your bill."
  if (!turn.original.includes('?')) return words <= 9;
  return after <= 9 && /[,.] (right|correct|yes|okay|ok|huh|true)\?\W*$/i.test(turn.original);
}
