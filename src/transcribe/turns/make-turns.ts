import type { ChannelLayout } from '../../domain/connection.ts';
import type { Speaker, Turn } from '../../domain/transcript.ts';
import type { RawTranscript, Segment } from '../transcriber.ts';
import { attributeSpeakers } from './attribute-speakers.ts';
import { mergeChannels } from './merge-channels.ts';
import { haveSameWords } from './same-words.ts';
import { isShouting, toSentenceCase } from './sentence-case.ts';
import { roleEvidence } from './speaker-cues.ts';
import { splitPauses } from './split-pauses.ts';

/** One speaker who goes on after a pause of at most so many seconds says one turn. */
const goesOn = 1;

/**
 * Turns in the order of time. With two channels the connection's layout says who speaks, surely; with one, or two
 * that carry the same, the words decide, with doubt.
 */
export function makeTurns(raw: RawTranscript, layout: ChannelLayout): Turn[] {
  const heard = raw.channels.filter((channel) => channel.segments.length > 0);
  const [first, second] = heard;
  const oneChannel =
    raw.channels.length < 2 || layout === 'mono' || (first && second && haveSameWords(first, second));
  if (!oneChannel) {
    let agentSpoke = false;
    return mergeChannels(raw.channels).map(({ channel, ...segment }) => {
      const turn = bySide(segment, sideOf(channel, layout), agentSpoke);
      agentSpoke ||= turn.speaker === 'agent';
      return turn;
    });
  }
  const fullest = heard.toSorted((a, b) => countWords(b.segments) - countWords(a.segments));
  // distinct channels of a connection set to mono still have to be read together
  const segments =
    heard.length > 1 && first && second && !haveSameWords(first, second)
      ? mergeChannels(raw.channels)
      : (fullest[0]?.segments ?? []);
  return joinTurns(attributeSpeakers(splitPauses(withCase(segments)).map(unattributed)));
}

function sideOf(channel: number, layout: ChannelLayout): Speaker {
  const sides: Speaker[] = layout === 'agent-caller' ? ['agent', 'caller'] : ['caller', 'agent'];
  return sides[channel] ?? 'unknown';
}

/**
 * The agent's channel also carries the recorded voice that greets before an agent does. Once a person has spoken
 * there, what sounds like a notice is that person's ("welcome to the family, your payment is accepted").
 */
function bySide(segment: Segment, side: Speaker, agentSpoke: boolean): Turn {
  const evidence = roleEvidence(segment.text);
  const recorded = side === 'agent' && !agentSpoke && evidence.ivr > 0.5 && evidence.ivr > evidence.agent;
  return { ...plain(segment), speaker: recorded ? 'ivr' : side, speakerConfidence: recorded ? 0.8 : 1 };
}

function unattributed(segment: Segment): Turn {
  return { ...plain(segment), speaker: 'unknown', speakerConfidence: 0 };
}

const plain = ({ start, end, text, words }: Segment) => ({ start, end, text, words });

const countWords = (segments: readonly Segment[]) =>
  segments.reduce((sum, segment) => sum + segment.text.split(' ').length, 0);

function withCase(segments: readonly Segment[]): Segment[] {
  if (!isShouting(segments.flatMap((segment) => segment.words))) return [...segments];
  return segments.map((segment) => {
    const words = toSentenceCase(segment.words);
    return { ...segment, words, text: words.map((word) => word.text).join(' ') };
  });
}

function joinTurns(turns: Turn[]): Turn[] {
  const joined: Turn[] = [];
  for (const turn of turns) {
    const last = joined.at(-1);
    if (last && last.speaker === turn.speaker && turn.start - last.end <= goesOn) {
      joined[joined.length - 1] = {
        ...last,
        end: turn.end,
        text: `${last.text} ${turn.text}`,
        words: last.words.length > 0 && turn.words.length > 0 ? [...last.words, ...turn.words] : [],
        speakerConfidence: Math.min(last.speakerConfidence, turn.speakerConfidence),
      };
    } else joined.push(turn);
  }
  return joined;
}
