import { sql } from 'kysely';
import type { CallBody } from '../contract/calls.ts';
import type { Database } from '../db/database.ts';
import type { Answer, Evidence } from '../domain/answer.ts';
import type { CallFields } from '../domain/call-fields.ts';
import { countedEvents, type EventKind } from '../domain/event.ts';
import type { Turn } from '../domain/transcript.ts';
import { type CallRow, callColumns, callJoins, toCallSummary } from './call-row.ts';

/** An accepted event as the merge takes it. */
export type CallEvent = {
  id: string;
  kind: EventKind;
  /** Microseconds since 1970. */
  arrival: number;
  fields: CallFields;
  extra: Record<string, unknown>;
};

export type CallDetailDeps = {
  /** The merge rule; `sources` names, per field, the event whose value stands. */
  mergeEvents: (events: CallEvent[]) => { sources: Record<string, string> };
  /** What a criterion asks; null where this version of the scorecard is no longer at hand. */
  describeCriterion: (
    scorecard: string,
    version: string,
    criterion: string,
  ) => { question: string; gate: boolean } | null;
};

type Findings = NonNullable<CallBody['findings']>;

/** What an evaluation keeps beside its outcome: the evidence of all that is no answer to a criterion. */
type StoredFindings = {
  disqualifier?: Findings['disqualifier'];
  resultEvidence?: Evidence[];
  flagEvidence?: Findings['flags'];
};

type DetailRow = CallRow & {
  answers: Answer[] | null;
  findings: StoredFindings | null;
  transcript: {
    engine: string;
    language: string;
    simulated: boolean;
    turns: Turn[];
    hearing: NonNullable<NonNullable<CallBody['transcript']>['hearing']>;
  } | null;
  audio: Omit<NonNullable<CallBody['audio']>, 'url'> | null;
  events: (CallEvent & { is_test: boolean })[] | null;
};

/** One call with all that is known of it, or null where there is none of this id. */
export async function getCall(db: Database, id: string, deps: CallDetailDeps): Promise<CallBody | null> {
  if (id.includes('\0')) return null;
  const { rows } = await sql<DetailRow>`
    select ${callColumns}, e.answers, e.outcome as findings,
      case when t.call_id is not null then json_build_object('engine', t.engine, 'language', t.language,
        'simulated', t.simulated, 'turns', t.turns, 'hearing', json_build_object('engine', t.engine_name,
          'audio_seconds', t.audio_seconds, 'engine_seconds', t.engine_seconds,
          'real_time_factor', round(t.engine_seconds / nullif(t.audio_seconds, 0), 4), 'cost', t.cost::text,
          'warnings', t.warnings, 'tried', t.tried)) end as transcript,
      (select json_build_object('seconds', r.seconds, 'channels', r.channels, 'codec', r.codec,
          'bytes', r.bytes, 'content_type', r.content_type, 'peaks', r.peaks, 'warnings', r.warnings || cr.warnings)
        from call_recording cr join recording r on r.hash = cr.hash where cr.call_id = c.id) as audio,
      (select json_agg(json_build_object('id', v.id, 'kind', v.kind, 'arrival', v.arrival, 'fields', v.fields,
          'extra', v.extra, 'is_test', v.is_test))
        from event v where v.connection_id = c.connection_id and v.call_instance_id = c.call_instance_id
          and v.status = 'accepted') as events
    from call c ${callJoins} where c.id = ${id}`.execute(db);
  const row = rows[0];
  if (!row) return null;
  return {
    ...toCallSummary(row),
    answers: (row.answers ?? []).map((answer) => describeAnswer(answer, row, deps)),
    findings: row.findings && readFindings(row.findings),
    transcript: row.transcript && { ...row.transcript, turns: row.transcript.turns.map(toTurnBody) },
    audio: row.audio && { url: `/v1/calls/${row.id}/audio`, ...row.audio },
    sources: deps.mergeEvents(countedEvents(row.events ?? [])).sources,
  };
}

function describeAnswer(answer: Answer, row: CallRow, deps: CallDetailDeps): CallBody['answers'][number] {
  const { criterion, value, confidence, note, evidence } = answer;
  const described = deps.describeCriterion(row.scorecard, row.scorecard_version, criterion);
  const { question, gate } = described ?? { question: criterion, gate: false };
  return { criterion, question, gate, value, confidence, note, evidence };
}

function readFindings({ disqualifier, resultEvidence, flagEvidence }: StoredFindings): Findings {
  return { disqualifier: disqualifier ?? null, result: resultEvidence ?? [], flags: flagEvidence ?? [] };
}

function toTurnBody({ speaker, speakerConfidence, start, end, text, words }: Turn) {
  const timed = words.map((word) => ({ text: word.text, start: word.start, end: word.end }));
  return { speaker, speaker_confidence: speakerConfidence, start, end, text, words: timed };
}
