/** Which ways through a definition a run took. */
import type { Run } from './run.ts';

/** `from → to` of states that were entered one after the other, in the same branch. */
export const waysTaken = ({ visits }: Run): ReadonlySet<string> => {
  const taken = new Set<string>();
  const last = new Map<string, string>();
  for (const [at, { state, within, branch }] of visits.entries()) {
    if (state === undefined) continue;
    const chain = `${within ?? ''}/${branch ?? ''}`;
    const before = branch === at && within !== undefined ? visits[within]?.state : last.get(chain);
    if (before !== undefined) taken.add(way(before, state));
    last.set(chain, state);
  }
  return taken;
};

export const way = (from: string, to: string): string => `${from} → ${to}`;
