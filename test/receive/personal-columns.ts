/** Sums of calls, the same by hour, day and month. */
const rollup = `dimension slot key calls connected duplicates repeats converted converted_connected
  connected_seconds connect_wait connect_wait_known scored scored_connected conversations
  qualified qualified_conversations billable to_review heard_sales flagged score score_squares
  score_known reviewed overridden verdicts verdicts_same judged_yes judged_no said_yes said_no
  billed reported_sales sale_amount sale_amount_known revenue revenue_known revenue_connected
  revenue_connected_known payout payout_known cost cost_known disagreements billed_not_qualified
  billed_not_qualified_money qualified_not_billed sale_heard_not_reported sale_reported_not_heard
  sale_reported_not_heard_money sale_reported_not_heard_known billed_money sold sold_money`;
const rollupEstimate = 'dimension slot key buyer qualified_not_billed sale_heard_not_reported';

/**
 * Every column of the database, by whether it can hold something of a caller: what was sent, said or written about him.
 * What is personal is emptied or deleted by an erasure (src/receive/erase). Who adds a column says here which it is, and
 * where it is personal teaches the erasure of it. Of `call` the contract's fields are left out: src/domain/personal-fields.ts
 * has those. People who sign in, connections and scorecards are no callers; sums of reports name nobody.
 */
export const columnsByTable: Record<string, { personal?: string; plain: string }> = {
  account: {
    plain: `id accountId providerId userId accessToken refreshToken idToken accessTokenExpiresAt
      refreshTokenExpiresAt scope password createdAt updatedAt`,
  },
  api_key: {
    plain: 'id name hash hint scopes created_at last_used_at revoked_at',
  },
  call: {
    personal: 'extra explanation',
    plain: `id connection_id call_instance_id first_event_at last_event_at event_count merged_rank
      merged_arrival stale is_test evaluation_id reached prospect reason result billable
      billable_reason score flags scored_at call_at connected reported_billed reported_sale
      heard_sale billed_not_qualified qualified_not_billed sale_heard_not_reported
      sale_reported_not_heard erasure_id is_repeat meant_for`,
  },
  call_change: {
    plain: 'id call_id changed_at field before after event_id evaluation_id',
  },
  call_recording: {
    personal: 'hash url',
    plain: 'call_id fetched_at warnings',
  },
  call_stage: {
    personal: 'input error_detail',
    plain: 'call_id stage state run attempts due_at started_at finished_at seconds cost error_code priority',
  },
  connection: {
    plain: `id name platform time_zone currency default_country channel_layout scorecard state created_at
      refused_count refused_at engines`,
  },
  connection_key: {
    plain: 'id connection_id hash hint created_at expires_at',
  },
  connection_mapping: {
    plain: 'connection_id version map created_at created_by',
  },
  earlier_call_mark: {
    personal: 'caller_id',
    plain: 'id buyer_name call_at',
  },
  earlier_recording: {
    personal: 'hash url',
    plain: 'call_id fetched_at replaced_at',
  },
  engine_alert: {
    plain: 'engine settings code detail since last_at try_at',
  },
  erasure: {
    plain: 'id created_at created_by calls events recordings transcripts evaluations late_events',
  },
  erasure_task: {
    personal: 'caller',
    plain: 'id dry_run state detail erasure_id counts created_by created_at touched_at finished_at',
  },
  evaluation: {
    personal: 'answers outcome',
    plain: 'id call_id scorecard scorecard_version judge created_at',
  },
  event: {
    personal: 'query body fields extra warnings',
    plain: `id connection_id call_instance_id fingerprint arrival received_at deliveries status kind
      is_test method content_type mapping_version erased_at`,
  },
  export_task: {
    personal: 'query',
    plain: `id kind format columns requested_by state attempts rows_done rows_expected bytes detail created_at
      touched_at finished_at expires_at`,
  },
  file_removal: {
    personal: 'hash',
    plain: 'requested_at',
  },
  import: {
    plain: `id connection_id source file_name sha256 bytes format state detail rows_read bytes_read
      accepted duplicates quarantined skipped unreadable warned created_at touched_at finished_at`,
  },
  import_error: {
    personal: 'reason',
    plain: 'import_id row_number line',
  },
  installation_secret: {
    plain: 'name value',
  },
  kysely_migration: {
    plain: 'name timestamp',
  },
  kysely_migration_lock: {
    plain: 'id is_locked',
  },
  model_answer: {
    personal: 'answer',
    plain: 'key call_id asked_at model input_tokens output_tokens cost_usd',
  },
  one_time_link: {
    plain: 'hash purpose created_at expires_at used_at',
  },
  payable_duration: {
    plain: 'connection_id campaign_name seconds',
  },
  recording: {
    personal: 'hash peaks warnings muted_hash sealed_hash muted_spans marks',
    plain: `bytes content_type codec channels sample_rate seconds created_at muted_bytes muted_content_type
      loudness silence`,
  },
  recording_host: {
    plain: 'connection_id host auth_kind auth_sealed auth_changed_at tls ca changed_at changed_by',
  },
  replay: {
    personal: 'changes',
    plain: `id connection_id from_at to_at last_arrival dry_run state detail phase total events changed
      recovered calls compared changed_calls fields at_connection at_arrival at_id created_by
      created_at touched_at finished_at`,
  },
  replay_call: {
    plain: 'replay_id connection_id call_instance_id joining',
  },
  rescore: {
    plain: `id state from_at to_at connection_id scorecard version drafts every_call judge created_by
      created_at finished_at decided_by decided_at total done worker touched_at detail due_at`,
  },
  rescore_result: {
    personal: 'before after',
    plain: `rescore_id call_id state evaluation_id base_evaluation_id changed disagreements_before
      disagreements_after skipped`,
  },
  review: {
    personal: 'value evidence reason judged',
    plain: 'id call_id field subject prospect_reason reviewed_by reviewed_at undone_by undone_at',
  },
  rollup_day: { plain: rollup },
  rollup_estimate_day: { plain: rollupEstimate },
  rollup_estimate_hour: { plain: rollupEstimate },
  rollup_estimate_month: { plain: rollupEstimate },
  rollup_hour: { plain: rollup },
  rollup_mark: {
    plain: 'slot id',
  },
  rollup_month: { plain: rollup },
  saved_report: {
    personal: 'query',
    plain: 'id name owner page created_at',
  },
  schedule: {
    plain: `id saved_report_id every weekday day_of_month at_time time_zone channel recipients url secret
      content active next_due_at created_at secret_sealed owner owner_kind`,
  },
  schedule_run: {
    plain: `id schedule_id due_at state attempts next_try_at started_at touched_at finished_at error_code
      error_detail`,
  },
  scorecard_file: {
    plain: 'scorecard version',
  },
  scorecard_revision: {
    plain: 'only_row revision',
  },
  scorecard_rule: {
    plain: 'position connection_id vertical buyer_name campaign_name scorecard version note',
  },
  scorecard_version: {
    plain:
      'scorecard version hash title source shared is_draft saved_at saved_by published_at published_by asks_earlier_call',
  },
  second_look: {
    plain: 'only_row place',
  },
  session: {
    plain: 'id expiresAt token createdAt updatedAt ipAddress userAgent userId',
  },
  share_link: {
    plain: 'id query made_by created_at expires_at revoked_at revoked_by',
  },
  transcript: {
    personal: 'turns redactions warnings tried',
    plain: 'call_id hash language engine simulated created_at engine_name audio_seconds engine_seconds cost',
  },
  transcript_words: {
    personal: 'words stems',
    plain: 'call_id',
  },
  user: {
    plain: 'id name email emailVerified image role createdAt updatedAt',
  },
  verification: {
    plain: 'id identifier value expiresAt createdAt updatedAt',
  },
};
