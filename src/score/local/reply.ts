/** How a reply to a yes-or-no question sounds, from levelled text. */
export type Reply = 'yes' | 'no' | 'unclear';

const affirm =
  / (yes|yeah|yep|yup|yea|yah|sure|right|correct|uh huh|mm hm|mhm|mm hmm|absolutely|definitely|of course|certainly|exactly|affirmative|indeed|totally|you bet|thats right|thats correct|thats me|thats us|i do|i am|i did|i have|i can|i will|we do|we are|we did|we have|it is|it does|he is|she is|it was|i was|they are|they did|got both|both of them|you got it|sure do|sure am|sure have|sí|si)(?= |$)/;
const deny =
  / (no|nope|nah|naw|never|none|neither|nothing|not really|not yet|not anymore|not me|not that i know|not at all|not since|i dont|i havent|i didnt|im not|i am not|i aint|i wasnt|i cant|i do not|i have not|we dont|we havent|we didnt|were not|we arent|it isnt|its not|it doesnt|it didnt|it wasnt|hasnt|havent|he isnt|she isnt|they dont|they didnt|nobody|no one|aint|negative|hardly|zero)(?= |$)/;
const filler =
  /^( (um|uh|er|ah|oh|well|so|okay|alright|hm|hmm|huh|like|you know|i mean|let me see|look|listen|honey|maam|sir|and|hold on|haha|ha|ooh|wow|gosh|my god|god|lord))+(?= |$)/;

/**
 * Reads the opening of a reply; a clear word at the start counts more than one further on, and a correction
 * ("no wait", "actually") counts from where it stands.
 */
export function classifyReply(text: string): Reply {
  const corrected =
    / (?:actually|no wait|wait no|scratch that|i take that back|sorry i mean|i meant)(?= )/.exec(text);
  if (corrected && corrected.index > 0) {
    const after = classifyReply(text.slice(corrected.index + corrected[0].length));
    if (after !== 'unclear') return after;
  }
  const opening = text
    .replace(filler, '')
    .split(' ')
    .slice(0, 8)
    .map((word, i) => (i === 0 ? '' : ` ${word}`))
    .join('');
  if (
    /^ (yes and no|yeah no yeah|kind of|sort of|i think so maybe|maybe|depends|it depends|im not sure|not sure|i dont know|dont know|no idea|i couldnt tell|beats me)(?= |$)/.test(
      opening,
    )
  )
    return 'unclear';
  if (/^ (yeah|yes) no(?= |$)/.test(opening)) return 'no';
  if (
    /^ no( no)* (yeah|yes|i do|i am|i did|i have|youre right|your right|thats right|it is)(?= |$)/.test(
      opening,
    )
  )
    return 'yes';
  const yes = affirm.exec(opening);
  const no = deny.exec(opening);
  if (yes && no) return yes.index < no.index ? 'yes' : 'no';
  if (yes) return 'yes';
  return no ? 'no' : 'unclear';
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
    /^ (what|huh|sorry|pardon|excuse me|come again|say that again|say again|what do you mean|whats that|what is that|who|meaning|the what|um|uh|hm|hmm)(?= |$)/.test(
      text,
    ) && words.length <= 6
  );
}
