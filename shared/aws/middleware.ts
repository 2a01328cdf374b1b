import { inSpanOf, remainingMs } from '../tracing/index.ts';

/** Every client of the SDK; the middleware it takes is typed by its own commands, and ours is for all. */
export interface Stacked {
  readonly middlewareStack: { add(...args: never[]): void };
}

/** What is used of a middleware's types. */
export interface CallNames {
  readonly clientName?: string;
  readonly commandName?: string;
}
type Next = (args: unknown) => Promise<unknown>;

/**
 * Gives every call of a client a span, and an end: what the invocation has left, whatever attempts the SDK would
 * still make. A call that was ended so may have happened.
 */
export const observed = <C extends Stacked>(client: C): C => {
  const middleware = (next: Next, { clientName = 'AWS', commandName = 'call' }: CallNames): Next => {
    const name = `${clientName.replace(/Client$/, '')} ${commandName.replace(/Command$/, '')}`;
    const span = { name, kind: 'client', answers: answered } as const;
    return (args) => inSpanOf(span, () => within(remainingMs(), () => next(args)));
  };
  const options = { step: 'initialize', name: 'house', priority: 'high' };
  client.middlewareStack.add(...([middleware, options] as never[]));
  return client;
};

const answered = (thrown: unknown) => {
  if (!(thrown instanceof Error)) return undefined;
  // Connections end without telling; who sends to one that is gone has found it out.
  if (thrown.name === 'GoneException') return { 'http.response.status_code': 410 };
  return refusedWrite(thrown);
};

/** What a table answers to a write that another writer was before. */
const OVERTAKEN = new Set(['None', 'ConditionalCheckFailed', 'TransactionConflict']);

/**
 * A write whose condition does not hold is answered, not failed: who lost a race reads again and writes again, and a
 * trace of that is no trace of an error. If the work cannot go on, then it throws, and its own span says so.
 */
const refusedWrite = (thrown: Error) => {
  const { CancellationReasons: reasons = [] } = thrown as {
    CancellationReasons?: readonly { Code?: string }[];
  };
  const overtaken =
    thrown.name === 'ConditionalCheckFailedException' ||
    (thrown.name === 'TransactionCanceledException' &&
      reasons.length > 0 &&
      reasons.every(({ Code = 'None' }) => OVERTAKEN.has(Code)));
  // By OpenTelemetry's name for what a database answered.
  return overtaken ? { 'db.response.status_code': thrown.name } : undefined;
};

/** @throws {Error} named TimeoutError, which counts as transient */
const within = async <T>(milliseconds: number, work: () => Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(Object.assign(new Error('the invocation has no time left for it'), { name: 'TimeoutError' }));
    }, milliseconds);
  });
  try {
    return await Promise.race([work(), end]);
  } finally {
    clearTimeout(timer);
  }
};
