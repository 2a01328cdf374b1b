import { expect } from 'vitest';

/** What a cloud did otherwise than AWS's page says; its message is what the table shows. */
export class Difference extends Error {
  override readonly name = 'Difference';
}

/**
 * Compares what was seen with what AWS says. Take it instead of `expect` wherever the difference is a fact about the
 * cloud: its message is a few words for the table, not a diff.
 *
 * @param what what is looked at, as in "the message in the dead-letter queue"
 * @param seen what the cloud did
 * @param expected a value, or a matcher of vitest (`expect.objectContaining(…)`)
 * @throws {Difference} they are not equal
 */
export const expectSeen = (what: string, seen: unknown, expected: unknown): void => {
  try {
    expect(seen).toEqual(expected);
  } catch (cause) {
    throw new Difference(`${what}: ${short(seen)}`, { cause });
  }
};

/** The error that a call is answered with. */
export const caught = async (call: Promise<unknown>): Promise<Error | undefined> => {
  try {
    await call;
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? thrown : new Error(String(thrown));
  }
};

/** The name of the error that a call is answered with, or `no error`. */
export const errorOf = async (call: Promise<unknown>): Promise<string> =>
  (await caught(call))?.name ?? 'no error';

/** A value in at most 100 characters, without what is new in every run. */
export const short = (value: unknown): string =>
  shorten(typeof value === 'string' ? value : inOneLine(value));

const inOneLine = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

const LONGEST = 100;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** One line for a cell of the table. Names that the suite made (`behaves-k3j9x0-queue`) lose what is new in each run. */
export const shorten = (text: string): string => {
  const steady = text
    .replace(/\s+/g, ' ')
    .replaceAll(UUID, '…')
    .replaceAll(/behaves-[0-9a-z]+-/g, '')
    .replaceAll(/arn:aws:([a-z]+):[a-z0-9-]*:\d{12}:/g, '$1:')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?/g, '<time>')
    .replaceAll(/127\.0\.0\.1:\d+/g, '<host>')
    .trim();
  return steady.length > LONGEST ? `${steady.slice(0, LONGEST - 1)}…` : steady;
};
