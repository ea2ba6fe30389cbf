import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the server got it. */
export type Asked = {
  authorization: string | undefined;
  temperature: number;
  messages: { role: string; content: unknown }[];
  response_format?: { type: string; json_schema?: { schema: { properties: Record<string, unknown> } } };
};

/** How to answer: a status and a body, or null to never answer. */
export type Reply = { status: number; body: string } | null;

/** A chat completion with this text. */
export function completion(content: string, finishReason = 'stop'): Reply {
  return {
    status: 200,
    body: JSON.stringify({
      id: 'x',
      object: 'chat.completion',
      created: 1,
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: finishReason }],
      usage: { prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100 },
    }),
  };
}

/** A server that speaks the chat completions protocol, and keeps what it was asked. */
export async function startModelServer(reply: (asked: Asked) => Reply) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => {
      text += part.toString();
    });
    request.on('end', () => {
      const one = { authorization: request.headers.authorization, ...(JSON.parse(text) as object) } as Asked;
      asked.push(one);
      const answer = reply(one);
      if (answer) response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
