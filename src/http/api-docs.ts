import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { marked } from 'marked';
import { describeApi } from '../contract/openapi.ts';
import { escapeHtml, layout } from './doc-page.ts';
import { notFound } from './problems.ts';

const version = '1';

/** `/v1/openapi.json`, the same as a page, and the guides of docs/ as pages. */
export async function mountApiDocs(app: FastifyInstance, docsFolder: string): Promise<void> {
  const api = describeApi(version);
  const page = layout('API', renderApi(api as ApiDescription));
  app.get('/v1/openapi.json', async () => api);
  app.get('/docs/api', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  app.get('/docs/docs.css', async (_request, reply) => reply.type('text/css').send(css));
  app.get('/docs/:name', async (request, reply) => {
    const { name } = request.params as { name: string };
    if (!/^[a-z-]+$/.test(name)) throw notFound('guide');
    const text = await readFile(join(docsFolder, `${name}.md`), 'utf8').catch(() => null);
    if (text === null) throw notFound('guide');
    return reply.type('text/html; charset=utf-8').send(layout(name, reachable(await marked.parse(text))));
  });
}

type Operation = {
  operationId: string;
  summary: string;
  parameters?: { name: string; in: string; required: boolean; description?: string; schema: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
};
type ApiDescription = {
  info: { title: string; description: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
};

function renderApi(api: ApiDescription): string {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => renderOperation(method, path, operation)),
  );
  const schemas = Object.entries(api.components.schemas).map(
    ([name, schema]) => `<h3 id="${name}">${escapeHtml(name)}</h3>${renderJson(schema)}`,
  );
  return `<h1>${escapeHtml(api.info.title)} API</h1><p>${escapeHtml(api.info.description)}
    <a href="/v1/openapi.json">openapi.json</a></p>${operations.join('')}<h2>Schemas</h2>${schemas.join('')}`;
}

function renderOperation(method: string, path: string, operation: Operation): string {
  const parameters = (operation.parameters ?? []).map(
    (p) =>
      `<tr><td><code>${escapeHtml(p.name)}</code></td><td>${p.in}${p.required ? ', required' : ''}</td><td>${escapeHtml(p.description ?? '')}</td></tr>`,
  );
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  const answers = Object.entries(operation.responses).map(
    ([status, response]) =>
      `<li><b>${status}</b> ${escapeHtml(response.description)}${renderRef(Object.values(response.content ?? {})[0]?.schema)}</li>`,
  );
  return `<section><h2 id="${operation.operationId}"><code>${method.toUpperCase()} ${escapeHtml(path)}</code></h2>
    <p>${escapeHtml(operation.summary)}</p>
    ${parameters.length > 0 ? `<table><thead><tr><th>parameter</th><th>place</th><th>meaning</th></tr></thead><tbody>${parameters.join('')}</tbody></table>` : ''}
    ${body ? `<p>Body${renderRef(body)}</p>` : ''}<ul>${answers.join('')}</ul></section>`;
}

/** What scrolls must be reachable by keyboard. */
function reachable(html: string): string {
  return html.replaceAll('<pre>', '<pre tabindex="0">').replaceAll('<table>', '<table tabindex="0">');
}

function renderRef(schema: object | undefined): string {
  const ref = (schema as { $ref?: string } | undefined)?.$ref?.split('/').at(-1);
  if (ref) return `: <a href="#${ref}">${escapeHtml(ref)}</a>`;
  return schema ? renderJson(schema) : '';
}

function renderJson(value: object): string {
  return `<details><summary>schema</summary><pre tabindex="0">${escapeHtml(JSON.stringify(value, null, 2))}</pre></details>`;
}

const css = `:root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:56rem;margin:0 auto;padding:1rem}
nav{display:flex;flex-wrap:wrap;gap:1rem;padding-bottom:1rem;border-bottom:1px solid #8885}nav a{padding:.25rem 0}
table{border-collapse:collapse;display:block;overflow-x:auto}td,th{border-bottom:1px solid #8885;padding:.35rem .6rem;text-align:left;vertical-align:top}
pre{overflow:auto;background:#8882;padding:.75rem;border-radius:.5rem;font-size:.85rem}code{font-size:.9em;overflow-wrap:anywhere}
a{color:light-dark(#1d4ed8,#93b4ff)}h2{margin-top:2.5rem}`;
