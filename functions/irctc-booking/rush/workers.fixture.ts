/** Plays many rushes, on as many threads as the machine has processors. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Size } from './scene.fixture.ts';
import type { Violation } from './watched.fixture.ts';

export interface Many {
  /** Of the first; each further rush has the next number. */
  readonly seed: number;
  readonly runs: number;
  readonly size: Size;
  /** Hears how many are played. @default nobody hears */
  readonly progress?: (runs: number) => void;
  /** @default as many as there are processors */
  readonly threads?: number;
}

/** A law that did not hold, and in which rush. */
export type Found = Violation & { readonly seed: number };

export interface ManyPlayed {
  readonly runs: number;
  readonly moves: number;
  readonly users: number;
  readonly bookings: number;
  readonly paid: number;
  readonly promotions: number;
  readonly violations: readonly Found[];
}

/** As a person reads it, with the command that plays it again. */
export const foundText = ({ seed, law, what }: Found, size: Size): string =>
  `${law}: ${what}\n  npm run rush -- --seed ${seed}${size === 'large' ? ' --large' : ''} --steps`;

/** What a thread says of a part that it has played. */
export type Part = ManyPlayed;

/** So many rushes are played before a thread says so. */
const A_PART = { small: 500, large: 1 } as const;
/** With so many that do not hold, more would tell nothing new. */
const ENOUGH = 20;

export const NOTHING: ManyPlayed = {
  ...{ runs: 0, moves: 0, users: 0, bookings: 0, paid: 0, promotions: 0, violations: [] },
};

export const together = (one: ManyPlayed, other: ManyPlayed): ManyPlayed => ({
  runs: one.runs + other.runs,
  moves: one.moves + other.moves,
  users: one.users + other.users,
  bookings: one.bookings + other.bookings,
  paid: one.paid + other.paid,
  promotions: one.promotions + other.promotions,
  violations: [...one.violations, ...other.violations],
});

export const playMany = async ({
  seed,
  runs,
  size,
  progress = () => undefined,
  threads = availableParallelism(),
}: Many): Promise<ManyPlayed> => {
  let sum = NOTHING;
  let next = 0;
  const part = (): readonly [from: number, count: number] | undefined => {
    if (next >= runs || sum.violations.length >= ENOUGH) return undefined;
    const from = next;
    next = Math.min(runs, next + A_PART[size]);
    return [seed + from, next - from];
  };
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('./worker.fixture.ts', import.meta.url));
      const give = () => {
        const given = part();
        if (given) worker.postMessage({ from: given[0], count: given[1], size });
        else void worker.terminate().then(() => resolve());
      };
      worker.on('message', (played: Part) => {
        sum = together(sum, played);
        progress(sum.runs);
        give();
      });
      worker.on('error', reject);
      give();
    });
  await Promise.all(Array.from({ length: threads }, work));
  return sum;
};
