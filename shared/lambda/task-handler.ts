import middy from '@middy/core';
import * as z from 'zod';
import { HouseError, invalidInput, TransientError } from '../errors/index.ts';
import { logger } from '../logging/index.ts';
import { type Pause, pause as waits } from '../time/index.ts';
import { currentSpan, remainingMs } from '../tracing/index.ts';
import {
  correlationIdOf,
  invoked,
  type LambdaContext,
  onceReady,
  TO_ANSWER_MS,
  tooLate,
} from './invocation.ts';

/** Where in a machine a task runs, from the context object of Step Functions. */
export const TaskContext = z.object({
  /** The execution's name: `<saga id>.<n>`. Whoever may act is known by it. */
  executionId: z.string().min(1),
  /** The name of the state. */
  state: z.string().min(1),
  /** How often Step Functions has tried this state again, 0 at first. */
  retryCount: z.number(),
  /** ISO 8601 UTC. */
  enteredAt: z.string(),
  correlationId: z.string(),
});
export type TaskContext = z.infer<typeof TaskContext>;

export interface TaskHandlerOptions<S extends z.ZodType, P, R> {
  /** The input of the execution, or what the state makes of it; with `traceparent`, so that the trace goes on. */
  readonly accepts: S;
  /**
   * What it throws is named to Step Functions: an error that a retry can help as `TransientError`, every other by its
   * own name.
   */
  readonly handle: (ports: P) => (input: z.output<S>, context: TaskContext) => Promise<R>;
  /** Called once, at init inside Lambda. */
  readonly ports: () => NoInfer<P>;
  /** @default waits */
  readonly pause?: Pause;
}

export type TaskHandler<R> = (event: unknown, lambda: LambdaContext) => Promise<R>;

/**
 * A task of a state machine: `{ context, input }` comes in, the answer is the state's result.
 *
 * Step Functions sees `errorType` = the error's name, and as the cause the message with its facts. Machines name one
 * list in `Retry`, so whatever a retry can help is called `TransientError`; its real name is its `reason`, and stands
 * in message, log and span. An error that says `retryAfterSeconds` is shown after that time: a Retry cannot read it,
 * and would use its attempts up on a peer that refuses them.
 *
 * @example
 * export const handler = taskHandler({ accepts: SagaInput, handle: reserveFunds, ports: tablePorts });
 */
export const taskHandler = <S extends z.ZodType, P, R>({
  accepts,
  handle,
  ports,
  pause = waits,
}: TaskHandlerOptions<S, P, R>): TaskHandler<R> => {
  const ready = onceReady(() => handle(ports()));
  const accepted = z.object({ context: TaskContext, input: accepts });
  const chain = middy({ timeoutEarlyInMillis: TO_ANSWER_MS, timeoutEarlyResponse: tooLate })
    .onError(surface(pause))
    .handler(async (event: unknown) => {
      const parsed = accepted.safeParse(event, { reportInput: true });
      if (!parsed.success) throw invalidInput(parsed.error, 'task');
      const { context, input } = parsed.data as { context: TaskContext; input: z.output<S> };
      return { result: await ready()(input, context) };
    }) as unknown as (event: unknown, lambda: LambdaContext) => Promise<{ result: R }>;
  return (event, lambda) => {
    const { context, input } = (event ?? {}) as Untrusted;
    const { state, executionId, retryCount } = context ?? {};
    const origin = {
      correlationId: correlationIdOf(textOf(context?.correlationId) ?? textOf(input?.correlationId)),
      span: {
        name: textOf(state) ?? 'task',
        kind: 'consumer',
        parent: textOf(input?.traceparent),
        attributes: {
          executionId: String(executionId),
          state: String(state),
          retryCount: Number(retryCount) || 0,
        },
      },
    } as const;
    return invoked(lambda, origin, async () => {
      const { result } = await chain(event, lambda);
      logger().info('task done', { executionId, state, retryCount });
      return { answer: result };
    });
  };
};

interface Untrusted {
  readonly context?: { readonly [field: string]: unknown };
  readonly input?: { readonly [field: string]: unknown };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** At most so long a Lambda is paid for waiting. */
const MOST_WAIT_MS = 5_000;

/** Names what was thrown as Step Functions is to see it, when a retry can help. */
const surface =
  (pause: Pause) =>
  async (request: { readonly error: unknown; readonly event: unknown }): Promise<never> => {
    const error = HouseError.from(request.error);
    const { executionId, state } = (request.event as Untrusted | undefined)?.context ?? {};
    const { name, retryable, facts, retryAfterSeconds } = error;
    currentSpan().note({ 'error.name': name });
    // A refusal by the rules is an answer of the saga; what nobody expected is for a person.
    const level = retryable ? 'warn' : error.status >= 500 ? 'error' : 'info';
    logger()[level]('task failed', { executionId, state, errorName: name, retryable, error });
    if (!retryable) throw error;
    if (retryAfterSeconds) await pause(Math.min(retryAfterSeconds * 1000, MOST_WAIT_MS, remainingMs()));
    if (error instanceof TransientError) throw error;
    throw new TransientError({ ...facts, reason: name }, { cause: error });
  };
