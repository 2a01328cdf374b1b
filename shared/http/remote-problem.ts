import { HouseError } from '../errors/index.ts';

/** Members of a problem that are ours, and not facts of the error. */
const OWN = new Set([
  'type',
  'title',
  'status',
  'detail',
  'detail_hi',
  'instance',
  'name',
  'traceId',
  'requestId',
  'retryable',
]);

/**
 * What another system answered instead of what was asked for, by the name that its contract gives it. Handle the
 * names you know; let the others pass.
 */
export class RemoteProblem extends HouseError<{ readonly [fact: string]: unknown }> {
  override readonly name: string;
  override readonly status: number;
  override readonly retryable: boolean;
  override readonly retryAfterSeconds: number;
  /** The sentence for a person, in the language that was asked for. */
  readonly detail: string;
  /** Where to look for what happened over there. */
  readonly traceId: string | undefined;

  constructor(status: number, problem: { readonly [member: string]: unknown }, retryAfterSeconds = 0) {
    super(Object.fromEntries(Object.entries(problem).filter(([member]) => !OWN.has(member))));
    this.status = status;
    this.name = typeof problem.name === 'string' ? problem.name : nameOf(status);
    this.retryable = problem.retryable === true;
    this.retryAfterSeconds = retryAfterSeconds;
    this.detail = String(problem.detail ?? problem.message ?? '');
    this.traceId = typeof problem.traceId === 'string' ? problem.traceId : undefined;
  }
}

/** The gateway's own answers have no name; their status has. */
const nameOf = (status: number): string =>
  ({
    400: 'InvalidInputError',
    401: 'UnauthenticatedError',
    403: 'ForbiddenError',
    404: 'NotFoundError',
    413: 'BodyTooLargeError',
    415: 'UnsupportedMediaTypeError',
    429: 'TooManyRequestsError',
  })[status] ?? 'RemoteProblem';
