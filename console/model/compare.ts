/** Where two runs of one machine part, as a run that failed and the last good one. */
import { type Attempt, isUnderWay, type Run, type Visit } from './run.ts';

export interface Difference {
  /**
   * `way`: another state was entered, or none; `attempts`: the same state, asked another number of times or with other
   * errors; `outcome`: the same attempts, and still another end.
   */
  readonly kind: 'way' | 'attempts' | 'outcome';
  /** The places in `visits` of either run; absent where that run has nothing there. */
  readonly one?: number;
  readonly other?: number;
}

/**
 * The first difference in the order of the machine, or none. Times are none, and neither is in which order branches ran.
 * Nor is what a run has not done yet, or what of it is not loaded.
 */
export const firstDifference = (one: Run, other: Run): Difference | undefined =>
  inChains({ run: one, chain: placesIn(one, undefined) }, { run: other, chain: placesIn(other, undefined) });

/** Visits that follow each other: a whole run, or one branch. */
interface Side {
  readonly run: Run;
  readonly chain: readonly number[];
}

/** The places of the visits that follow each other in a whole run, or in one branch of what is within it. */
export const placesIn = ({ visits }: Run, within: number | undefined, branch?: number): number[] =>
  [...visits.keys()].filter((at) => visits[at]?.within === within && visits[at]?.branch === branch);

const inChains = (one: Side, other: Side): Difference | undefined => {
  for (let step = 0; step < Math.max(one.chain.length, other.chain.length); step++) {
    const [here, there] = [one.chain[step], other.chain[step]];
    if (here === undefined || there === undefined) {
      const shorter = here === undefined ? one.run : other.run;
      return mayGoOn(shorter) ? undefined : difference('way', here, there);
    }
    const found = inVisits(one.run, here, other.run, there);
    if (found) return found;
  }
  return undefined;
};

const inVisits = (one: Run, here: number, other: Run, there: number): Difference | undefined => {
  const [visit, twin] = [one.visits[here] as Visit, other.visits[there] as Visit];
  if (visit.state === undefined || twin.state === undefined) return undefined;
  if (visit.state !== twin.state) return difference('way', here, there);
  const inside = inBranches(one, here, other, there);
  if (inside) return inside;
  if (isUnderWay(visit) || isUnderWay(twin)) return undefined;
  if (said(visit.attempts) !== said(twin.attempts)) return difference('attempts', here, there);
  return visit.outcome === twin.outcome ? undefined : difference('outcome', here, there);
};

/** Branches by the state that they begin with; turns of a Map, which all begin alike, in their order. */
const inBranches = (one: Run, here: number, other: Run, there: number): Difference | undefined => {
  const [left, right] = [branchesOf(one, here), branchesOf(other, there)];
  const found = [...new Set([...left.keys(), ...right.keys()])].flatMap((name) => {
    const empty: readonly number[] = [];
    const difference = inChains(
      { run: one, chain: left.get(name) ?? empty },
      { run: other, chain: right.get(name) ?? empty },
    );
    return difference ? [difference] : [];
  });
  return found.toSorted(
    (a, b) => (a.one ?? Number.POSITIVE_INFINITY) - (b.one ?? Number.POSITIVE_INFINITY),
  )[0];
};

/** The branches of a Parallel or Map, or the turns of it, each by what tells it from the others in every run. */
export const branchesOf = (run: Run, container: number): ReadonlyMap<string, readonly number[]> => {
  const begun = [...run.visits.keys()].filter(
    (at) => run.visits[at]?.within === container && run.visits[at]?.branch === at,
  );
  const times = new Map<string, number>();
  return new Map(
    begun.map((branch) => {
      const state = run.visits[branch]?.state ?? '';
      const time = times.get(state) ?? 0;
      times.set(state, time + 1);
      return [`${state} ${time}`, placesIn(run, container, branch)];
    }),
  );
};

const said = (attempts: readonly Attempt[]): string =>
  attempts.map(({ outcome, error = '' }) => `${outcome} ${error}`).join('; ');

const mayGoOn = ({ outcome, missing }: Run): boolean => outcome === 'open' || missing.length > 0;

const difference = (
  kind: Difference['kind'],
  one: number | undefined,
  other: number | undefined,
): Difference => ({
  kind,
  ...(one === undefined ? {} : { one }),
  ...(other === undefined ? {} : { other }),
});
