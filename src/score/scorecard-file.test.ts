import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkScorecards, faultText } from './scorecard-file.ts';
import { loadScorecards } from './scorecard-library.ts';
import { scorecardSchema } from './scorecard-shape.ts';

const builtIn = fileURLToPath(new URL('../../scorecards', import.meta.url));

function folder(files: Record<string, string>) {
  const path = mkdtempSync(join(tmpdir(), 'scorecards-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

const own = `id: pest_control
version: 1
title: Pest control
criteria:
  - id: owner
    question: Does the caller own the home?
    gate: true
    examples: {}
    listen:
      yes:
        - (i|we) own
policy:
  - id: all
    when: {}
    billable: review
    because: every call is looked at
`;

const rule = (id: string, when: string) =>
  `  - id: ${id}\n    when: ${when}\n    billable: review\n    because: it is so\n`;
const before = (when: string) => own.replace('policy:\n', `policy:\n${rule('first', when)}`);

test('the built-in scorecards read without fault, with the criteria and gates of each vertical', async () => {
  const { all } = await loadScorecards(builtIn);
  const gates = Object.fromEntries(
    all.map(({ id, criteria }) => [id, criteria.map((one) => (one.gate ? `${one.id}*` : one.id)).join(' ')]),
  );
  expect(gates).toEqual({
    aca: 'recording_disclosed decision_maker not_on_medicare_or_medicaid* no_employer_coverage* income_stated wants_quote*',
    auto_insurance:
      'recording_disclosed decision_maker valid_license* owns_vehicle* wants_quote* currently_insured no_major_violation*',
    debt_relief:
      'recording_disclosed decision_maker unsecured_debt_10k* has_hardship* has_income* not_in_program*',
    final_expense:
      'recording_disclosed decision_maker age_50_to_85* wants_coverage* can_pay* not_facility_care*',
    home_services:
      'recording_disclosed decision_maker owner_or_authorized* service_offered* in_service_area* new_customer*',
    mass_tort: 'recording_disclosed decision_maker exposure_confirmed* diagnosis_confirmed* not_represented*',
    medicare:
      'recording_disclosed decision_maker has_parts_a_and_b* open_to_review* not_recently_enrolled* disclaimer_read',
    personal_injury:
      'recording_disclosed decision_maker accident_within_two_years* was_injured* not_at_fault* not_represented*',
    solar: 'recording_disclosed decision_maker owns_home* bill_100* roof_suitable* credit_650',
  });
});

test.each([
  ['Medicare', 'medicare'],
  ['auto insurance', 'auto_insurance'],
  ['Auto', 'auto_insurance'],
  ['HOME-SERVICES', 'home_services'],
  ['Mass Tort', 'mass_tort'],
])('the vertical "%s" finds %s', async (vertical, id) => {
  expect((await loadScorecards(builtIn)).byVertical(vertical)?.id).toBe(id);
});

test('an unknown vertical finds nothing', async () => {
  expect((await loadScorecards(builtIn)).byVertical('timeshare')).toBeNull();
});

test.each([
  ['an unknown key', own.replace('gate: true', 'gaet: true'), 'own.yaml:7', 'gaet'],
  ['a wrong value', own.replace('billable: review', 'billable: maybe'), 'own.yaml:15', 'billable'],
  ['a broken cue', own.replace('(i|we) own', '"(i|we own"'), 'own.yaml:11', 'not closed'],
  ['no gate', own.replace('    gate: true\n', ''), 'own.yaml:5', 'gate'],
  ['a missing common part', `extends: common\n${own}`, 'own.yaml:1', 'common.yaml'],
  ['broken YAML', own.replace('title:', ' title:'), 'own.yaml:2', ''],
  ['a tab', own.replace('    gate: true', '\tgate: true'), 'own.yaml:7', 'indent by spaces'],
  ['an alias of nothing', own.replace('gate: true', 'gate: *such'), 'own.yaml:7', 'Unresolved alias'],
  ['a NUL character', own.replace('Pest', 'Pe\0st'), 'own.yaml:3', 'NUL'],
  ['no mapping', '- a', 'own.yaml:1', 'begin with id'],
  ['a word for a truth', own.replace('true', 'yes'), 'own.yaml:7', 'write gate as true or false'],
  ['a negative weight', own.replace('gate:', 'weight: -1\n    gate:'), 'own.yaml:7', 'at least 0'],
  ['an empty cue', own.replace('(i|we) own', '""'), 'own.yaml:11', 'give this entry a value'],
  [
    'a criterion twice',
    own.replace('policy:', '  - { id: owner, question: Again?, examples: {}, listen: {} }\npolicy:'),
    'own.yaml:12',
    'there already, in line 5',
  ],
  ['a rule behind one for all', `${own}${rule('other', '{}')}`, 'own.yaml:17', 'never reached'],
  ['a rule twice', `${own}${rule('all', '{}')}`, 'own.yaml:17', 'there already'],
  ['a rule of no answer', before('{ answer: { owner: [maybe] } }'), 'own.yaml:13', 'use yes, no, unknown'],
  [
    'a rule of bounds of no number',
    before('{ answer: { owner: { at_least: 1 } } }'),
    'own.yaml:13',
    'no number',
  ],
  ['a rule of no reason', before('{ reason: [tired] }'), 'own.yaml:13', 'never is one'],
  [
    'a rule of no length',
    before('{ connected_at_least: 9, connected_below: 9 }'),
    'own.yaml:13',
    'fits no call',
  ],
  [
    'a no for a stranger',
    own.replace('yes:', 'implies_no: [other]\n      yes:'),
    'own.yaml:5',
    'no criterion',
  ],
])('%s is reported with file, line and cause', (_, text, place, cause) => {
  const { faults } = checkScorecards(folder({ 'own.yaml': text }));
  expect(faultText(faults)).toContain(place);
  expect(faultText(faults)).toContain(cause);
});

test('two scorecards cannot answer to one vertical', () => {
  const { faults } = checkScorecards(
    folder({ 'a.yaml': own, 'b.yaml': own.replace('id: pest_control', 'id: bugs') }),
  );
  expect(faultText(faults)).toContain('already names the scorecard');
});

test('the version changes with the content, and with the shared part', () => {
  const version = (files: Record<string, string>) => checkScorecards(folder(files)).scorecards[0]!.version;
  expect(version({ 'own.yaml': own })).toMatch(/^1\+[0-9a-f]{8}$/);
  expect(version({ 'own.yaml': own })).toBe(version({ 'own.yaml': own }));
  expect(version({ 'own.yaml': `${own}# more` })).not.toBe(version({ 'own.yaml': own }));
  const common = readFileSync(join(builtIn, 'common.yaml'), 'utf8');
  const extended = `extends: common\n${own}`;
  expect(version({ 'own.yaml': extended, 'common.yaml': common })).not.toBe(
    version({ 'own.yaml': extended, 'common.yaml': `${common}# more` }),
  );
});

test('the JSON Schema for editors is the format of today', () => {
  const held = JSON.parse(readFileSync(join(builtIn, 'scorecard.schema.json'), 'utf8'));
  expect(held).toEqual(JSON.parse(JSON.stringify(scorecardSchema())));
});

test('a faulty folder cannot be loaded', async () => {
  await expect(loadScorecards(folder({ 'own.yaml': 'id: 1' }))).rejects.toThrow('score.bad-scorecard');
});
