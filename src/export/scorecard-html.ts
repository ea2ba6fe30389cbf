import type { PartyScorecardBody } from '../contract/party-scorecards.ts';
import { definitionText } from '../report/definition-text.ts';
import { scorecardStyle } from './scorecard-style.ts';

/**
 * A scorecard as one page to read, print and send: no script, nothing loaded from elsewhere.
 * @param style `inline` for a file that stands alone, or the address of the style sheet
 */
export function scorecardHtml(scorecard: PartyScorecardBody, style: 'inline' | { href: string }): string {
  const { party, name, from, to, time_zone } = scorecard;
  const title = `${party === 'publisher' ? 'Publisher' : 'Buyer'} scorecard: ${name}`;
  const look =
    style === 'inline'
      ? `<style>${scorecardStyle}</style>`
      : `<link rel="stylesheet" href="${html(style.href)}">`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${html(title)}</title>
${look}
</head>
<body>
<main>
<header><h1>${html(title)}</h1>
<p>${html(from)} to ${html(to)}, days in ${html(time_zone)}; made ${html(scorecard.made_at.slice(0, 16).replace('T', ' '))} UTC</p></header>
${figures(scorecard)}
${weeks(scorecard)}
${table(
  'Why callers were no qualified prospects',
  ['Reason', 'Calls'],
  scorecard.reasons.map(({ label, calls }) => [label, String(calls)]),
)}
${table(
  party === 'publisher' ? 'Sub ids' : 'Campaigns',
  ['Name', 'Calls', 'Qualified'],
  scorecard.sources.map(({ label, calls, qualified_rate }) => [
    label,
    String(calls),
    percent(qualified_rate),
  ]),
)}
${table(
  'Newest calls that are not billable',
  ['Call id', 'Time (UTC)', 'Connected', 'Why'],
  scorecard.calls.map((call) => [
    call.call_instance_id,
    call.call_at.slice(0, 16).replace('T', ' '),
    seconds(call.connected_call_length),
    call.verdict,
  ]),
)}
<footer><p>Made by Aria from recorded calls. Callers and what others pay or are paid are left out.</p></footer>
</main>
</body>
</html>
`;
}

type Figure = PartyScorecardBody['figures'][number];

function figures({ figures: found, currencies }: PartyScorecardBody): string {
  const rows = found.map((figure) => {
    const interval =
      figure.low === null || figure.high === null
        ? ''
        : ` <small>(${percent(figure.low)} to ${percent(figure.high)})</small>`;
    return `<tr><th scope="row">${html(figure.label)}<small>${html(definitionText(figure))}</small></th><td>${html(show(figure, figure.value, currencies))}${interval}</td><td>${html(show(figure, figure.previous, currencies))}</td></tr>`;
  });
  return `<section><h2>Figures</h2><table><thead><tr><th scope="col">Figure</th><th scope="col">Period</th><th scope="col">Period before</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table><p><small>In brackets: where the true rate lies with a probability of 95 %.</small></p></section>`;
}

function weeks({ weeks: found }: PartyScorecardBody): string {
  return table(
    'Week by week',
    ['Week', 'Calls', 'Qualified', 'Billable'],
    found.map(({ label, calls, qualified_rate, billable }) => [
      label,
      String(calls),
      percent(qualified_rate),
      String(billable),
    ]),
  );
}

function table(title: string, heads: string[], rows: string[][]): string {
  if (rows.length === 0) return '';
  const head = heads.map((text) => `<th scope="col">${html(text)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((text) => `<td>${html(text)}</td>`).join('')}</tr>`);
  return `<section><h2>${html(title)}</h2><table><thead><tr>${head}</tr></thead><tbody>
${body.join('\n')}
</tbody></table></section>`;
}

function show({ unit }: Figure, value: Figure['value'], currencies: string[]): string {
  if (value === null) return '—';
  if (unit === 'percent') return percent(Number(value));
  if (unit === 'seconds') return `${value} s`;
  return unit === 'money' ? `${value} ${currencies.join('/')}` : String(value);
}

function percent(value: number | null): string {
  return value === null ? '—' : `${Math.round(value * 10) / 10} %`;
}

function seconds(value: number | null): string {
  return value === null ? '—' : `${Math.floor(value / 60)}:${String(value % 60).padStart(2, '0')}`;
}

/** Names come from whoever sends calls. */
function html(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
