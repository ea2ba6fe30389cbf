/** A question that cannot be answered as put: which parameter is wrong, and what would be right. HTTP answers 400. */
export class InvalidQuery extends Error {
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.name = 'InvalidQuery';
    this.field = field;
  }
}

/** PostgreSQL stores every character but NUL, so no value can equal a text that holds one. */
export function storableText(field: string, text: string): string {
  if (text.includes('\0')) throw new InvalidQuery(field, `\`${field}\` holds a NUL character.`);
  return text;
}
