import middy from '@middy/core';
import type * as z from 'zod';
import { HouseError, invalidInput } from '../errors/index.ts';
import { logger } from '../logging/index.ts';
import { houseMessages, type Language, type Messages, say } from '../messages/index.ts';
import type { SocketCommand, SocketConnect, SocketDisconnect } from '../socket/index.ts';
import { currentSpan, currentTraceId } from '../tracing/index.ts';
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
import { ours } from './problem.ts';
import {
  ackOf,
  admitted,
  errorOf,
  frameOf,
  hintsOf,
  payloadOf,
  type Session,
  type Sessions,
  type SocketEvent,
  type SocketResult,
} from './socket-frame.ts';

type SocketRoute = SocketCommand | SocketConnect | SocketDisconnect;

/** What a command hands to its use case. */
export interface CommandOf<C extends SocketCommand> {
  readonly payload: z.output<C['payload']>;
  /** The client's own name for the message. */
  readonly id: string;
  readonly session: Session;
  /** What a person reads of an occasion, by its name, in the language of the connection. */
  readonly say: (name: string, facts?: object) => string;
}

/** What opens a connection. */
export interface OpeningOf<C extends SocketConnect> {
  readonly connection: string;
  readonly query: z.output<C['query']>;
}

/**
 * The use case behind a route: a command answers what its acknowledgement says; what `$connect` throws refuses the
 * connection with the error's status; nobody hears what becomes of `$disconnect`.
 */
export type SocketUseCase<R extends SocketRoute> = R extends SocketConnect
  ? (opening: OpeningOf<R>, context: CallContext) => Promise<void>
  : R extends SocketDisconnect
    ? (closing: { readonly connection: string }, context: CallContext) => Promise<void>
    : R extends SocketCommand
      ? (command: CommandOf<R>, context: CallContext) => Promise<z.input<R['answer']>>
      : never;

/** A command is asked by somebody, who has to be known; who opens or closes a connection is not yet, or no longer. */
type Needs<R extends SocketRoute, P> = R extends SocketConnect | SocketDisconnect
  ? P
  : P & { readonly sessions: Sessions };

export interface SocketHandlerOptions<R extends SocketRoute, P> {
  readonly on: R;
  /** May throw any error; a {@link HouseError} is told by its name, everything else as UnexpectedError. */
  readonly handle: (ports: P) => SocketUseCase<R>;
  /** Called once, at init inside Lambda. */
  readonly ports: () => NoInfer<Needs<R, P>>;
  /** What people read about this system's errors. @default those of the house alone */
  readonly messages?: Messages;
}

/** The handler of a route, as API Gateway calls it. It never throws. */
export type SocketHandler = (event: object, lambda: LambdaContext) => Promise<SocketResult>;

/**
 * A route of a WebSocket: one of its commands, or the beginning or end of a connection. A command is a frame
 * `{ type, id, payload }`, and answered by one frame: `{ type: 'ack', id, payload }`, or `{ type: 'error', id, error }`
 * with the members of a problem in the language of the connection.
 *
 * @example
 * export const handler = socketHandler({ on: socket.commands.chat, handle: chat, ports: chatPorts, messages });
 */
export const socketHandler = <R extends SocketRoute, P>({
  on,
  handle,
  ports,
  messages = {},
}: SocketHandlerOptions<R, P>): SocketHandler => {
  const texts = { ...houseMessages, ...messages };
  const ready = onceReady(() => {
    const made = ports();
    return { work: handle(made as P) as unknown as AnyUseCase, ports: made };
  });
  const chain = middy<SocketEvent>({
    timeoutEarlyInMillis: TO_ANSWER_MS,
    timeoutEarlyResponse: tooLate,
  }).handler(async (event: SocketEvent) => {
    const { work, ports: made } = ready();
    return workOn(on, event, work, made as { readonly sessions?: Sessions }, texts);
  }) as unknown as (event: SocketEvent, lambda: LambdaContext) => Promise<SocketResult>;
  return (event, lambda) => {
    const { requestContext, body } = event as SocketEvent;
    const { id, traceparent } = hintsOf(body);
    const origin = {
      correlationId: correlationIdOf(undefined),
      span: {
        name: `socket ${on.route}`,
        kind: 'server',
        parent: traceparent,
        attributes: { door: on.name, route: on.route, connection: String(requestContext?.connectionId) },
      },
    } as const;
    return invoked(lambda, origin, async () => {
      const spoken = { language: 'en' as Language };
      const asked = { ...(event as SocketEvent), spoken };
      try {
        return { answer: await chain(asked, lambda) };
      } catch (thrown) {
        const error = told(thrown, on);
        return {
          answer: refusalOf(error, id, on, { language: spoken.language, messages: texts }),
          faults: error.status >= 500 ? 1 : 0,
        };
      }
    });
  };
};

type AnyUseCase = (asked: object, context: CallContext) => Promise<unknown>;

/** In which language an error of this message is told, once that is known. */
interface Spoken {
  readonly spoken?: { language: Language };
}

const workOn = async (
  on: SocketRoute,
  event: SocketEvent & Spoken,
  work: AnyUseCase,
  { sessions }: { readonly sessions?: Sessions },
  texts: Messages,
): Promise<SocketResult> => {
  const { connectionId: connection } = event.requestContext;
  if (isConnect(on)) {
    const query = on.query.safeParse(event.queryStringParameters ?? {}, { reportInput: true });
    if (!query.success) throw invalidInput(query.error, 'query');
    await work({ connection, query: query.data }, callContext());
    return done(on);
  }
  if (isDisconnect(on)) {
    await work({ connection }, callContext());
    return done(on);
  }
  const session = await sessions?.of(connection);
  const language = session?.language ?? 'en';
  if (event.spoken) event.spoken.language = language;
  const frame = frameOf(event.body);
  const asker = admitted(session, on);
  const payload = payloadOf(frame, on);
  const asked = {
    ...{ payload, id: frame.id, session: asker },
    say: (name: string, facts: object = {}) => say(texts, name, facts, language),
  };
  const answer = ackOf(frame.id, await work(asked, callContext()), on);
  logger().info('command answered', { door: on.name });
  return answer;
};

const isConnect = (on: SocketRoute): on is SocketConnect => on.route === '$connect';
const isDisconnect = (on: SocketRoute): on is SocketDisconnect => on.route === '$disconnect';

const done = (on: SocketRoute): SocketResult => {
  logger().info(on.route === '$connect' ? 'connection opened' : 'connection closed', { door: on.name });
  return { statusCode: 200 };
};

/** The error as the house calls it, written into the log and the span. */
const told = (thrown: unknown, on: SocketRoute): HouseError => {
  const error = ours(HouseError.from(thrown), { errors: 'errors' in on ? on.errors : [] });
  const { name, status, facts } = error;
  if (status >= 500) {
    currentSpan().failed(name);
    logger().error('command failed', { door: on.name, status, error });
  } else {
    currentSpan().note({ 'error.type': name });
    logger().info('command refused', { door: on.name, status, reason: name, facts });
  }
  return error;
};

/** Before a connection is open there is nobody to send a frame to: the status alone refuses it. */
const refusalOf = (
  error: HouseError,
  id: string | undefined,
  on: SocketRoute,
  telling: { readonly messages: Messages; readonly language: Language },
): SocketResult =>
  isConnect(on) || isDisconnect(on)
    ? { statusCode: error.status }
    : errorOf(id, error, { ...telling, traceId: currentTraceId() });
