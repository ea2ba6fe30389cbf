/** Text as it may stand in HTML. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A guide as a page: no script, one style sheet. @param body HTML */
export function layout(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)} · Aria</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/docs/docs.css"></head>
<body><nav aria-label="Guides"><a href="/">Aria</a> <a href="/docs/webhook">Sending events</a> <a href="/docs/reports">Reports</a>
<a href="/docs/scorecards">Scorecards</a> <a href="/docs/operate">Operating</a> <a href="/docs/api">API</a></nav><main>${body}</main></body></html>`;
}
