-- For questions that would read the whole store: rare events, one caller's calls, the queue of disagreements.

create index event_skipped on event (connection_id, arrival desc) where status = 'skipped';
create index call_by_caller on call (caller_id, call_at desc);
create index call_disagreeing on call (call_at desc, id desc)
  where billed_not_qualified or qualified_not_billed or sale_heard_not_reported or sale_reported_not_heard;
