import { BadArgument } from './bad-argument.ts';

/** An instant as an option gives it; null where it is left out. @throws BadArgument naming the option */
export function readInstant(option: string, text: string | undefined): Date | null {
  if (text === undefined) return null;
  const date = new Date(text);
  if (Number.isNaN(date.getTime()))
    throw new BadArgument(`${option}: ${text} is no date. Example: 2025-07-07T00:00:00Z`);
  return date;
}
