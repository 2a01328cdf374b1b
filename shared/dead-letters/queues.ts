/** Which queues of a city hold dead letters, and where a consumer keeps what it has worked on, as its systems say. */
import { effectIn, type MessageEffect } from '../effects/of-message.ts';
import { jsonOf } from '../json/index.ts';
import type { Worked } from './words.ts';

/** A queue, as a stack writes it down. */
export interface CityQueue {
  readonly name: string;
  readonly deadLetters?: string | undefined;
  readonly consumer?: string | undefined;
  /** The table in which its consumer has a record of each message that it worked on, and under which effect. */
  readonly remembers?: WorkRecord | undefined;
}

/** A record of work, or the pattern of one. */
export interface WorkRecord extends MessageEffect {
  readonly table: string;
}

/** The `deadLetters` of each queue, and each queue that nobody consumes: there people look. */
export const deadQueuesIn = (queues: readonly CityQueue[]): readonly string[] => [
  ...new Set(
    queues.flatMap(({ name, deadLetters, consumer }) => [
      ...(deadLetters === undefined ? [] : [deadLetters]),
      ...(consumer === undefined && deadLetters === undefined ? [name] : []),
    ]),
  ),
];

interface Letter {
  readonly backTo?: string;
  readonly body: string;
}

/** The record that a letter's consumer would have; undefined where it keeps none, or the message could make none. */
export const recordOf = (queues: readonly CityQueue[], { backTo, body }: Letter): WorkRecord | undefined => {
  const target = backTo?.split(':')[5];
  const { remembers } = queues.find(({ name }) => name === target) ?? {};
  const effect = remembers && effectIn(remembers, jsonOf(body));
  return effect && { table: remembers.table, ...effect };
};

/** Whether the consumer of a letter has worked on its message. */
export const workedOn =
  (queues: readonly CityQueue[], isThere: (record: WorkRecord) => Promise<boolean>) =>
  async (letter: Letter): Promise<Worked> => {
    const record = recordOf(queues, letter);
    if (!record) return 'unknown';
    return (await isThere(record)) ? 'yes' : 'no';
  };
