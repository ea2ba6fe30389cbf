import type { FieldKind } from '../../domain/call-fields.ts';
import type { FieldReader } from '../reading.ts';
import { readBoolean } from './read-boolean.ts';
import { readCount } from './read-count.ts';
import { readDate } from './read-date.ts';
import { readEndCallSource } from './read-end-call-source.ts';
import { readId } from './read-id.ts';
import { readMoney } from './read-money.ts';
import { readPhone } from './read-phone.ts';
import { readSeconds } from './read-seconds.ts';
import { readState } from './read-state.ts';
import { readText } from './read-text.ts';
import { readUrl } from './read-url.ts';
import { readZip } from './read-zip.ts';

/** The reader of each kind of field. */
export const readersByKind: Record<FieldKind, FieldReader> = {
  text: readText,
  id: readId,
  date: readDate,
  phone: readPhone,
  seconds: readSeconds,
  boolean: readBoolean,
  'end-call-source': readEndCallSource,
  state: readState,
  zip: readZip,
  url: readUrl,
  money: readMoney,
  count: readCount,
};
