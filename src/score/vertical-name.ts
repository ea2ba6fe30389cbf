/** Levels a vertical's name for comparison: case does not count; spaces, `-`, `_`, `/` and `&` count alike. */
export function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s_\-/&]+/g, ' ')
    .trim();
}
