const placeholders = new Set([
  'null',
  'undefined',
  'n/a',
  'none',
  'nil',
  '-',
  '--',
  '—',
  '(null)',
  '[null]',
  '<null>',
  'no value',
  '-no-value-',
  '(none)',
  '(not set)',
  '#n/a',
  '\\n',
  '[]',
  '{}',
]);

/** Whether trimmed text stands for "no value": empty, or one of the words that software prints for null. */
export function isBlank(text: string): boolean {
  if (text === '') return true;
  return text.length <= 10 && placeholders.has(text.toLowerCase());
}
