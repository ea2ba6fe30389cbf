import { z } from 'zod';
import { route } from './route.ts';
import { none } from './shapes.ts';

export const customField = z
  .object({
    name: z.string().describe('filter with `extra=<name>=<value>`, group with `by=extra.<name>`'),
    calls: z.int().describe('of the calls looked at, those that have it'),
    examples: z.array(z.string()).describe('its most frequent values, at most five'),
  })
  .meta({ id: 'CustomField' });

export const listCustomFields = route({
  method: 'GET',
  path: '/v1/custom-fields',
  summary: 'Fields outside the contract that the newest 5,000 calls really have, the most frequent first',
  access: 'read',
  params: z.object({}),
  query: z.object({ connection_id: z.string().optional() }),
  body: none,
  response: z.object({ items: z.array(customField) }),
  status: 200,
});
export type CustomFieldBody = z.infer<typeof customField>;
