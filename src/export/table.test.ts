import { expect, test } from 'vitest';
import { toTextTable } from './table.ts';

test('numbers stand to the right, unknown is a dash', () => {
  const text = toTextTable({
    columns: [
      { heading: 'Publisher', kind: 'text' },
      { heading: 'Calls', kind: 'number' },
      { heading: 'Revenue', kind: 'number' },
    ],
    rows: [
      ['North', 12, '1200.50'],
      ['Süd', 3, null],
    ],
  });
  expect(text).toBe(
    [
      'Publisher  Calls  Revenue',
      '─────────  ─────  ───────',
      'North         12  1200.50',
      'Süd            3        —',
    ].join('\n'),
  );
});

test('a name cannot move the cursor or colour the terminal', () => {
  const text = toTextTable({ columns: [{ heading: 'N', kind: 'text' }], rows: [['a\u001b[31mb\nc']] });
  expect(text.split('\n').at(-1)).toBe('a[31mbc');
});
