/** Calls to another system's doors, typed by its routes. */
import type * as z from 'zod';
import { HouseError, invalidInput, PeerAnswerError, PeerUnavailableError } from '../errors/index.ts';
import { jsonOf } from '../json/index.ts';
import type { Language } from '../messages/index.ts';
import { type Chance, fullJitterMs, type Pause, pause } from '../time/index.ts';
import { currentScope, currentTraceparent, inSpanOf, remainingMs } from '../tracing/index.ts';
import { inTime } from './attempts.ts';
import { type Breaker, breakerOf } from './breaker.ts';
import { RemoteProblem } from './remote-problem.ts';
import type { GivenPart, ReceivedOf, RouteDefinition, Routes } from './route.ts';
import { type Received, send } from './send.ts';

export interface ClientOptions {
  /** Where the doors are, with or without a slash at the end; asked for at each call where it is a function. */
  readonly baseUrl: string | (() => string | Promise<string>);
  /**
   * What goes into `Authorization: Bearer …`, asked for at each attempt. Where the peer answers 401, the token is told
   * which one was `refused` and may give another: the call is made once more with that one, and the next 401 stands.
   * @default no header, for public doors
   */
  readonly token?: (refused?: string) => string | Promise<string>;
  /** The name of the system, for errors and spans. @default the host */
  readonly peer?: string;
  /**
   * At most so long for all attempts together, and never longer than the invocation has left. An attempt is listened
   * to for half of what is left then, the last one for all of it. @default 10000
   */
  readonly deadlineMs?: number;
  /** At most so many attempts at an idempotent call. @default 3 */
  readonly attempts?: number;
  /**
   * Keeps from asking a peer that fails again and again. @default one that all calls of the process to the peer
   * share, inside of a handler; none outside of one, because a command line or a test asks what it is told to ask
   */
  readonly breaker?: Breaker;
  /** Sent with every call beside its own, names in lower case. @default none */
  readonly headers?: { readonly [name: string]: string };
  /** In which language sentences for people are to come. @default 'en' */
  readonly language?: Language;
  /** @default Math.random */
  readonly chance?: Chance;
  /** @default waits */
  readonly pause?: Pause;
}

/** Whether a part may be left out: the route does not read it, or needs nothing of it. */
type MayMiss<G> = undefined extends G ? true : Record<never, never> extends G ? true : false;

type Given<R extends RouteDefinition, P extends 'path' | 'query' | 'headers' | 'body'> =
  MayMiss<GivenPart<R, P>> extends true
    ? { readonly [part in P]?: GivenPart<R, P> }
    : { readonly [part in P]: GivenPart<R, P> };

/** What a call says. */
export type CallOf<R extends RouteDefinition> = Given<R, 'path'> &
  Given<R, 'query'> &
  Given<R, 'headers'> &
  Given<R, 'body'> &
  (R extends { readonly idempotent: 'key' }
    ? { readonly idempotencyKey: string }
    : { readonly idempotencyKey?: string });

type Calls<R extends RouteDefinition> =
  Record<never, never> extends CallOf<R>
    ? (call?: CallOf<R>) => Promise<ReceivedOf<R>>
    : (call: CallOf<R>) => Promise<ReceivedOf<R>>;

/** The doors of a system as functions, by the keys of its routes. */
export type Client<R extends Routes> = { readonly [K in keyof R]: Calls<R[K]> };

interface AnyCall {
  readonly path?: { readonly [name: string]: unknown };
  readonly query?: { readonly [name: string]: unknown };
  readonly headers?: { readonly [name: string]: unknown };
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}
interface AnyAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Received['headers'];
}

/**
 * A client for the routes of a system. Idempotent calls (GET, PUT, DELETE, or with an `idempotencyKey`) are made
 * again with full jitter while the deadline allows it, where that can help.
 *
 * Every call may throw:
 * - {@link RemoteProblem} by the name that the other system gave it
 * - {@link PeerUnavailableError} no answer, 429 or 5xx; it may have happened, and a retry with the same key can help.
 *   With `circuit: 'open'` it was not asked, and nothing was waited for: a retry after `retryAfterSeconds` can help
 * - {@link PeerAnswerError} an answer that its contract does not know; a retry cannot help
 *
 * @example
 * const bank = client({ baseUrl: () => peer('sandbox-bank'), token: (refused) => serviceToken('sandbox-bank', refused) }, routes);
 * const { body } = await bank.placeHold({ path: { key }, body: { account, amount, instrument: 'upi' } });
 */
export const client = <R extends Routes>(options: ClientOptions, routes: R): Client<R> => {
  const calls = Object.entries(routes).map(([key, route]) => [
    key,
    (call: AnyCall = {}) => insisting(options, route, call),
  ]);
  return Object.fromEntries(calls) as Client<R>;
};

/** All attempts at a call, in one span. */
const insisting = async (
  options: ClientOptions,
  route: RouteDefinition,
  call: AnyCall,
): Promise<AnyAnswer> => {
  const base = await (typeof options.baseUrl === 'string' ? options.baseUrl : options.baseUrl());
  const url = urlOf(base, route, call);
  const peer = options.peer ?? url.host;
  const attributes = { peer, route: route.name, 'http.request.method': route.method };
  return inSpanOf({ name: `${peer} ${route.name}`, kind: 'client', attributes }, async (span) => {
    const until = Date.now() + Math.min(options.deadlineMs ?? 10_000, remainingMs());
    return inTime({
      attempts: isRepeatable(route, call) ? (options.attempts ?? 3) : 1,
      leftMs: () => until - Date.now(),
      ask: async (attempt, timeoutMs) => {
        span.note({ attempts: attempt });
        const answer = await once({ options, route, call, url, peer, timeoutMs });
        span.note({ 'http.response.status_code': answer.status });
        return answer;
      },
      waitMsAfter: (error, attempt) => waitAfter(error, attempt, options.chance ?? Math.random),
      pause: options.pause ?? pause,
    });
  });
};

const isRepeatable = ({ method }: RouteDefinition, { idempotencyKey }: AnyCall): boolean =>
  method === 'GET' || method === 'PUT' || method === 'DELETE' || idempotencyKey !== undefined;

/** How long to wait before trying again; undefined where that is of no use. */
const waitAfter = (error: unknown, attempt: number, chance: Chance): number | undefined => {
  if (!(error instanceof HouseError) || !error.retryable) return undefined;
  // To wait for a circuit is the business of whoever has the time.
  if (error instanceof PeerUnavailableError && error.facts.circuit === 'open') return undefined;
  return (error.retryAfterSeconds ?? 0) * 1000 + fullJitterMs(attempt, chance, { baseMs: 100, capMs: 2000 });
};

interface Attempt {
  readonly options: ClientOptions;
  readonly route: RouteDefinition;
  readonly call: AnyCall;
  readonly url: URL;
  readonly peer: string;
  readonly timeoutMs: number;
}

/** One attempt; a token that is no good costs no attempt, because a door asks for it before anything else. */
const once = async (attempt: Attempt): Promise<AnyAnswer> => {
  const { options, timeoutMs } = attempt;
  const until = Date.now() + timeoutMs;
  const token = await options.token?.();
  const received = await asked(attempt, until, token);
  if (received.status === 401 && token !== undefined) {
    const another = await options.token?.(token);
    if (another !== token) return answerFrom(await asked(attempt, until, another), attempt);
  }
  return answerFrom(received, attempt);
};

const asked = async (
  { options, route, call, url, peer }: Attempt,
  until: number,
  token: string | undefined,
): Promise<Received> => {
  const timeoutMs = until - Date.now();
  if (timeoutMs <= 0)
    throw new PeerUnavailableError({ peer }, { cause: new Error('no time was left to ask') });
  const sent = {
    method: route.method,
    url,
    timeoutMs,
    headers: { ...options.headers, ...headersOf(call, token, options.language ?? 'en') },
    body: call.body === undefined ? undefined : JSON.stringify(call.body),
  };
  const circuit = options.breaker ?? (currentScope() && breakerOf(peer));
  return throughCircuit(circuit, peer, () => send(sent));
};

/** Asks where the circuit lets it, and tells it whether there was an answer. */
const throughCircuit = async (
  circuit: Breaker | undefined,
  peer: string,
  ask: () => Promise<Received>,
): Promise<Received> => {
  const permit = circuit?.begin();
  if (permit?.mayCall === false)
    throw new PeerUnavailableError({ peer, circuit: 'open' }, { retryAfterSeconds: permit.forMs / 1000 });
  try {
    const received = await ask();
    permit?.ended(received.status >= 500 ? 'failed' : 'answered');
    return received;
  } catch (error) {
    permit?.ended('failed');
    throw new PeerUnavailableError({ peer }, { cause: error });
  }
};

const headersOf = (call: AnyCall, token: string | undefined, language: Language) => {
  const correlationId = currentScope()?.correlationId;
  const traceparent = currentTraceparent();
  const own = Object.entries(call.headers ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), String(value)]],
  );
  return {
    ...Object.fromEntries(own),
    accept: 'application/json, application/problem+json',
    'accept-language': language,
    ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(call.idempotencyKey === undefined ? {} : { 'idempotency-key': call.idempotencyKey }),
    ...(correlationId === undefined ? {} : { 'x-correlation-id': correlationId }),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
};

const urlOf = (base: string, { path }: RouteDefinition, call: AnyCall): URL => {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(call.path?.[name] ?? '')),
  );
  const url = new URL(base.replace(/\/+$/, '') + filled);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    for (const one of [value].flat()) if (one !== undefined) url.searchParams.append(name, String(one));
  }
  return url;
};

const answerFrom = (received: Received, { route, peer }: Attempt): AnyAnswer => {
  const { status, headers, text } = received;
  // Undefined for a proxy's page, or for nothing.
  const found = jsonOf(text);
  if (status < 200 || status > 299) throw problemFrom(received, found, peer);
  const schema: z.ZodType | null | undefined = route.answers[status];
  if (schema === undefined) throw new PeerAnswerError({ peer, problem: `status ${status}` });
  if (schema === null) return { status, headers, body: undefined };
  const parsed = schema.safeParse(found, { reportInput: true });
  if (parsed.success) return { status, headers, body: parsed.data };
  const cause = invalidInput(parsed.error, 'body');
  throw new PeerAnswerError({ peer, problem: cause.message }, { cause });
};

const problemFrom = ({ status, headers }: Received, found: unknown, peer: string): HouseError => {
  const members = typeof found === 'object' && found !== null ? found : {};
  const retryAfterSeconds = Number(headers['retry-after']) || 0;
  const problem = new RemoteProblem(status, { ...members }, retryAfterSeconds);
  return status === 429 || status >= 500
    ? new PeerUnavailableError({ peer, status }, { cause: problem, retryAfterSeconds })
    : problem;
};
