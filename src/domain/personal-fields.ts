import type { CallField } from './call-fields.ts';

/**
 * Fields that say who called or where he is, or lead to it: an address of a recording often holds the number, a
 * referrer's address what was typed into a form. The rest names businesses, money, times and outcomes. Fields of the
 * sender's own may hold anything, so they count as personal, all of them.
 */
export const personalFields: readonly CallField[] = [
  'caller_id',
  'zip_code',
  'recording',
  'referrer_url',
  'client_lead_id',
];
