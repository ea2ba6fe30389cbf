/**
 * An error whose message is for whoever asked: what is wrong, and what to do. It is printed without a stack, so it
 * stands for faults that are not ours.
 */
export class UserError extends Error {
  override name = 'UserError';
}
