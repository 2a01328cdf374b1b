import middy from '@middy/core';
import httpContentNegotiation from '@middy/http-content-negotiation';
import httpEventNormalizer from '@middy/http-event-normalizer';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import { HouseError, invalidInput, UnexpectedError } from '../errors/index.ts';
import type { Admission, AnswerOf, RouteDefinition } from '../http/index.ts';
import { logger } from '../logging/index.ts';
import { houseMessages, type Language, type Messages, say } from '../messages/index.ts';
import { currentSpan } from '../tracing/index.ts';
import { crossOrigin } from './cross-origin.ts';
import {
  type CallContext,
  callContext,
  correlationIdOf,
  invoked,
  type LambdaContext,
  onceReady,
  TO_ANSWER_MS,
  tooLate,
} from './invocation.ts';
import { type ProxyResult, problemOf } from './problem.ts';
import {
  alsoSaid,
  type DoorMiddleware,
  houseHeaders,
  jsonBody,
  languageOn,
  problems,
} from './rest-middleware.ts';
import { callerOf, contradictionsIn, type ProxyEvent, partsOf, type RequestOf } from './rest-request.ts';

/** A use case behind a door. */
export type RestUseCase<R extends RouteDefinition> = (
  request: RequestOf<R>,
  context: CallContext,
) => Promise<AnswerOf<R>>;

export interface RestHandlerOptions<R extends RouteDefinition, P> {
  readonly route: R;
  /**
   * Answers `{ status, body, headers? } as const`, one of those of the contract. May throw any error; a {@link HouseError} is
   * answered as a problem with its status, everything else as 500.
   */
  readonly handle: (ports: P) => RestUseCase<R>;
  /**
   * Asked before the use case, with a request that is as the contract has it: whether this caller may now. Its headers go
   * out with whatever is answered. Called once, at init inside Lambda.
   * @default everybody who may at all
   */
  readonly admit?: () => (request: RequestOf<R>) => Promise<Admission>;
  /** Called once, at init inside Lambda. */
  readonly ports: () => NoInfer<P>;
  /** What people read about this system's errors. @default those of the house alone */
  readonly messages?: Messages;
}

/** The handler of a door, as API Gateway calls it. It never throws. */
export type RestHandler = (event: object, lambda: LambdaContext) => Promise<ProxyResult>;

/**
 * A door: a REST API's event comes in, the route decides what of it is read, who may call and what may go out.
 *
 * @example
 * export const handler = restHandler({ route: routes.getPayment, handle: getPayment, ports: tablePorts, messages });
 */
export const restHandler = <R extends RouteDefinition, P>({
  route,
  handle,
  admit,
  ports,
  messages = {},
}: RestHandlerOptions<R, P>): RestHandler => {
  const texts = { ...houseMessages, ...messages };
  const ready = onceReady(() => ({ use: handle(ports()), admit: admit?.() }) as unknown as Ready);
  const door = doorOf(route, ready, texts);
  return async (event, lambda) => {
    const headers = (event as Partial<ProxyEvent> | null)?.headers ?? {};
    const origin = {
      correlationId: correlationIdOf(header(headers, 'x-correlation-id')),
      span: {
        name: `${route.method} ${route.path}`,
        kind: 'server',
        parent: header(headers, 'traceparent'),
        attributes: { door: route.name, 'http.request.method': route.method, 'http.route': route.path },
      },
    } as const;
    try {
      return await invoked(lambda, origin, async () => {
        const answer = await door(event as ProxyEvent, lambda);
        currentSpan().note({ 'http.response.status_code': answer.statusCode });
        return { answer, faults: answer.statusCode >= 500 ? 1 : 0 };
      });
    } catch (error) {
      // Only what the house itself did wrong comes here. Thrown on, the emulator would answer the stack.
      logger().error('the door itself failed', { door: route.name, error });
      const problem = problemOf(HouseError.from(error), {
        ...{ messages: texts, language: 'en', traceId: undefined },
      });
      return { ...problem, headers: { ...problem.headers, ...crossOrigin() } };
    }
  };
};

/** What a door's ports were made into. */
interface Ready {
  readonly use: (request: RequestOf<RouteDefinition>, context: CallContext) => Promise<Answered>;
  readonly admit: ((request: RequestOf<RouteDefinition>) => Promise<Admission>) | undefined;
}

interface Answered {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: { readonly [name: string]: string };
}

type Door = (event: ProxyEvent, lambda: LambdaContext) => Promise<ProxyResult>;

/** Before middy has seen them, names are as the caller wrote them. */
const header = (headers: object, name: string): string | undefined =>
  Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];

/**
 * middy's chain. On the way in: read the event, choose the language, check the caller, parse the body. On the way
 * out, from the last to the first: the problem, if there is one, then the headers that every answer has.
 */
const doorOf = (route: RouteDefinition, ready: () => Ready, messages: Messages): Door => {
  // The types of middy's own middlewares ask for AWS's whole event and context, of which we read a part.
  const theirs = (middleware: object) => middleware as DoorMiddleware;
  const chain = middy({ timeoutEarlyInMillis: TO_ANSWER_MS, timeoutEarlyResponse: tooLate })
    .use({
      before: ({ event }) => void Object.assign(event, { contradictions: contradictionsIn(event, route) }),
    })
    .use(theirs(httpHeaderNormalizer()))
    .use(theirs(httpEventNormalizer()))
    .use(theirs(httpContentNegotiation(LANGUAGES)))
    .use(houseHeaders())
    .use(problems(route, messages))
    .use({ before: ({ event }) => void callerOf(event, route) })
    .use(jsonBody(route))
    .handler(async (event: ProxyEvent, context) => {
      const { use, admit } = ready();
      const request = requestOf(event, route, messages, languageOn(context));
      const { headers = {}, refused } = (await admit?.(request)) ?? {};
      alsoSaid(context, headers);
      if (refused) throw refused;
      const answer = await use(request, callContext());
      logger().info('request answered', { door: route.name, status: answer.status });
      return resultOf(answer, route);
    });
  return chain as unknown as Door;
};

const LANGUAGES = {
  parseCharsets: false,
  parseEncodings: false,
  parseMediaTypes: false,
  availableLanguages: ['en', 'hi'],
  failOnMismatch: false,
};

const requestOf = (
  event: ProxyEvent,
  route: RouteDefinition,
  messages: Messages,
  language: Language,
): RequestOf<RouteDefinition> => ({
  ...(partsOf(event, route) as Omit<RequestOf<RouteDefinition>, 'caller'>),
  caller: callerOf(event, route) as RequestOf<RouteDefinition>['caller'],
  client: event.requestContext?.identity?.sourceIp ?? '',
  language,
  say: (name, facts = {}) => say(messages, name, facts, language),
});

/** Nothing leaves that the contract does not name: what a record knows beside it stays here. */
const resultOf = ({ status, body, headers = {} }: Answered, route: RouteDefinition): ProxyResult => {
  const schema = route.answers[status];
  if (schema === undefined) throw new UnexpectedError({ reason: `status ${status} is not in the contract` });
  if (schema === null) return { statusCode: status, headers: { ...headers }, body: '' };
  const parsed = schema.safeParse(body, { reportInput: true });
  if (!parsed.success) {
    const cause = invalidInput(parsed.error, 'answer');
    throw new UnexpectedError({ reason: 'the answer is not in the contract' }, { cause });
  }
  return {
    statusCode: status,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(parsed.data),
  };
};
