/**
 * Which effect the work on a message is. Its consumer commits it, and whoever looks after dead letters asks whether it
 * has: so both have it from one text of the contract, with `{paths}` into the message.
 */
import type { Effect } from './commit.ts';

/** `{ owner: 'deliver-notice {data.payment}', name: '{id}' }` */
export interface MessageEffect {
  readonly owner: string;
  readonly name: string;
}

/** Longer than every dead-letter queue keeps a message, so that a redrive meets the record. */
const KEEP_DAYS = 30;

/** The effect that a message is; undefined where it has not what the pattern asks for, so no consumer worked on it so. */
export const effectIn = (pattern: MessageEffect, message: unknown): MessageEffect | undefined => {
  const owner = filled(pattern.owner, message);
  const name = filled(pattern.name, message);
  return owner === undefined || name === undefined ? undefined : { owner, name };
};

/**
 * The effect of working on a message that its consumer has parsed.
 * @throws {TypeError} a defect of the caller: the message has no such fields
 */
export const effectOfMessage = (pattern: MessageEffect, message: object): Effect => {
  const effect = effectIn(pattern, message);
  if (!effect) throw new TypeError(`the message has not all of ${pattern.owner} ${pattern.name}`);
  return { ...effect, keepDays: KEEP_DAYS };
};

/** What every owner of a pattern begins with: whose effects they are. */
export const beginningOf = ({ owner }: MessageEffect): string => owner.split('{')[0] ?? '';

const filled = (text: string, message: unknown): string | undefined => {
  let isWhole = true;
  const made = text.replaceAll(/\{([\w.]+)\}/g, (_, path: string) => {
    const found = path.split('.').reduce<unknown>(memberOf, message);
    if (typeof found === 'string' && found !== '') return found;
    isWhole = false;
    return '';
  });
  return isWhole ? made : undefined;
};

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as { readonly [name: string]: unknown })[name]
    : undefined;
