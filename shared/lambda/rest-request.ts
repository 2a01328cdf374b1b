/** From API Gateway's event (REST API, payload 1.0) to what the contract promises the use case. */
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type * as z from 'zod';
import {
  ForbiddenError,
  type InputIssue,
  InvalidInputError,
  issuesOf,
  UnauthenticatedError,
} from '../errors/index.ts';
import {
  type Caller,
  IDEMPOTENCY_KEY,
  type ParsedPart,
  type Role,
  type RouteDefinition,
} from '../http/index.ts';
import type { Language } from '../messages/index.ts';

/** What is read of the event; header names are in lower case once middy has seen it. */
export type ProxyEvent = Pick<
  APIGatewayProxyEvent,
  'pathParameters' | 'multiValueQueryStringParameters' | 'isBase64Encoded'
> & {
  headers: APIGatewayProxyEvent['headers'] | null;
  multiValueHeaders?: APIGatewayProxyEvent['multiValueHeaders'] | null;
  /** Names of headers that came with several values; noted before their names became one. */
  contradictions?: readonly string[];
  /** A text, and after middy's parser what it says. */
  body: unknown;
  requestContext: {
    authorizer?: { [name: string]: unknown } | null;
    identity?: Pick<APIGatewayProxyEvent['requestContext']['identity'], 'sourceIp'> | null;
  };
};

/** What a door hands to its use case. A part that the route does not read is undefined. */
export interface RequestOf<R extends RouteDefinition> {
  readonly path: ParsedPart<R, 'path'>;
  readonly query: ParsedPart<R, 'query'>;
  readonly headers: ParsedPart<R, 'headers'>;
  readonly body: ParsedPart<R, 'body'>;
  /** Undefined at a public door. */
  readonly caller: R['access'] extends { readonly roles: readonly Role[] } ? Caller : undefined;
  /**
   * The address that the gateway was called from; empty where it says none. For counting calls by it, not for logs: it is
   * personal. AWS believes no header about it, the emulator does (`X-Forwarded-For`).
   */
  readonly client: string;
  /** Undefined where the route does not ask for one. */
  readonly idempotencyKey: R extends { readonly idempotent: 'key' } ? string : undefined;
  /** The language that the caller reads. */
  readonly language: Language;
  /** What a person reads about an error, by its name, in that language. */
  readonly say: (errorName: string, facts?: object) => string;
}

/**
 * Who calls, as the authorizer has verified it; the route's roles are checked here.
 *
 * @throws {UnauthenticatedError} no authorizer has seen the call: the door is wired wrongly
 * @throws {ForbiddenError} the caller has none of the roles
 */
export const callerOf = (event: ProxyEvent, { access, name }: RouteDefinition): Caller | undefined => {
  if ('public' in access) return undefined;
  const { subject, roles } = event.requestContext?.authorizer ?? {};
  if (typeof subject !== 'string' || typeof roles !== 'string') {
    throw new UnauthenticatedError({ reason: 'no_caller' });
  }
  // API Gateway carries texts only.
  const held = roles.split(',') as Role[];
  if (!access.roles.some((role) => held.includes(role))) throw new ForbiddenError({ door: name });
  return { subject, roles: held };
};

/** The parts of a request, parsed. */
export interface Parts {
  readonly path: unknown;
  readonly query: unknown;
  readonly headers: unknown;
  readonly body: unknown;
  readonly idempotencyKey: string | undefined;
}

/** @throws {InvalidInputError} with every field of every part that is not as the route says */
export const partsOf = (event: ProxyEvent, route: RouteDefinition): Parts => {
  const { path, query, headers, body } = route.request;
  const issues: InputIssue[] = (event.contradictions ?? []).map(onlyOne);
  const parsed = (where: string, schema: z.ZodType | undefined, input: unknown): unknown => {
    if (schema === undefined) return undefined;
    const result = schema.safeParse(input, { reportInput: true });
    if (result.success) return result.data;
    issues.push(...issuesOf(result.error.issues, [where]));
    return undefined;
  };
  const parts = {
    path: parsed('path', path, decoded(event.pathParameters ?? {}, issues)),
    query: parsed('query', query, query && texts(event.multiValueQueryStringParameters ?? {}, query)),
    headers: parsed('headers', headers, event.headers ?? {}),
    body: parsed('body', body, event.body ?? undefined),
  };
  const idempotencyKey = event.headers?.['idempotency-key'];
  const wantsKey = route.idempotent === 'key';
  if (wantsKey && !IDEMPOTENCY_KEY.test(idempotencyKey ?? '')) issues.push(KEY_ISSUE);
  if (issues.length > 0) throw new InvalidInputError({ issues });
  return { ...parts, idempotencyKey: wantsKey ? idempotencyKey : undefined };
};

const KEY_ISSUE: InputIssue = {
  field: 'headers.idempotency-key',
  expected: '1 to 64 letters, digits and _.:-',
  expectedHi: '1 से 64 अक्षर, अंक और _.:-',
};

const onlyOne = (header: string): InputIssue => ({
  field: `headers.${header}`,
  expected: 'one value',
  expectedHi: 'एक ही मान',
});

/**
 * Names of headers that the route reads and that came with several values, in two spellings say. One of them would
 * have to be preferred, and whoever stands before us may have preferred another.
 */
export const contradictionsIn = (
  { headers, multiValueHeaders }: ProxyEvent,
  { request }: RouteDefinition,
): readonly string[] => {
  const read = ['idempotency-key', 'content-type', ...Object.keys(request.headers?.shape ?? {})];
  const given = [...Object.entries(headers ?? {}), ...Object.entries(multiValueHeaders ?? {})];
  return read.filter((name) => {
    const values = given.filter(([key]) => key.toLowerCase() === name).flatMap(([, value]) => value);
    return new Set(values).size > 1;
  });
};

/** A REST API leaves what was escaped as it is, the emulator does not; ids hold no `%`, so both come out the same. */
const decoded = (parameters: { [name: string]: string | undefined }, issues: InputIssue[]) =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value = '']) => {
      try {
        return [name, decodeURIComponent(value)];
      } catch {
        issues.push({ field: `path.${name}`, ...ESCAPED });
        return [name, value];
      }
    }),
  );

const ESCAPED = { expected: 'UTF-8 that is escaped by %', expectedHi: '% से लिखा UTF-8' };

/** One text a parameter, or a list where the schema asks for one. */
const texts = (parameters: { [name: string]: string[] | undefined }, schema: z.ZodObject) =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, values = []]) => [
      name,
      isList(schema.shape[name]) ? values : values.at(-1),
    ]),
  );

/** Looks through `optional()`, `default()` and their like. */
const isList = (schema: z.core.$ZodType | undefined): boolean => {
  const { type, innerType } = (schema?._zod.def ?? {}) as { type?: string; innerType?: z.core.$ZodType };
  return type === 'array' || (innerType !== undefined && isList(innerType));
};
