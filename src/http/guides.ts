import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { Marked, type Tokens } from 'marked';
import { docStyle, layout } from './doc-page.ts';
import { notFound } from './problems.ts';

/** `/docs/<name>`: the guides of docs/ as pages, with the decisions and example files to which they lead. */
export async function mountGuides(app: FastifyInstance, docsFolder: string): Promise<void> {
  const read = async (path: string) => {
    const text = await readFile(join(docsFolder, path), 'utf8').catch(() => null);
    if (text === null) throw notFound('guide');
    return text;
  };
  app.get('/docs/docs.css', async (_request, reply) => reply.type('text/css').send(docStyle));
  for (const folder of ['', 'decisions/']) {
    app.get(`/docs/${folder}:name`, async (request, reply) => {
      const { name } = request.params as { name: string };
      if (!/^[a-z0-9-]+$/.test(name)) throw notFound('guide');
      return reply
        .type('text/html; charset=utf-8')
        .send(renderGuide(await read(`${folder}${name}.md`), name));
    });
  }
  app.get('/docs/examples/:file', async (request, reply) => {
    const { file } = request.params as { file: string };
    if (!/^[a-z0-9-]+\.(yaml|jsonl)$/.test(file)) throw notFound('example');
    return reply.type('text/plain; charset=utf-8').send(await read(`examples/${file}`));
  });
}

/** A guide as a page. Its links work here as they do in the repository: between guides, and to headings. */
function renderGuide(markdown: string, name: string): string {
  const marked = new Marked({
    walkTokens: (token) => {
      if (token.type === 'link') token.href = token.href.replace(/^(?!https?:)([\w./-]+)\.md(?=#|$)/, '$1');
    },
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading) {
        return `<h${depth} id="${anchor(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
    },
  });
  const title = /^# (.+)$/m.exec(markdown)?.[1] ?? name;
  return layout(title, reachable(marked.parse(markdown, { async: false })));
}

/** The name by which a link leads to a heading, as GitHub makes it. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

/** What scrolls must be reachable by keyboard. */
function reachable(html: string): string {
  return html.replaceAll('<pre>', '<pre tabindex="0">').replaceAll('<table>', '<table tabindex="0">');
}
