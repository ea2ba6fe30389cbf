import type { FastifyInstance } from 'fastify';
import { describeApi } from '../contract/openapi.ts';
import { escapeHtml, layout } from './doc-page.ts';

const version = '1';

/** `/v1/openapi.json`, and the same as a page. */
export function mountApiDocs(app: FastifyInstance): void {
  const api = describeApi(version);
  const page = layout('API', renderApi(api as ApiDescription));
  app.get('/v1/openapi.json', async () => api);
  app.get('/docs/api', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
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
    ${parameters.length > 0 ? `<table tabindex="0"><thead><tr><th>parameter</th><th>place</th><th>meaning</th></tr></thead><tbody>${parameters.join('')}</tbody></table>` : ''}
    ${body ? `<p>Body${renderRef(body)}</p>` : ''}<ul>${answers.join('')}</ul></section>`;
}

function renderRef(schema: object | undefined): string {
  const ref = (schema as { $ref?: string } | undefined)?.$ref?.split('/').at(-1);
  if (ref) return `: <a href="#${ref}">${escapeHtml(ref)}</a>`;
  return schema ? renderJson(schema) : '';
}

function renderJson(value: object): string {
  return `<details><summary>schema</summary><pre tabindex="0">${escapeHtml(JSON.stringify(value, null, 2))}</pre></details>`;
}
