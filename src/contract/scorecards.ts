import { z } from 'zod';
import { criterionKinds } from '../domain/scorecard.ts';
import { route } from './route.ts';
import { instant, none } from './shapes.ts';

export const scorecardVersion = z
  .object({
    version: z.string().describe('declared version and hash of the content, e.g. `1+3f9a2c1d`'),
    hash: z.string().describe('SHA-256 of the content, hex'),
    state: z.enum(['published', 'draft', 'retired']).describe('retired: a draft that another one replaced'),
    in_force: z.boolean().describe('the newest published one, used where no rule names a version'),
    saved_at: instant,
    saved_by: z.string(),
    published_at: instant.nullable(),
    published_by: z.string().nullable(),
    used: z.boolean().describe('whether any call was ever judged by it'),
  })
  .meta({ id: 'ScorecardVersion' });

const criterion = z.object({
  id: z.string(),
  question: z.string(),
  kind: z.enum(criterionKinds),
  choices: z.array(z.string()),
  gate: z.boolean(),
  weight: z.number(),
  auto_fail: z.boolean(),
  heard_from: z.string(),
  required_text: z.string().nullable(),
});

export const scorecard = z
  .object({
    id: z.string(),
    title: z.string(),
    aliases: z.array(z.string()),
    criteria: z.array(criterion),
    policy: z.array(z.object({ id: z.string(), billable: z.string(), because: z.string() })),
    versions: z.array(scorecardVersion).describe('newest first'),
  })
  .meta({ id: 'Scorecard' });
export type ScorecardBody = z.infer<typeof scorecard>;

export const scorecardRule = z
  .object({
    connection_id: z.string().nullable().default(null),
    vertical: z.string().trim().min(1).max(200).nullable().default(null),
    buyer_name: z.string().trim().min(1).max(500).nullable().default(null),
    campaign_name: z.string().trim().min(1).max(500).nullable().default(null),
    scorecard: z.string(),
    version: z.string().nullable().default(null).describe('null: the newest published one'),
    note: z.string().max(500).default(''),
  })
  .meta({ id: 'ScorecardRule' });
export type ScorecardRuleBody = z.infer<typeof scorecardRule>;

export const scorecardFault = z.object({
  file: z.string(),
  line: z.int(),
  problem: z.string(),
  fix: z.string(),
});

/** Text of a YAML file; the largest of the built-in ones is a fifth of this. */
const sourceText = z.string().min(1).max(400_000);
const idParam = z.object({ id: z.string() });
const nothing = z.object({});

export const listScorecards = route({
  method: 'GET',
  path: '/v1/scorecards',
  summary: 'Scorecards with their versions and drafts',
  access: 'read',
  params: nothing,
  query: nothing,
  body: none,
  response: z.object({ items: z.array(scorecard) }),
  status: 200,
});

export const getScorecardSource = route({
  method: 'GET',
  path: '/v1/scorecards/{id}/versions/{version}',
  summary: 'The YAML of one version',
  access: 'read',
  params: z.object({ id: z.string(), version: z.string() }),
  query: nothing,
  body: none,
  response: z.object({
    id: z.string(),
    version: z.string(),
    source: z.string(),
    shared: z.string().nullable(),
  }),
  status: 200,
});

export const checkScorecard = route({
  method: 'POST',
  path: '/v1/scorecards/check',
  summary: 'Read a scorecard without saving it: its faults, and how its examples fare with the local judge',
  access: 'read',
  params: nothing,
  query: nothing,
  body: z.object({ source: sourceText }),
  response: z.object({
    faults: z.array(scorecardFault),
    examples: z
      .object({
        right: z.int(),
        open: z.int(),
        wrong: z.int(),
        misses: z.array(
          z.object({ criterion: z.string(), example: z.string(), wanted: z.string(), got: z.string() }),
        ),
      })
      .nullable(),
  }),
  status: 200,
});

export const saveScorecardDraft = route({
  method: 'PUT',
  path: '/v1/scorecards/drafts',
  summary: 'Save a text as the draft of its scorecard; a new id makes a new scorecard',
  access: 'write',
  params: nothing,
  query: nothing,
  body: z.object({ source: sourceText }),
  response: z.object({ scorecard: z.string(), version: z.string(), state: z.enum(['draft', 'published']) }),
  status: 200,
});

export const dropScorecardDraft = route({
  method: 'DELETE',
  path: '/v1/scorecards/{id}/draft',
  summary: 'Drop the draft; evaluations made by it stay',
  access: 'write',
  params: idParam,
  query: nothing,
  body: none,
  response: z.object({ scorecard: z.string() }),
  status: 200,
});

export const publishScorecard = route({
  method: 'POST',
  path: '/v1/scorecards/{id}/publish',
  summary: 'Publish the draft: from now on in force, and unchangeable',
  access: 'write',
  params: idParam,
  query: nothing,
  body: z.object({ version: z.string().nullable().default(null).describe('null: the draft') }),
  response: z.object({ scorecard: z.string(), version: z.string() }),
  status: 200,
});

export const getScorecardRules = route({
  method: 'GET',
  path: '/v1/scorecard-rules',
  summary:
    'Which calls are judged by which scorecard: the first rule that fits; then the connection, then the vertical',
  access: 'read',
  params: nothing,
  query: nothing,
  body: none,
  response: z.object({ rules: z.array(scorecardRule) }),
  status: 200,
});

export const putScorecardRules = route({
  method: 'PUT',
  path: '/v1/scorecard-rules',
  summary: 'Replace the rules, in their order',
  access: 'write',
  params: nothing,
  query: nothing,
  body: z.object({ rules: z.array(scorecardRule).max(500) }),
  response: z.object({ rules: z.array(scorecardRule) }),
  status: 200,
});
