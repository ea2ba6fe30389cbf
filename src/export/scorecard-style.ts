/** How a scorecard looks on a screen and on paper. */
export const scorecardStyle = `
:root { color-scheme: light; }
body { margin: 0; background: #f6f6f4; color: #1d1d1b; font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 52rem; margin: 2rem auto; padding: 2rem; background: #fff; }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 .5rem; font-size: 1.05rem; }
header p, footer p { color: #55554f; }
section { overflow-x: auto; break-inside: avoid; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .4rem .6rem .4rem 0; border-bottom: 1px solid #dcdcd6; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
td { font-variant-numeric: tabular-nums; }
thead th { color: #55554f; font-weight: 500; font-size: .85rem; }
th small { display: block; color: #55554f; font-weight: 400; }
small { color: #55554f; font-size: .8rem; }
@media print { body { background: #fff; font-size: 12px; } main { margin: 0; padding: 0; } }
`;
