/** One question to a door, by its route in the contract. */
import type * as z from 'zod';
import { jsonOf } from '../model/json.ts';
import { cityConfig } from './config.ts';
import { AskProblem } from './problem.ts';

/** What of a route is needed to ask. */
interface Route {
  readonly method: string;
  readonly path: string;
  readonly request: {
    readonly path?: z.ZodType;
    readonly query?: z.ZodType;
    readonly headers?: z.ZodType;
    readonly body?: z.ZodType;
  };
  readonly answers: { readonly [status: number]: z.ZodType | null };
  readonly idempotent?: 'key';
}

/** What goes along, as the route wants it. */
export type Parts<R extends Route> = {
  readonly [part in keyof R['request'] & ('path' | 'query' | 'body')]: R['request'][part] extends z.ZodType
    ? z.input<R['request'][part]>
    : never;
};

/** What it answers when all is well: one body, or nothing. */
export type Answer<R extends Route> = {
  [status in keyof R['answers']]: R['answers'][status] extends z.ZodType
    ? z.output<R['answers'][status]>
    : undefined;
}[keyof R['answers']];

export interface Extras {
  readonly token?: string;
  readonly language?: string;
  readonly signal?: AbortSignal;
  /** For routes that are idempotent by key. */
  readonly idempotencyKey?: string;
  readonly correlationId?: string;
  /** Asks where the systems are that `city.json` does not name. @default there are no others */
  readonly others?: () => Promise<readonly Located[]>;
}

/** A system, and where its doors are if it has any. */
export interface Located {
  readonly name: string;
  readonly url?: string | undefined;
}

/**
 * Asks a door. What comes back is the contract's word: it is not parsed again.
 * @throws {AskProblem} the door's problem, or status 0 where nobody answers
 */
export const send = async <R extends Route>(
  system: string,
  route: R,
  parts: Parts<R>,
  { token, language, signal, idempotencyKey, correlationId, others }: Extras = {},
): Promise<Answer<R>> => {
  const {
    path = {},
    query = {},
    body,
  } = parts as {
    path?: { readonly [name: string]: unknown };
    query?: { readonly [name: string]: unknown };
    body?: unknown;
  };
  const base = await addressOf(system, others);
  const fails = failsFor(signal);
  const response = await reach(`${base}${filled(route.path, path)}${queryOf(query)}`, signal, {
    method: route.method,
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(language === undefined ? {} : { 'Accept-Language': language }),
      ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
      ...(correlationId === undefined ? {} : { 'X-Correlation-Id': correlationId }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw await problemOf(response).catch(fails);
  if (response.status === 204) return undefined as Answer<R>;
  return (await response.json().catch(fails)) as Answer<R>;
};

/**
 * Reaches a door with nothing of the browser's along, and past its cache.
 * @throws {AskProblem} status 0 where nobody answers
 */
export const reach = (
  url: string,
  signal: AbortSignal | undefined,
  request: RequestInit,
): Promise<Response> =>
  fetch(url, {
    ...request,
    ...(signal === undefined ? {} : { signal }),
    cache: 'no-store',
    credentials: 'omit',
  }).catch(failsFor(signal));

/** An answer that ends in its middle, or is nobody’s of ours, is none; a question that was taken back is no problem. */
const failsFor =
  (signal: AbortSignal | undefined) =>
  (cause: unknown): never => {
    if (signal?.aborted) throw cause;
    throw nobodyAnswers(cause);
  };

/**
 * As the deployment wrote it beside the page, else as the city tells when it is asked.
 * @throws {AskProblem} 404: the city has no such system
 */
export const addressOf = async (system: string, others: Extras['others']): Promise<string> => {
  const { urls } = await cityConfig().catch((cause: unknown) => {
    throw nobodyAnswers(cause);
  });
  const url = urls[system] ?? (others && (await heardOf(others)).get(system));
  if (url === undefined)
    throw new AskProblem(`No address of ${system}.`, { status: 404, name: 'NotFoundError' });
  return url;
};

let heard: Promise<ReadonlyMap<string, string>> | undefined;

/** Asked once; a failure, or an answer that names nobody, is asked again the next time. */
const heardOf = async (others: () => Promise<readonly Located[]>): Promise<ReadonlyMap<string, string>> => {
  heard ??= others().then(
    (systems) => new Map(systems.flatMap(({ name, url }) => (url === undefined ? [] : [[name, url]]))),
  );
  const asked = heard;
  const urls = await asked.catch((thrown: unknown) => {
    if (heard === asked) heard = undefined;
    throw thrown;
  });
  if (urls.size === 0 && heard === asked) heard = undefined;
  return urls;
};

const nobodyAnswers = (cause: unknown): AskProblem =>
  new AskProblem('Nobody answers.', { status: 0, name: 'Unreachable' }, { cause });

const problemOf = async (response: Response): Promise<AskProblem> => {
  const text = await response.text();
  const facts = objectIn(text);
  const said = facts.detail ?? facts.message;
  return new AskProblem(typeof said === 'string' ? said : text.slice(0, 300), {
    ...facts,
    status: response.status,
  });
};

const objectIn = (text: string): { readonly [name: string]: unknown } => {
  const value = jsonOf(text);
  return typeof value === 'object' && value !== null ? { ...value } : {};
};

const filled = (path: string, values: { readonly [name: string]: unknown }): string =>
  path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(String(values[name])));

const queryOf = (values: { readonly [name: string]: unknown }): string => {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  return given.length === 0
    ? ''
    : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
};
