/** Text as it may stand in HTML. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const guides = [
  ['webhook', 'Sending events'],
  ['analyst', 'For the analyst'],
  ['reports', 'Reports'],
  ['scorecards', 'Scorecards'],
  ['transcription', 'Transcription'],
  ['operate', 'Operating'],
  ['security', 'Security'],
  ['concepts', 'Concepts'],
  ['api', 'API'],
];

/** A guide as a page: no script, one style sheet. @param body HTML */
export function layout(title: string, body: string): string {
  const links = guides.map(([name, label]) => `<a href="/docs/${name}">${label}</a>`).join(' ');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)} · Aria</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/docs/docs.css"></head>
<body><nav aria-label="Guides"><a href="/">Aria</a> ${links}</nav><main>${body}</main></body></html>`;
}

/** The style sheet of these pages. */
export const docStyle = `:root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:56rem;margin:0 auto;padding:1rem}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding-bottom:1rem;border-bottom:1px solid #8885}nav a{padding:.25rem 0}
table{border-collapse:collapse;display:block;overflow-x:auto}td,th{border-bottom:1px solid #8885;padding:.35rem .6rem;text-align:left;vertical-align:top}
pre{overflow:auto;background:#8882;padding:.75rem;border-radius:.5rem;font-size:.85rem}code{font-size:.9em;overflow-wrap:anywhere}td code{overflow-wrap:break-word}
a{color:light-dark(#1d4ed8,#93b4ff)}h2{margin-top:2.5rem}`;
