import { AISDKError, APICallError, NoObjectGeneratedError } from 'ai';
import { Failure } from '../../domain/failure.ts';

/** A fault of a model server as a failure with advice; anything else is a bug and comes back as it is. */
export function serverFailure(error: unknown, isLate: boolean): unknown {
  const options = { cause: error };
  if (error instanceof Failure) return error;
  if (isLate) return unavailable('The server did not answer in time.', options);
  if (NoObjectGeneratedError.isInstance(error)) {
    const detail = badAnswerDetail(error.finishReason ?? 'stop');
    return new Failure('score.bad-answer', 'soon', detail, options);
  }
  if (!APICallError.isInstance(error)) {
    return AISDKError.isInstance(error)
      ? new Failure('score.bad-answer', 'soon', 'The answer is empty, or no chat completion.', options)
      : error;
  }
  const status = error.statusCode;
  if (status === undefined) return unavailable('The server could not be reached.', options);
  if (status === 429 && /insufficient_quota|credit|billing/i.test(error.responseBody ?? '')) {
    return new Failure('score.provider-refused', 'park', 'The account has no credit left.', options);
  }
  if (status === 429 || status >= 500)
    return unavailable(`The server answered with status ${status}.`, options);
  if (status >= 400) {
    return new Failure(
      'score.provider-refused',
      'park',
      `The server refused with status ${status}.`,
      options,
    );
  }
  return new Failure('score.bad-answer', 'soon', 'The answer is no chat completion.', options);
}

/** Why an answer is no use, by how the model says it ended. */
export function badAnswerDetail(finishReason: string): string {
  if (finishReason === 'length') return 'The answer was cut off: the model allows too few tokens.';
  if (finishReason === 'content-filter') return 'The model refused to speak about this call.';
  return 'The answer does not fit the questions.';
}

function unavailable(detail: string, options: { cause: unknown }): Failure {
  return new Failure('score.provider-unavailable', 'soon', detail, options);
}
