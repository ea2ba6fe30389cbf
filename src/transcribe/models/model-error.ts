import { UserError } from '../../lib/user-error.ts';

/** A model that cannot be added or pulled, in words for the operator who asked for it. */
export class ModelError extends UserError {
  override name = 'ModelError';
}
