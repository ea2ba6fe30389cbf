import type { Warning } from '../../src/domain/event.ts';

/** What the webhook may answer, all in one: a receipt, a problem, or several of them. */
export type WebhookAnswer = {
  id: string;
  call_id: string;
  status: string | number;
  type: string;
  warnings: Warning[];
  items: WebhookAnswer[];
};

/** The body of a webhook's answer. */
export async function json(response: Response): Promise<WebhookAnswer> {
  return (await response.json()) as WebhookAnswer;
}
