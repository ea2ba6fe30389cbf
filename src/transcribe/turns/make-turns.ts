import type { ChannelLayout } from '../../domain/connection.ts';
import type { Speaker, Turn } from '../../domain/transcript.ts';
import type { RawTranscript, Segment } from '../transcriber.ts';
import type { Voices } from '../voices/split-voices.ts';
import { attributeSpeakers } from './attribute-speakers.ts';
import { checkLayout } from './check-layout.ts';
import { dropEchoes } from './drop-echoes.ts';
import { mergeChannels } from './merge-channels.ts';
import { attributeVoices } from './name-voices.ts';
import { haveSameWords } from './same-words.ts';
import { isShouting, toSentenceCase } from './sentence-case.ts';
import { roleEvidence } from './speaker-cues.ts';
import { splitAtVoices } from './split-at-voices.ts';
import { splitPauses } from './split-pauses.ts';

/** One speaker who goes on after a pause of at most so many seconds says one turn. */
const goesOn = 1;
/** Below this two voices were found where there may be only one. */
const leastSeparation = 0.4;

/** Turns, and what people should know about how the speakers were told apart. */
export type Conversation = { turns: Turn[]; warnings: string[] };

/**
 * Turns in the order of time. With two channels the connection's layout says who speaks, unless the words say
 * clearly that it is wrong; with one, or two that carry the same, voices and words decide, with doubt.
 */
export function makeConversation(raw: RawTranscript, layout: ChannelLayout): Conversation {
  const heard = raw.channels.filter((channel) => channel.segments.length > 0);
  const [first, second] = heard;
  const oneChannel =
    raw.channels.length < 2 || layout === 'mono' || (first && second && haveSameWords(first, second));
  if (!oneChannel) {
    const channels = dropEchoes(raw.channels);
    const checked = checkLayout(channels, layout);
    let agentSpoke = false;
    const turns = mergeChannels(channels).map(({ channel, ...segment }) => {
      const turn = bySide(segment, sideOf(channel, checked.layout), agentSpoke);
      agentSpoke ||= turn.speaker === 'agent';
      return turn;
    });
    return { turns, warnings: checked.warning ? [checked.warning] : [] };
  }
  const fullest = heard.toSorted((a, b) => countWords(b.segments) - countWords(a.segments));
  // distinct channels of a connection set to mono still have to be read together
  const segments =
    heard.length > 1 && first && second && !haveSameWords(first, second)
      ? mergeChannels(raw.channels)
      : (fullest[0]?.segments ?? []);
  return { turns: joinTurns(attribute(withCase(segments), fullest[0]?.voices ?? null)), warnings: [] };
}

/** The turns alone. */
export function makeTurns(raw: RawTranscript, layout: ChannelLayout): Turn[] {
  return makeConversation(raw, layout).turns;
}

/** Voices that were told apart part the turns, else pauses do. */
function attribute(segments: readonly Segment[], voices: Voices | null): Turn[] {
  const pieces = splitPauses(segments);
  if (!voices || voices.separation < leastSeparation) return attributeSpeakers(pieces.map(unattributed));
  return attributeVoices(
    splitAtVoices(pieces, voices).map(({ voice, ...piece }) => ({ turn: unattributed(piece), voice })),
  );
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
