/**
 * The queues between outbox and consumers. Standard ones bring messages in any order; in the line of a train, day and class
 * one comes after the other, or the first few together. Each comes at least once, and is parked after so many tries, until somebody redrives it.
 */
import type { CloudEvent } from '../../../shared/messaging/events.ts';
import { type Dice, takeAt } from '../../../shared/testing/dice.ts';

export type Told = Pick<CloudEvent, 'id' | 'type' | 'data' | 'partitionkey'>;

export interface Message {
  readonly event: Told;
  /** Counted from 1. */
  attempt: number;
  /** A second delivery beside the first: what becomes of it is nobody's business. */
  readonly isCopy: boolean;
  /** It was in a batch that failed, so it comes by itself. */
  isAlone?: boolean;
}

/** What a consumer gets at once: of a line the first ones in their order, else one. */
export type Batch = readonly [Message, ...Message[]];

/** `parksAfter` of the line's consumer, and receives of the standard queues. */
const TRIES_IN_LINE = 3;
const TRIES = 5;

/** So many of a line come together, at most: a hold-up of more would show nothing else. */
const TOGETHER = 4;

export interface Queues {
  readonly put: (event: Told) => void;
  readonly ready: () => number;
  readonly take: () => Batch;
  /** Whoever had them did them; sometimes the queue does not hear of that, and brings one again. */
  readonly did: (batch: Batch) => void;
  /** Of several, each comes again by itself. */
  readonly failed: (batch: Batch) => void;
  readonly redrive: () => void;
  readonly parked: readonly Message[];
  readonly counts: { produced: number; consumed: number };
  readonly wasParked: (event: Told) => boolean;
}

/** @param again one message in so many is brought again; 0: none */
export const queues = (luck: Dice, again: number): Queues => {
  const standard: Message[] = [];
  const lines = new Map<string, Message[]>();
  const heads: string[] = [];
  const parked: Message[] = [];
  const everParked = new Set<string>();
  const counts = { produced: 0, consumed: 0 };

  /** The line is there for the next one. */
  const open = (group: string, done: ReadonlySet<Message> = new Set()) => {
    const line = (lines.get(group) as Message[]).filter((message) => !done.has(message));
    lines.set(group, line);
    if (line.length > 0) heads.push(group);
  };
  /** The first of a line, and sometimes those behind it that come for the first time. */
  const first = (group: string): Batch => {
    const [head, ...behind] = lines.get(group) as [Message, ...Message[]];
    const isFirst = ({ attempt, isAlone }: Message) => attempt === 1 && !isAlone;
    if (!isFirst(head) || behind.length === 0 || luck.onceIn(2)) return [head];
    const most = luck.between(1, TOGETHER - 1);
    const until = behind.slice(0, most).findIndex((message) => !isFirst(message));
    return [head, ...behind.slice(0, until < 0 ? most : until)];
  };
  const isLost = ({ attempt }: Message) => luck.onceIn(again) && attempt < TRIES_IN_LINE;

  return {
    parked,
    counts,
    wasParked: ({ id }) => everParked.has(id),
    put(event) {
      counts.produced += 1;
      const message: Message = { event, attempt: 1, isCopy: false };
      const group = event.partitionkey;
      if (group === undefined) {
        standard.push(message);
        return;
      }
      const line = lines.get(group);
      if (line !== undefined && line.length > 0) line.push(message);
      else {
        lines.set(group, [message]);
        heads.push(group);
      }
    },
    ready: () => standard.length + heads.length,
    take() {
      const index = luck.below(standard.length + heads.length);
      if (index >= standard.length) return first(takeAt(heads, index - standard.length));
      const message = takeAt(standard, index);
      if (luck.onceIn(again)) standard.push({ ...message, isCopy: true });
      return [message];
    },
    did(batch) {
      const [{ isCopy, event }] = batch;
      if (isCopy) return;
      const done = new Set(batch);
      for (const message of batch) {
        if (isLost(message)) {
          message.attempt += 1;
          done.delete(message);
        } else counts.consumed += 1;
      }
      if (event.partitionkey !== undefined) open(event.partitionkey, done);
      else if (done.size === 0) standard.push(...batch);
    },
    failed(batch) {
      const [message, ...others] = batch;
      if (message.isCopy) return;
      const group = message.event.partitionkey;
      if (others.length > 0) for (const one of batch) one.isAlone = true;
      else message.attempt += 1;
      if (message.attempt > (group === undefined ? TRIES : TRIES_IN_LINE)) {
        everParked.add(message.event.id);
        parked.push({ event: message.event, attempt: 1, isCopy: false });
        if (group !== undefined) open(group, new Set(batch));
      } else if (group === undefined) standard.push(message);
      else open(group);
    },
    redrive() {
      for (const { event } of parked.splice(0)) {
        counts.produced -= 1;
        this.put(event);
      }
    },
  };
};
