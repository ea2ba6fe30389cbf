import { z } from 'zod';
import { reviewFields } from '../domain/review.ts';
import { metric } from './reports.ts';
import { review } from './review.ts';
import { route } from './route.ts';
import { none, page, pageQuery } from './shapes.ts';

export const newReview = z.object({
  field: z.enum(reviewFields),
  subject: z.string().default('').describe("criterion of an answer, name of a flag, else ''"),
  value: z.string().min(1).max(200),
  prospect_reason: z
    .string()
    .nullable()
    .default(null)
    .describe('with prospect `unqualified`: the failed gate; with `not_a_prospect`: why'),
  turns: z.array(z.int().min(0)).max(20).default([]).describe('turns of the transcript that show it'),
  reason: z
    .string()
    .trim()
    .max(1000)
    .default('')
    .describe("why; may be empty only where the judge's word is confirmed"),
});
export type NewReviewBody = z.infer<typeof newReview>;

export const agreement = z
  .object({
    scorecard: z.string(),
    version: z.string(),
    judge: z.string(),
    field: z.enum(reviewFields),
    subject: z.string(),
    reviewed: z.int().describe('calls with a standing review of it that this judge judged by this version'),
    given: z.int().describe('of these, calls for which the judge said more than unknown'),
    right: z.int().describe('of those given, calls for which the reviewer says the same'),
    agreed: z.int().describe('calls for which both say the same, unknown included'),
    precision: z.number().nullable().describe('right ÷ given'),
    kappa: z.number().nullable().describe("Cohen's kappa; null where chance alone would agree"),
  })
  .meta({ id: 'Agreement' });
export type AgreementBody = z.infer<typeof agreement>;

const nothing = z.object({});

export const createReviews = route({
  method: 'POST',
  path: '/v1/calls/{id}/reviews',
  summary: "Set or confirm answers and parts of the outcome; policy decides again, the judge's own stays",
  access: 'write',
  params: z.object({ id: z.string() }),
  query: nothing,
  body: z.object({ reviews: z.array(newReview).min(1).max(100) }),
  response: z.object({ items: z.array(review) }),
  status: 201,
});

export const undoReview = route({
  method: 'POST',
  path: '/v1/reviews/{id}/undo',
  summary: "Take a review back: the judge's word stands again",
  access: 'write',
  params: z.object({ id: z.string() }),
  query: nothing,
  body: none,
  response: review,
  status: 200,
});

export const listReviews = route({
  method: 'GET',
  path: '/v1/reviews',
  summary: 'Reviews, newest first',
  access: 'read',
  params: nothing,
  query: z.object({ call_id: z.string().optional(), ...pageQuery }),
  body: none,
  response: page(review),
  status: 200,
});

export const getAgreement = route({
  method: 'GET',
  path: '/v1/reviews/agreement',
  summary: 'How often judges agree with reviewers, per criterion, scorecard version and judge',
  access: 'read',
  params: nothing,
  query: z.object({ scorecard: z.string().optional() }),
  body: none,
  response: z.object({
    calls: z.int().describe('calls with a standing review'),
    metrics: z.array(metric).describe('what its figures count'),
    items: z.array(agreement),
  }),
  status: 200,
});

/** Streamed; bound by hand (src/http/review-export.ts). */
export const exportReviews = route({
  method: 'GET',
  path: '/v1/reviews/export',
  summary: 'Reviewed calls as labelled calls, one JSON object a line, for `npm run eval -- --set`',
  access: 'read',
  params: nothing,
  query: z.object({ scorecard: z.string().optional() }),
  body: none,
  produces: ['application/x-ndjson'],
  response: z.string(),
  status: 200,
});
