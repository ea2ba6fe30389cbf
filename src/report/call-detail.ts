import { sql } from 'kysely';
import type { CallBody } from '../contract/calls.ts';
import type { Database } from '../db/database.ts';
import type { Answer, Evidence } from '../domain/answer.ts';
import type { CallFields } from '../domain/call-fields.ts';
import { countedEvents, type EventKind } from '../domain/event.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Turn } from '../domain/transcript.ts';
import { readAtStake } from './at-stake.ts';
import { type CallRow, callColumns, callJoins, toCallSummary } from './call-row.ts';
import { listReviews } from './review-list.ts';
import { type DescribeCriterion, describeAnswers, judgedOutcome } from './reviewed-answers.ts';

/** More than one call ever has. */
const reviewsShown = 500;

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
  describeCriterion: DescribeCriterion;
};

type Findings = NonNullable<CallBody['findings']>;

/** What an evaluation keeps beside its outcome: the evidence of all that is no answer to a criterion. */
type StoredFindings = {
  disqualifier?: Findings['disqualifier'];
  resultEvidence?: Evidence[];
  flagEvidence?: Findings['flags'];
} & Partial<Outcome>;

type DetailRow = CallRow & {
  erased: boolean;
  call_at: Date;
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
  model_use: CallBody['model_use'];
  events: (CallEvent & { is_test: boolean })[] | null;
};

/** One call with all that is known of it, or null where there is none of this id. */
export async function getCall(db: Database, id: string, deps: CallDetailDeps): Promise<CallBody | null> {
  if (id.includes('\0')) return null;
  const { rows } = await sql<DetailRow>`
    select ${callColumns}, c.erasure_id is not null as erased, c.call_at, e.answers, e.outcome as findings,
      case when t.call_id is not null then json_build_object('engine', t.engine, 'language', t.language,
        'simulated', t.simulated, 'turns', t.turns, 'hearing', json_build_object('engine', t.engine_name,
          'audio_seconds', t.audio_seconds, 'engine_seconds', t.engine_seconds,
          'real_time_factor', round(t.engine_seconds / nullif(t.audio_seconds, 0), 4), 'cost', t.cost::text,
          'warnings', t.warnings, 'tried', t.tried)) end as transcript,
      (select json_build_object('seconds', r.seconds, 'channels', r.channels, 'codec', r.codec,
          'bytes', coalesce(r.muted_bytes, r.bytes), 'content_type', coalesce(r.muted_content_type, r.content_type),
          'peaks', r.peaks, 'muted', r.muted_spans, 'marks', r.marks, 'loudness', r.loudness,
          'silence', r.silence, 'sample_rate', r.sample_rate,
          'original', case when r.muted_hash is null then 'played'
            when r.sealed_hash is not null then 'encrypted' else 'removed' end,
          'warnings', r.warnings || cr.warnings)
        from call_recording cr join recording r on r.hash = cr.hash where cr.call_id = c.id) as audio,
      (select json_build_object('models', array_agg(distinct m.model), 'requests', count(*),
          'input_tokens', sum(m.input_tokens), 'output_tokens', sum(m.output_tokens), 'cost_usd', sum(m.cost_usd)::text)
        from model_answer m where m.call_id = c.id having count(*) > 0) as model_use,
      (select json_agg(json_build_object('id', v.id, 'kind', v.kind, 'arrival', v.arrival, 'fields', v.fields,
          'extra', v.extra, 'is_test', v.is_test))
        from event v where v.connection_id = c.connection_id and v.call_instance_id = c.call_instance_id
          and v.status = 'accepted') as events
    from call c ${callJoins} where c.id = ${id}`.execute(db);
  const row = rows[0];
  if (!row) return null;
  const { items: reviews } = await listReviews(db, { call_id: id, limit: reviewsShown });
  const summary = toCallSummary(row);
  return {
    ...summary,
    at_stake: await readAtStake(db, { ...summary, call_at: row.call_at, time_zone: row.time_zone }),
    answers: await describeAnswers(row.answers ?? [], reviews, row, deps.describeCriterion),
    findings: row.findings && readFindings(row.findings),
    reviews,
    judged: judgedOutcome(row.findings, reviews),
    transcript: row.transcript && { ...row.transcript, turns: row.transcript.turns.map(toTurnBody) },
    model_use: row.model_use,
    audio: row.audio && { url: `/v1/calls/${row.id}/audio`, ...row.audio },
    sources: deps.mergeEvents(countedEvents(row.events ?? [])).sources,
    erased: row.erased,
  };
}

function readFindings({ disqualifier, resultEvidence, flagEvidence }: StoredFindings): Findings {
  return { disqualifier: disqualifier ?? null, result: resultEvidence ?? [], flags: flagEvidence ?? [] };
}

function toTurnBody({ speaker, speakerConfidence, start, end, text, words }: Turn) {
  const timed = words.map((word) => ({ text: word.text, start: word.start, end: word.end }));
  return { speaker, speaker_confidence: speakerConfidence, start, end, text, words: timed };
}
