/**
 * OpenAPI 3.1 of a system, made from its routes while building; no function carries it but as finished JSON.
 */
import * as z from 'zod';
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiParameters,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';
import { IDEMPOTENCY_KEY, type RouteDefinition, type Routes } from '../http/index.ts';

export interface ApiToDescribe {
  /** `paytm-saga`. */
  readonly system: string;
  /** Semantic version of the interface: a breaking change raises the first number. */
  readonly version: string;
  /** One sentence for whoever opens the document. */
  readonly summary: string;
  readonly routes: Routes;
  /** Schemas that are named once and referred to, by their names. */
  readonly schemas: { readonly [name: string]: z.ZodType };
  /** The HTTP status of each error that a route may name, and of the house's own. */
  readonly statuses: ReadonlyMap<string, number>;
}

export type OpenApiDocument = ReturnType<typeof createDocument>;

/**
 * The document. Every operation lists, beside its answers, the problems that it can answer, by status: those that its
 * route names, and those that every door of its kind can.
 * @throws {Error} a route names an error of which no status is known
 */
export const openApiOf = ({
  system,
  version,
  summary,
  routes,
  schemas,
  statuses,
}: ApiToDescribe): OpenApiDocument => {
  const paths: { [path: string]: { [method: string]: ZodOpenApiOperationObject } } = {};
  for (const route of Object.values(routes)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route, statuses) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title: system, version, summary, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/', description: 'relative to where this document was read' }],
    paths: paths as ZodOpenApiPathsObject,
    components: {
      schemas: { ...schemas, Problem },
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'A token of identity for this system.',
        },
      },
    },
  } satisfies ZodOpenApiObject);
};

/** RFC 9457, with the members that every problem of the house has. */
const Problem = z.looseObject({
  type: z.string().meta({ description: 'urn:dabbawala:error: and the name' }),
  title: z.string(),
  status: z.int(),
  detail: z.string().meta({ description: 'in the language of Accept-Language: en or hi' }),
  name: z.string().meta({ description: 'what to act on' }),
  retryable: z.boolean().meta({ description: 'whether the same request can succeed later' }),
  traceId: z.string().optional(),
});

const operationOf = (
  route: RouteDefinition,
  statuses: ReadonlyMap<string, number>,
): ZodOpenApiOperationObject => {
  const { name, summary, access, request, answers } = route;
  const open = 'public' in access;
  return {
    operationId: name,
    summary,
    description: open
      ? `Public: ${access.public}`
      : `For ${access.roles.map((role) => `\`${role}\``).join(', ')}.`,
    security: open ? [] : [{ token: [] }],
    ...(open ? {} : { 'x-roles': access.roles }),
    ...parametersOf(route),
    ...(request.body ? { requestBody: { required: true, content: json(request.body) } } : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, schema]) => [
          status,
          { description: MEANING[status] ?? 'The answer', ...(schema ? { content: json(schema) } : {}) },
        ]),
      ),
      ...problemsOf(route, statuses),
    } as { [status: `${1 | 2 | 3 | 4 | 5}${string}`]: ZodOpenApiResponseObject },
  };
};

const MEANING: { readonly [status: string]: string } = {
  200: 'Here it is',
  201: 'Made; Location says where it is',
  202: 'Under way; Location says where to follow it',
  204: 'Done; there is nothing to say',
};

const json = (schema: z.ZodType) => ({ 'application/json': { schema } });

const parametersOf = ({ request, idempotent }: RouteDefinition): { requestParams?: ZodOpenApiParameters } => {
  const { path, query, headers } = request;
  const header =
    idempotent === 'key' ? (headers ?? z.object({})).extend({ 'Idempotency-Key': IdempotencyKey }) : headers;
  return path || query || header
    ? {
        requestParams: {
          ...(path ? { path } : {}),
          ...(query ? { query } : {}),
          ...(header ? { header } : {}),
        },
      }
    : {};
};

const IdempotencyKey = z
  .string()
  .regex(IDEMPOTENCY_KEY)
  .meta({ description: 'The same key and request give the same answer for 24 hours' });

/** What every door of a kind can answer, beside what its route names. */
const houseErrorsOf = ({ access, path, request, idempotent, makes }: RouteDefinition): readonly string[] => [
  ...('public' in access ? [] : ['UnauthenticatedError', 'ForbiddenError']),
  ...(request.path || request.query || request.headers || request.body || idempotent
    ? ['InvalidInputError']
    : []),
  ...(path.includes('{') && !makes ? ['NotFoundError'] : []),
  ...(request.body ? ['BodyTooLargeError', 'UnsupportedMediaTypeError'] : []),
  ...(idempotent ? ['InProgressError', 'IdempotencyKeyReusedError'] : []),
  ...['TooManyRequestsError', 'UnexpectedError', 'TransientError'],
];

const problemsOf = (
  route: RouteDefinition,
  statuses: ReadonlyMap<string, number>,
): { readonly [status: string]: ZodOpenApiResponseObject } => {
  const byStatus = new Map<number, string[]>();
  for (const name of new Set([...houseErrorsOf(route), ...route.errors])) {
    const status = statuses.get(name);
    if (status === undefined) throw new Error(`${route.name} names ${name}, which no error class has`);
    byStatus.set(status, [...(byStatus.get(status) ?? []), name]);
  }
  return Object.fromEntries(
    [...byStatus]
      .toSorted(([a], [b]) => a - b)
      .map(([status, names]) => [
        String(status),
        {
          description: names.toSorted().join(', '),
          content: { 'application/problem+json': { schema: Problem } },
        },
      ]),
  );
};
