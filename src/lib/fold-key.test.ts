import { expect, test } from 'vitest';
import { foldKey } from './fold-key.ts';

test.each([
  'call_instance_id',
  'callInstanceId',
  'CALL-INSTANCE-ID',
  'Call Instance ID',
  ' call.instance.id ',
])('%j', (name) => {
  expect(foldKey(name)).toBe('callinstanceid');
});

test('letters of any script survive, an endless name is left alone', () => {
  expect(foldKey('Straße_Ñ')).toBe('straßeñ');
  expect(foldKey('___')).toBe('');
  expect(foldKey('A_'.repeat(200))).toBe('A_'.repeat(200));
});
