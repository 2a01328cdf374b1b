import { limited } from '../../../shared/allowances/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { api, routes } from '../contract.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import type { Due, RailPorts } from '../domain/ports.ts';
import { railPorts } from '../store/ports.ts';

/** Counting is reading; beyond these it is "many". */
const MOST_TRAINS = 1_000;
const MOST_DUE = 100;
/** Whoever watches comes every few seconds, from many places. */
const KEEP_MS = 10_000;

/** That it answers, and what it knows: counted anew when what was counted is ten seconds old. */
export const health = ({ trains, clockwork, now }: Pick<RailPorts, 'trains' | 'clockwork' | 'now'>) => {
  let counted: { at: number; trains: number; due: number } | undefined;
  return async (_: Partial<RequestOf<typeof routes.health>>) => {
    const at = now();
    if (!counted || at.getTime() - counted.at >= KEEP_MS) {
      const [{ items }, due] = await Promise.all([
        trains.list({ limit: MOST_TRAINS }),
        countOf(clockwork.due(at), MOST_DUE),
      ]);
      counted = { at: at.getTime(), trains: items.length, due };
    }
    const { trains: known, due } = counted;
    const body = {
      ...({ status: 'healthy', service: 'irctc-booking', version: api.version } as const),
      ...{ timestamp: at.toISOString(), trains: known, due },
    };
    return { status: 200, body } as const;
  };
};

const countOf = async (walks: readonly AsyncGenerator<Due>[], most: number): Promise<number> => {
  let count = 0;
  for (const walk of walks) {
    while (count < most && !(await walk.next()).done) count += 1;
  }
  return count;
};

export const handler = restHandler({
  route: routes.health,
  handle: health,
  admit: limited({ allowance: ALLOWANCES.health }),
  ports: railPorts,
});
