/**
 * The queues between outbox and consumers. Standard ones bring messages in any order; in the line of a train, day and class
 * one comes after the other. Each comes at least once, and is parked after so many tries, until somebody redrives it.
 */
import type { CloudEvent } from '../../../shared/messaging/events.ts';
import { type Dice, takeAt } from './dice.fixture.ts';

export type Told = Pick<CloudEvent, 'id' | 'type' | 'data' | 'partitionkey'>;

export interface Message {
  readonly event: Told;
  /** Counted from 1. */
  attempt: number;
  /** A second delivery beside the first: what becomes of it is nobody's business. */
  readonly isCopy: boolean;
}

/** `parksAfter` of the line's consumer, and receives of the standard queues. */
const TRIES_IN_LINE = 3;
const TRIES = 5;

export interface Queues {
  readonly put: (event: Told) => void;
  readonly ready: () => number;
  readonly take: () => Message;
  /** Whoever had it did it; sometimes the queue does not hear of that, and brings it again. */
  readonly did: (message: Message) => void;
  readonly failed: (message: Message) => void;
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

  const back = (message: Message) => {
    const group = message.event.partitionkey;
    if (group === undefined) standard.push(message);
    else heads.push(group);
  };
  const next = (group: string) => {
    const line = lines.get(group) as Message[];
    line.shift();
    if (line.length > 0) heads.push(group);
  };

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
      if (index >= standard.length) return lines.get(takeAt(heads, index - standard.length))?.[0] as Message;
      const message = takeAt(standard, index);
      if (luck.onceIn(again)) standard.push({ ...message, isCopy: true });
      return message;
    },
    did(message) {
      if (message.isCopy) return;
      if (luck.onceIn(again) && message.attempt < TRIES_IN_LINE) {
        message.attempt += 1;
        back(message);
        return;
      }
      counts.consumed += 1;
      if (message.event.partitionkey !== undefined) next(message.event.partitionkey);
    },
    failed(message) {
      if (message.isCopy) return;
      const group = message.event.partitionkey;
      message.attempt += 1;
      if (message.attempt <= (group === undefined ? TRIES : TRIES_IN_LINE)) {
        back(message);
        return;
      }
      everParked.add(message.event.id);
      parked.push({ event: message.event, attempt: 1, isCopy: false });
      if (group !== undefined) next(group);
    },
    redrive() {
      for (const { event } of parked.splice(0)) {
        counts.produced -= 1;
        this.put(event);
      }
    },
  };
};
