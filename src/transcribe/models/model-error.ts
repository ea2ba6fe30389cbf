/** A model that cannot be added or pulled, in words for the operator who asked for it. */
export class ModelError extends Error {
  override name = 'ModelError';
}
