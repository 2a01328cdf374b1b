/** A thread that plays the rushes that it is given: `workers.fixture.ts` says which. */
import { parentPort } from 'node:worker_threads';
import { play } from './play.fixture.ts';
import { quiet } from './quiet.fixture.ts';
import type { Size } from './scene.fixture.ts';
import { NOTHING, type Part, together } from './workers.fixture.ts';

interface Given {
  readonly from: number;
  readonly count: number;
  readonly size: Size;
}

const playPart = async ({ from, count, size }: Given): Promise<void> => {
  let part: Part = NOTHING;
  for (let seed = from; seed < from + count; seed += 1) {
    const { violations, ...played } = await play({ seed, size });
    part = together(part, { ...played, runs: 1, violations: violations.map((one) => ({ ...one, seed })) });
  }
  parentPort?.postMessage(part);
};

quiet();
// What is thrown ends the thread, and whoever started it hears of that.
parentPort?.on('message', (given: Given) => void playPart(given));
