const brackets: readonly (readonly [string, string])[] = [
  ['{', '}'],
  ['[', ']'],
  ['(', ')'],
  ['<', '>'],
  ['"', '"'],
  ["'", "'"],
];

/**
 * Other spellings under which a sender may have named the same call: all small or all capital letters, with or
 * without braces around it. Systems change an id's case as a whole, so mixtures are not looked for.
 */
export function idVariants(id: string): string[] {
  const inner = brackets.reduce(
    (text, [open, close]) =>
      text.length > 2 && text.startsWith(open) && text.endsWith(close) ? text.slice(1, -1) : text,
    id,
  );
  const spellings = [inner, inner.toLowerCase(), inner.toUpperCase()];
  const variants = new Set(spellings.flatMap((text) => [text, `{${text}}`]));
  variants.delete(id);
  return [...variants];
}
