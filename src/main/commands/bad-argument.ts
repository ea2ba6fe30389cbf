/** A command was given something it cannot use; the message says what would be right. */
export class BadArgument extends Error {
  override name = 'BadArgument';
}
