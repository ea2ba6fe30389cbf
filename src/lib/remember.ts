/**
 * The same function with its answers remembered, for questions that come again with every request. Texts longer than
 * `longest` are answered anew each time, and after `most` texts all are forgotten: what strangers send must not grow memory
 * without end.
 * @param answer never undefined
 */
export function remember<Value extends NonNullable<unknown> | null>(
  answer: (text: string) => Value,
  { most, longest }: { most: number; longest: number },
): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = answer(text);
    if (text.length <= longest) {
      if (known.size >= most) known.clear();
      known.set(text, value);
    }
    return value;
  };
}
