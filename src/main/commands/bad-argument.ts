import { UserError } from '../../lib/user-error.ts';

/** A command was given something it cannot use; the message says what would be right. */
export class BadArgument extends UserError {
  override name = 'BadArgument';
}
