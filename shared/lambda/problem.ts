import type { APIGatewayProxyResult } from 'aws-lambda';
import { type HouseError, type InputIssue, TransientError, UnexpectedError } from '../errors/index.ts';
import { RemoteProblem } from '../http/remote-problem.ts';
import { type Language, type Messages, say } from '../messages/index.ts';

/** What API Gateway takes for an answer. */
export type ProxyResult = Pick<APIGatewayProxyResult, 'statusCode' | 'body'> & {
  headers: { [name: string]: string };
};

/** Whom an error is told, and where to look for it. */
export interface Telling {
  readonly messages: Messages;
  readonly language: Language;
  readonly traceId: string | undefined;
}

/**
 * The members of an error as RFC 9457 tells it: `type`, `status`, `title` and `detail` in the reader's language, the name
 * to act on, the trace to look up, whether asking again can help, and the facts of the error as members of their own. Of
 * what nobody expected (500) the facts stay in the log.
 */
export const membersOf = (error: HouseError, { messages, language, traceId }: Telling) => {
  const { name, status, retryable } = error;
  const facts = status === 500 ? {} : inLanguage(error.facts, language);
  return {
    ...facts,
    type: `urn:dabbawala:error:${name}`,
    title: titleOf(name),
    status,
    detail: say(messages, name, error.facts, language),
    name,
    retryable,
    traceId,
  };
};

/** A door's answer to an error. */
export const problemOf = (error: HouseError, telling: Telling): ProxyResult => {
  const { status, retryAfterSeconds } = error;
  return {
    statusCode: status,
    headers: {
      'Content-Type': 'application/problem+json',
      ...(retryAfterSeconds ? { 'Retry-After': String(retryAfterSeconds) } : {}),
      // RFC 9110 11.6.1: a 401 says how to authenticate.
      ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
    },
    body: JSON.stringify(membersOf(error, telling)),
  };
};

/**
 * A problem of another system that nobody has translated is not the caller's: a 404 from our bank does not mean that
 * the caller's payment is not there. Only what the contract declares passes as it is.
 */
export const ours = (error: HouseError, { errors }: { readonly errors: readonly string[] }): HouseError => {
  if (!(error instanceof RemoteProblem) || errors.includes(error.name)) return error;
  const facts = { reason: error.name };
  return error.retryable
    ? new TransientError(facts, { cause: error })
    : new UnexpectedError(facts, { cause: error });
};

/** `InsufficientFundsError` → `Insufficient funds`. The same for every occurrence, as the RFC wants it. */
const titleOf = (name: string): string => {
  const words = name
    .replace(/Error$/, '')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Issues with what was expected in one language only. */
const inLanguage = (facts: object, language: Language): object => {
  const { issues } = facts as { issues?: readonly InputIssue[] };
  if (!Array.isArray(issues)) return facts;
  return {
    ...facts,
    issues: issues.map(({ field, expected, expectedHi }: InputIssue) => ({
      field,
      expected: language === 'hi' ? (expectedHi ?? expected) : expected,
    })),
  };
};
