import { expect, test } from 'vitest';
import { field } from '../field-under-test.ts';

test.each([
  ['02134', '02134'],
  [2134, '02134'],
  ['02134-1234', '02134-1234'],
  ['021341234', '02134-1234'],
  ['K1A 0B1', 'K1A 0B1'],
  ['k1a0b1', 'K1A 0B1'],
  [601, '00601'],
  ['2134-1234', '02134-1234'],
  ['02134\u20131234', '02134-1234'],
  ['="02134"', '02134'],
  ["'02134", '02134'],
  ['00000', undefined],
])('row 80: ZIP %j', (value, expected) => {
  expect(field('zip_code', value)).toEqual([expected]);
});

test('row 80: what is no ZIP', () => {
  expect(field('zip_code', 'Boston')).toEqual([undefined, 'unreadable_value']);
  expect(field('zip_code', '[tag:Geo:ZipCode]')).toEqual([undefined, 'unresolved_token']);
});

test.each([
  ['Texas', 'TX'],
  ['tx', 'TX'],
  ['US-TX', 'TX'],
  ['N.Y.', 'NY'],
  ['D. C.', 'DC'],
  ['X.Y.', 'X.Y.'],
  ['TX, USA', 'TX'],
  ['new york', 'NY'],
  ['ON', 'ON'],
  ['Ontario', 'ON'],
  ['CA-ON', 'ON'],
  ['CA', 'CA'],
  ['PR', 'PR'],
  ['Québec', 'QC'],
  ['Bavaria', 'Bavaria'],
  ['Texas (TX)', 'TX'],
  ['TX - Texas', 'TX'],
  ['TX - Ohio', 'TX - Ohio'],
  ['Dallas, TX', 'TX'],
  ['Dallas, TX 75201', 'TX'],
  ['TX,CA', 'TX,CA'],
  ['State of Texas', 'TX'],
  ['New York State', 'NY'],
  ['N. Carolina', 'NC'],
  ['W Virginia', 'WV'],
  ['New%20York', 'NY'],
])('row 81: state %j', (value, expected) => {
  expect(field('inbound_number_state', value)).toEqual([expected]);
});

test.each([
  ['Caller', 'Caller'],
  ['callee', 'Callee'],
  ['Target', 'Callee'],
  ['SYSTEM', 'System'],
  ['caller_hangup', 'Caller'],
  ['Destination: Hang-up', 'Callee'],
  ['hung up by IVR', 'System'],
  ['Caller disconnected', 'Caller'],
  ['Called Party', 'Callee'],
  ['Unknown', undefined],
])('row 82: end_call_source %j', (value, expected) => {
  expect(field('end_call_source', value)).toEqual([expected]);
});

test('row 82: another word is kept with a warning', () => {
  expect(field('end_call_source', 'Whisper')).toEqual(['Whisper', 'unknown_value']);
});
