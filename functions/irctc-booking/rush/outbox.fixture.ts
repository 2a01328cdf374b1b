/** The way from a commit to the queues: the relay tells at once, and what it dies with the sweeper tells later. */
import type { Dice } from '../../../shared/testing/dice.ts';
import type { Told } from './queues.fixture.ts';

export interface Outbox {
  readonly commit: (event: Told) => void;
  /** What has stayed behind. */
  readonly left: () => number;
  /** Tells what stayed behind: of a line it is behind who came since. */
  readonly sweep: () => void;
  /** From now on no relay dies. */
  readonly calmDown: () => void;
}

/** @param diesIn the relay dies with one event in so many; 0: never */
export const outbox = (
  luck: Dice,
  diesIn: number,
  { told, late }: { readonly told: (event: Told) => void; readonly late: (event: Told) => void },
): Outbox => {
  const left: Told[] = [];
  let oneIn = diesIn;
  return {
    commit(event) {
      if (!luck.onceIn(oneIn)) return told(event);
      late(event);
      left.push(event);
    },
    left: () => left.length,
    sweep: () => left.splice(0).forEach(told),
    calmDown() {
      oneIn = 0;
    },
  };
};
