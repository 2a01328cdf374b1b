export {
  BodyTooLargeError,
  ForbiddenError,
  IdempotencyKeyReusedError,
  InProgressError,
  type InputIssue,
  InvalidInputError,
  NotFoundError,
  PeerAnswerError,
  PeerMissingError,
  PeerUnavailableError,
  TooManyRequestsError,
  UnauthenticatedError,
  UnsupportedMediaTypeError,
} from './errors.ts';
export { readFacts } from './facts.ts';
export { HouseError, TransientError, UnexpectedError } from './house-error.ts';
export { invalidInput, issuesOf } from './invalid-input.ts';
