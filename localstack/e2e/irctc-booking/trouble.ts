/** What goes wrong while people book: faults of every kind, one after the other, and a desk that sends back what died of them. */
import { SQSClient } from '@aws-sdk/client-sqs';
import { type DeadLetter, deadLetters } from '../../../shared/dead-letters/index.ts';
import type { FaultKind } from '../../../shared/faults/index.ts';
import { type Dice, dice } from '../../../shared/testing/dice.ts';
import { pause } from '../../../shared/time/index.ts';
import type { CityFile } from '../../cloud/city.ts';
import type { armouryOf, Fault } from '../armed.ts';
import { credentials } from '../city.ts';
import { DEAD_QUEUES } from './counts.ts';
import { persisting } from './rush.ts';

const KINDS = [
  { kind: 'error', point: 'before' },
  { kind: 'error', point: 'after' },
  { kind: 'throttle', point: 'before' },
  { kind: 'crash', point: 'before' },
  { kind: 'crash', point: 'after' },
  { kind: 'timeout', point: 'before' },
  { kind: 'timeout', point: 'after' },
  { kind: 'duplicate', point: 'before' },
] as const satisfies readonly Pick<Fault, 'kind' | 'point'>[];

const FUNCTIONS = ['allocate-berths', 'take-payment', 'hear-payment', 'promote-waiting', 'sweep'] as const;

/** How many faults of each function happened, by their kinds: `allocate-berths crash after`. */
export type Happened = ReadonlyMap<string, number>;

/**
 * Arms one fault after the other in each consumer, each kind once before any comes again, for as long as work goes on: so
 * that one message meets few of them in a row, and the whole of the work meets all.
 * @param everyMs from one fault of a function to its next
 */
export const throughFaults = async <T>(
  { arm, left, disarm }: ReturnType<typeof armouryOf>,
  { seed, everyMs }: { readonly seed: number; readonly everyMs: number },
  work: () => Promise<T>,
): Promise<{ readonly answer: T; readonly happened: Happened }> => {
  const happened = new Map<string, number>();
  let isOver = false;
  const harass = async (file: string, nth: number): Promise<void> => {
    // Of its own, so that who is faster does not change what comes.
    const chance = dice(seed + nth);
    const deck: (typeof KINDS)[number][] = [];
    while (!isOver) {
      if (deck.length === 0) deck.push(...shuffled(KINDS, chance));
      const fault = deck.pop() as (typeof KINDS)[number];
      const [armed] = await persisting(() => arm({ ...fault, function: `irctc-booking-${file}` }));
      const isArmed = async () => (await persisting(left)).some(({ id }) => id === armed?.id);
      while (!isOver && (await isArmed())) await pause(everyMs / 4);
      const isLeft = await isArmed();
      const name = `${file} ${fault.kind} ${fault.point}`;
      if (!isLeft) happened.set(name, (happened.get(name) ?? 0) + 1);
      if (!isOver) await pause(everyMs * (0.5 + chance.chance()));
    }
  };
  try {
    const answer = await beside(work, Promise.all(FUNCTIONS.map(harass)), () => {
      isOver = true;
    });
    return { answer, happened };
  } finally {
    await persisting(disarm);
  }
};

/** Works beside something that goes on until the work is over; whichever of them fails, fails both. */
const beside = async <T>(work: () => Promise<T>, other: Promise<unknown>, over: () => void): Promise<T> => {
  const [answer] = await Promise.all([work().finally(over), other]);
  return answer;
};

const shuffled = <T>(from: readonly T[], { below }: Dice): readonly T[] =>
  from.reduce<readonly T[]>((before, one) => before.toSpliced(below(before.length + 1), 0, one), []);

/** How many of them there were, by kind. */
export const byKind = (happened: Happened): { readonly [kind in FaultKind]?: number } =>
  Object.fromEntries(
    [...Map.groupBy(happened, ([name]) => name.split(' ')[1] ?? '')].map(([kind, found]) => [
      kind,
      found.reduce((sum, [, times]) => sum + times, 0),
    ]),
  );

/** A letter that was sent back so often stays for a person. */
const MOST_REDRIVES = 3;

/** The operator's desk: sends back whatever of railway booking died since a moment. */
export const deskOf = ({ endpoint, region }: CityFile, since: Date) => {
  const sqs = new SQSClient({ endpoint, region, credentials });
  const isMeant = ({ firstAt, redrives, backTo }: DeadLetter): boolean =>
    firstAt >= since.toISOString() && redrives < MOST_REDRIVES && backTo !== undefined;
  /** @returns the errors of those that were sent back */
  const sendBack = async (): Promise<readonly string[]> => {
    const outcomes = await Promise.all(
      DEAD_QUEUES.map((queue) => deadLetters({ client: sqs, queue }).redrive(isMeant)),
    );
    return outcomes.flat().flatMap(({ outcome, letter }) => (outcome === 'sent back' ? [letter.error] : []));
  };
  return {
    sendBack,
    /** Runs work with somebody at the desk, who looks every so often. */
    async attended<T>(everyMs: number, work: () => Promise<T>): Promise<{ answer: T; sentBack: string[] }> {
      const sentBack: string[] = [];
      let isOver = false;
      const attend = async () => {
        while (!isOver) {
          sentBack.push(...(await sendBack()));
          await pause(everyMs);
        }
      };
      const answer = await beside(work, attend(), () => {
        isOver = true;
      });
      return { answer, sentBack };
    },
  };
};
