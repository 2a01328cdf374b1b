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
    return (args) => inSpanOf({ name, kind: 'client' }, () => within(remainingMs(), () => next(args)));
  };
  const options = { step: 'initialize', name: 'house', priority: 'high' };
  client.middlewareStack.add(...([middleware, options] as never[]));
  return client;
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
