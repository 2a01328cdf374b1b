/** The middlewares of a door that are ours; the others are middy's. */
import type { MiddlewareObj } from '@middy/core';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import {
  BodyTooLargeError,
  HouseError,
  InvalidInputError,
  UnsupportedMediaTypeError,
} from '../errors/index.ts';
import type { AnswerHeaders, RouteDefinition } from '../http/index.ts';
import { logger } from '../logging/index.ts';
import type { Language, Messages } from '../messages/index.ts';
import { currentScope, currentSpan, currentTraceId, currentTraceparent } from '../tracing/index.ts';
import { crossOrigin } from './cross-origin.ts';
import { ours, type ProxyResult, problemOf } from './problem.ts';
import type { ProxyEvent } from './rest-request.ts';

/** What middy's content negotiation leaves on the context. */
export interface Negotiated {
  preferredLanguage?: string;
  /** Headers of the answer that were known before there was one. */
  alsoSaid?: AnswerHeaders;
}
export type DoorMiddleware = MiddlewareObj<ProxyEvent, ProxyResult, Error>;

/** The language that middy has chosen from Accept-Language: English where it was not asked, or did not get so far. */
export const languageOn = (context: object): Language =>
  (context as Negotiated).preferredLanguage === 'hi' ? 'hi' : 'en';

/** Notes headers for the answer, whatever it will be. */
export const alsoSaid = (context: object, headers: AnswerHeaders): void => {
  (context as Negotiated).alsoSaid = headers;
};

/** More than this no door reads. */
export const MOST_BODY_BYTES = 64 * 1024;

/**
 * Reads the body as JSON, by middy's parser, with our errors: 413 above 64 kB, 415 for another content type, 400 for
 * what is no JSON. A body that is not there is left to the schema, one that the route does not read is not looked at.
 */
export const jsonBody = ({ request }: RouteDefinition): DoorMiddleware => {
  const { before: parse } = httpJsonBodyParser();
  return {
    async before(middy) {
      const { event } = middy;
      if (request.body === undefined || typeof event.body !== 'string' || event.body === '') {
        event.body = undefined;
        return;
      }
      const bytes = Buffer.byteLength(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
      if (bytes > MOST_BODY_BYTES) throw new BodyTooLargeError({ bytes, limit: MOST_BODY_BYTES });
      try {
        if (event.isBase64Encoded) {
          // Read mildly, what is no UTF-8 would become other letters than the caller's.
          event.body = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(event.body, 'base64'));
          event.isBase64Encoded = false;
        }
        // Its types ask for AWS's own event, of which we read a part.
        await (parse as unknown as (request: typeof middy) => unknown)(middy);
      } catch (error) {
        throw bodyError(error, event);
      }
    },
  };
};

const bodyError = (error: unknown, { headers }: ProxyEvent): Error =>
  (error as { statusCode?: number }).statusCode === 415
    ? new UnsupportedMediaTypeError(
        { found: (headers?.['content-type'] ?? '').slice(0, 80), expected: 'application/json' },
        { cause: error },
      )
    : // middy's cause holds the body.
      new InvalidInputError({ issues: [{ field: 'body', expected: 'JSON', expectedHi: 'JSON' }] });

/**
 * What OWASP's REST Security Cheat Sheet and Helmet have every answer say that is JSON and no page. Written out, for
 * a middleware that makes them from its options is 2 kB of each function.
 */
const SECURITY = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=15552000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/** What every answer says, whatever it is. */
export const houseHeaders = (): DoorMiddleware => {
  const add: NonNullable<DoorMiddleware['after']> = ({ response, context }) => {
    if (!response) return;
    const cacheControl = response.headers['Cache-Control'];
    Object.assign(response.headers, SECURITY, crossOrigin(), (context as Negotiated).alsoSaid, {
      // What may be kept, and how long, a door knows better.
      ...(cacheControl === undefined ? {} : { 'Cache-Control': cacheControl }),
      'Content-Language': languageOn(context),
      'X-Correlation-Id': currentScope()?.correlationId ?? '',
      traceparent: currentTraceparent() ?? '',
    });
  };
  return { after: add, onError: add };
};

/** Answers what was thrown as a problem, and writes it into the log and the span. */
export const problems = (route: RouteDefinition, messages: Messages): DoorMiddleware => ({
  onError(request) {
    const error = ours(HouseError.from(request.error), route);
    const { name, status } = error;
    if (status >= 500) {
      currentSpan().failed(name);
      logger().error('request failed', { door: route.name, status, error });
    } else {
      currentSpan().note({ 'error.type': name });
      logger().info('request refused', { door: route.name, status, reason: name, facts: error.facts });
    }
    request.response = problemOf(error, {
      messages,
      language: languageOn(request.context),
      traceId: currentTraceId(),
    });
  },
});
