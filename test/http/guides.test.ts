import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mountApiDocs } from '../../src/http/api-docs.ts';
import { mountGuides } from '../../src/http/guides.ts';
import { installProblems } from '../../src/http/problems.ts';

const docs = join(import.meta.dirname, '../../docs');
const guides = readdirSync(docs, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .map((name) => `/docs/${name.slice(0, -'.md'.length)}`);

let app: FastifyInstance;
beforeAll(async () => {
  app = fastify();
  installProblems(app, () => 'bug');
  mountApiDocs(app);
  await mountGuides(app, docs);
});
afterAll(() => app.close());

async function open(path: string) {
  const { statusCode, headers, body } = await app.inject(path);
  return { status: statusCode, type: headers['content-type'], body };
}

test.each(guides)('%s has a title, and its links lead to pages and headings that are there', async (path) => {
  const { status, body } = await open(path);
  expect(status).toBe(200);
  expect(body).toMatch(/<h1 id="[^"]+">/);
  const links = [...body.matchAll(/href="([^"]+)"/g)].map(([, href]) => new URL(href!, `http://aria${path}`));
  for (const link of links) {
    if (link.host !== 'aria' || link.pathname === '/') continue;
    const there = await open(link.pathname);
    expect([link.pathname, there.status]).toEqual([link.pathname, 200]);
    if (link.hash) expect(there.body, link.href).toContain(`id="${link.hash.slice(1)}"`);
  }
});

test('example files are served as text, and nothing beside the guides is', async () => {
  expect(await open('/docs/examples/pest-control.yaml')).toMatchObject({
    status: 200,
    type: 'text/plain; charset=utf-8',
  });
  for (const path of ['/docs/nothing', '/docs/examples/nothing.yaml', '/docs/..%2FREADME', '/docs/WEBHOOK'])
    expect([path, (await open(path)).status]).toEqual([path, 404]);
});
