import { expect, it } from 'vitest';
import { sensitiveKinds } from '../../domain/transcript.ts';
import { kindsFor } from './profiles.ts';

it.each([null, '', 'Medicare', 'final_expense', 'ACA', 'home health', 'something new'])(
  'looks for everything in %j',
  (vertical) => {
    expect(kindsFor(vertical)).toEqual(sensitiveKinds);
  },
);

it.each(['auto_insurance', 'Home Services', 'solar', 'debt-relief', 'Roofing'])(
  'looks for no Medicare id in %s',
  (vertical) => {
    expect(kindsFor(vertical)).not.toContain('medicare_id');
    expect(kindsFor(vertical)).toContain('card_number');
    expect(kindsFor(vertical)).toContain('ssn');
  },
);
