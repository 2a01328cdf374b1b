import { StateError } from './errors.ts';

/** Who waits for the answer to which task token. */
export interface TaskTokens {
  /** A new token, and what will be answered. */
  issue(): { readonly token: string; readonly answer: Promise<unknown>; readonly close: () => void };
  /** @throws {StateError} TaskTimedOut: nobody waits for it any more; TaskDoesNotExist: nobody ever did */
  succeed(token: string, output: unknown): void;
  /** As {@link TaskTokens.succeed}; the task fails by this name. */
  fail(token: string, error: string, cause?: string): void;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html */
export const taskTokens = (): TaskTokens => {
  let issued = 0;
  const waiting = new Map<string, PromiseWithResolvers<unknown>>();
  const awaited = (token: string): PromiseWithResolvers<unknown> => {
    const found = waiting.get(token);
    if (found === undefined) {
      const known = Number(token.slice('token-'.length)) <= issued;
      throw new StateError(known ? 'TaskTimedOut' : 'TaskDoesNotExist', token);
    }
    waiting.delete(token);
    return found;
  };
  return {
    issue() {
      issued += 1;
      const token = `token-${issued}`;
      const answer = Promise.withResolvers<unknown>();
      waiting.set(token, answer);
      return { token, answer: answer.promise, close: () => waiting.delete(token) };
    },
    succeed: (token, output) => awaited(token).resolve(output),
    fail: (token, error, cause = '') => awaited(token).reject(new StateError(error, cause)),
  };
};
