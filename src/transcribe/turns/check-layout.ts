import type { ChannelLayout } from '../../domain/connection.ts';
import type { Segment } from '../transcriber.ts';
import { nameVoices } from './name-voices.ts';

type Channels = readonly { channel: number; segments: readonly Segment[] }[];

/** From here on the words speak against the layout, and people are told. */
const doubtful = 0.93;
/** From here on they are believed more than the layout. */
const certain = 0.985;
/** Each side must have said so much. */
const fewestSegments = 3;

/** Which side each channel is taken for, and what people should know about it. */
export type CheckedLayout = { layout: ChannelLayout; warning: string | null };

/**
 * Holds a connection's channel layout against what is said: a platform that changes its mind, or a wrong setting,
 * puts the caller's words into the agent's mouth. Where the words are clear they win, for this call alone.
 */
export function checkLayout(channels: Channels, layout: ChannelLayout): CheckedLayout {
  const agreed = { layout, warning: null };
  const [first, second] = channels;
  if (layout === 'mono' || !first || !second) return agreed;
  if (Math.min(first.segments.length, second.segments.length) < fewestSegments) return agreed;
  // the voice that is heard first is voice 0
  const leads = first.segments[0]!.start <= second.segments[0]!.start ? first : second;
  const turns = [first, second].flatMap((side) =>
    side.segments.map(({ start, end, text }) => ({
      turn: { speaker: 'unknown' as const, speakerConfidence: 0, start, end, text, words: [] },
      voice: (side === leads ? 0 : 1) as 0 | 1,
    })),
  );
  const named = nameVoices(turns);
  const agentChannel = (named.first === 'agent') === (leads === first) ? first.channel : second.channel;
  const heard: ChannelLayout = agentChannel === 0 ? 'agent-caller' : 'caller-agent';
  if (heard === layout || named.confidence < doubtful) return agreed;
  if (named.confidence < certain) {
    const warning = `By what is said the channels may be swapped; the connection's layout (${layout}) was kept.`;
    return { layout, warning };
  }
  return {
    layout: heard,
    warning: `The channels are swapped on this recording: by what is said they are ${heard}, not ${layout} as the connection has it. Change the connection if all its recordings are so.`,
  };
}
