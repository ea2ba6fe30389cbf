import type { FastifyInstance } from 'fastify';
import { problemCodes } from '../contract/problem-codes.ts';
import { escapeHtml, layout } from './doc-page.ts';
import { notFound } from './problems.ts';

/** `/problems/<code>`: what the `type` of a problem leads to, for people. */
export function mountProblemPages(app: FastifyInstance): void {
  app.get('/problems', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(layout('Problems', renderList())),
  );
  app.get('/problems/:code', async (request, reply) => {
    const { code } = request.params as { code: string };
    const known = Object.hasOwn(problemCodes, code) ? problemCodes[code] : undefined;
    if (!known) throw notFound('kind of problem');
    const body = `<h1><code>${escapeHtml(code)}</code></h1><h2>What it means</h2><p>${escapeHtml(known.means)}</p>
      <h2>What to do</h2><p>${escapeHtml(known.todo)}</p><p><a href="/problems">All kinds of problems</a></p>`;
    return reply.type('text/html; charset=utf-8').send(layout(code, body));
  });
}

function renderList(): string {
  const rows = Object.entries(problemCodes).map(
    ([code, { means, todo }]) =>
      `<tr><td><a href="/problems/${code}"><code>${code}</code></a></td><td>${escapeHtml(means)}</td><td>${escapeHtml(todo)}</td></tr>`,
  );
  return `<h1>Problems</h1><p>Errors are answered as RFC 9457 problem details. The last part of <code>type</code> is one of these.</p>
    <table tabindex="0"><thead><tr><th>code</th><th>meaning</th><th>what to do</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}
