import type { CallFields } from '../domain/call-fields.ts';
import type { FieldMapping } from './field-mapping.ts';
import { type Reading, warn } from './reading.ts';

const secondsOfDay = 86_400;

function checkLengths(fields: CallFields, reading: Reading): void {
  const total = fields.duration === undefined ? null : Number(fields.duration);
  const connected = fields.connected_call_length === undefined ? null : Number(fields.connected_call_length);
  if (total !== null && connected !== null && total > 0 && connected > 0) {
    const [long, short] = total > connected ? [total, connected] : [connected, total];
    if (long >= 10_000 && long / short >= 500) {
      reading.field = total > connected ? 'duration' : 'connected_call_length';
      warn(
        reading,
        'suspected_milliseconds',
        `${long} against ${short}: one of the two lengths looks like milliseconds.`,
      );
      return;
    }
  }
  if (total !== null && connected !== null && connected > total) {
    reading.field = 'connected_call_length';
    warn(reading, 'inconsistent', `Connected for ${connected} s of a call of ${total} s.`);
  }
  for (const [field, value] of [
    ['duration', total],
    ['connected_call_length', connected],
  ] as const) {
    if (value === null || value <= secondsOfDay) continue;
    reading.field = field;
    warn(reading, 'inconsistent', `${value} s is longer than a day.`);
  }
}

/** Somebody was connected, and the sender's template has a place for the target, but nothing stands there. */
function checkTarget(
  fields: CallFields,
  reading: Reading,
  data: Record<string, unknown>,
  mapping: FieldMapping,
): void {
  if (!(Number(fields.connected_call_length) > 0)) return;
  if ((fields.target_name ?? fields.target_did ?? fields.target_sub_id ?? fields.buyer_name) !== undefined)
    return;
  for (const name in data) {
    const target = mapping.targetOf(name);
    if (target.to !== 'field' || (target.field !== 'target_name' && target.field !== 'target_did')) continue;
    reading.field = target.field;
    warn(reading, 'inconsistent', 'The call was connected, but neither target nor buyer is named.');
    return;
  }
}

/** Warns where the fields of one event contradict each other. Nothing is changed. */
export function checkConsistency(
  fields: CallFields,
  reading: Reading,
  data: Record<string, unknown>,
  mapping: FieldMapping,
): void {
  checkTarget(fields, reading, data, mapping);
  if (fields.duration !== undefined || fields.connected_call_length !== undefined)
    checkLengths(fields, reading);
  if (fields.converted === true && fields.sale_count !== undefined && Number(fields.sale_count) === 0) {
    reading.field = 'sale_count';
    warn(reading, 'inconsistent', 'No sales, though the call is reported as converted; both were kept.');
  }
  if (fields.converted === false && fields.sale_amount !== undefined && Number(fields.sale_amount) > 0) {
    reading.field = 'sale_amount';
    warn(
      reading,
      'inconsistent',
      'A sale amount, though the call is reported as not converted; both were kept.',
    );
  }
}
