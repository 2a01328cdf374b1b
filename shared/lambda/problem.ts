import type { APIGatewayProxyResult } from 'aws-lambda';
import type { HouseError, InputIssue } from '../errors/index.ts';
import { type Language, type Messages, say } from '../messages/index.ts';

/** What API Gateway takes for an answer. */
export type ProxyResult = Pick<APIGatewayProxyResult, 'statusCode' | 'body'> & {
  headers: { [name: string]: string };
};

/**
 * An error as RFC 9457 tells it: `type`, `status`, `title` and `detail` in the reader's language, the name to act on,
 * the trace to look up, whether asking again can help, and the facts of the error as members of their own. Of what
 * nobody expected (500) the facts stay in the log.
 */
export const problemOf = (
  error: HouseError,
  { messages, language, traceId }: { messages: Messages; language: Language; traceId: string | undefined },
): ProxyResult => {
  const { name, status, retryable, retryAfterSeconds } = error;
  const facts = status === 500 ? {} : inLanguage(error.facts, language);
  const problem = {
    ...facts,
    type: `urn:dabbawala:error:${name}`,
    title: titleOf(name),
    status,
    detail: say(messages, name, error.facts, language),
    name,
    retryable,
    traceId,
  };
  return {
    statusCode: status,
    headers: {
      'Content-Type': 'application/problem+json',
      ...(retryAfterSeconds ? { 'Retry-After': String(retryAfterSeconds) } : {}),
      // RFC 9110 11.6.1: a 401 says how to authenticate.
      ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
    },
    body: JSON.stringify(problem),
  };
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
