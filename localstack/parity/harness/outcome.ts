import { setTimeout as pause } from 'node:timers/promises';
import { shorten } from './difference.ts';
import type { Outcome } from './results.ts';

/** A try that was not over in time says nothing of the cloud: its machine may have been busy with something else. */
export class NotOver extends Error {
  override readonly name = 'NotOver';
}

/** @throws {NotOver} the work takes longer; it is left to itself then */
export const within = async (ms: number, work: Promise<void>): Promise<void> => {
  const over = new AbortController();
  const late = pause(ms, undefined, { signal: over.signal }).then(() => {
    throw new NotOver(`It was not over after ${ms / 1000} s`);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    over.abort();
  }
};

/** What vitest tells of a behaviour that was tried. */
export interface Tried {
  readonly state: string;
  /** Of all its tries, the last one's last. */
  readonly errors?: readonly { readonly name?: string | undefined; readonly message: string }[] | undefined;
}

/**
 * What a try says of the cloud; undefined when it was not tried.
 * @returns with `couldNot` it says nothing of it: it was not over in time, or the cloud was gone
 */
export const outcomeOf = ({ state, errors }: Tried): Outcome | { readonly couldNot: string } | undefined => {
  if (state === 'passed') return { passes: true };
  if (state !== 'failed') return undefined;
  const { name, message } = errors?.at(-1) ?? { name: 'Error', message: 'vitest told no error' };
  if (name === 'NotOver' || message.includes('ECONNREFUSED')) return { couldNot: message };
  const isPlain = name === 'Difference' || name === 'Error';
  return { passes: false, seen: shorten(isPlain ? message : `${name}: ${message}`) };
};
