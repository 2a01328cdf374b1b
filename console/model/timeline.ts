/** A run on an axis of time, on which long times in which nobody worked are folded. */
import type { Run } from './run.ts';
import { waitsForToken } from './saga.ts';
import type { States } from './waiting.ts';

/** A stretch of time: milliseconds since 1970. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface Axis {
  readonly from: number;
  readonly to: number;
  /** Where nothing happened and nobody worked; drawn short. */
  readonly folds: readonly Stretch[];
  /** Where a moment stands, from 0 at the beginning to 1 at the end. */
  readonly place: (at: number) => number;
}

/** A gap is folded from a tenth of the whole on, and takes a twentieth of the width then. */
const GAP_SHARE = 0.1;
const FOLD_SHARE = 0.05;
/** Below this nothing needs folding. */
const SHORTEST_FOLD_MS = 500;

/**
 * @param moments of all events, in any order
 * @param busy when somebody worked: such a time is never folded, however quiet it was
 * @param unfolded the beginnings of folds that somebody wants to see at their length
 */
export const axisOf = (
  moments: readonly number[],
  busy: readonly Stretch[] = [],
  unfolded: ReadonlySet<number> = new Set(),
): Axis => {
  const sorted = [...new Set(moments)].toSorted((a, b) => a - b);
  const [from = 0, to = from] = [sorted[0], sorted.at(-1)];
  const whole = Math.max(to - from, 1);
  const folds = sorted.flatMap((at, index) => {
    const next = sorted[index + 1];
    const gap = next === undefined ? 0 : next - at;
    const isLong = next !== undefined && gap >= whole * GAP_SHARE && gap >= SHORTEST_FOLD_MS;
    const isIdle = isLong && !busy.some((work) => work.from < next && work.to > at);
    return isIdle && !unfolded.has(at) ? [{ from: at, to: next }] : [];
  });
  const folded = folds.reduce((sum, fold) => sum + fold.to - fold.from, 0);
  const open = whole - folded;
  // Of a run that did nothing but wait, folds are all there is to draw.
  const share = open > 0 ? FOLD_SHARE : 1 / folds.length;
  const scale = open > 0 ? (1 - folds.length * share) / open : 0;
  const place = (at: number): number => {
    // Sums of parts are not exactly the whole, and the end is.
    if (at >= to) return to > from ? 1 : 0;
    let [before, width] = [Math.min(Math.max(at, from), to) - from, 0];
    for (const fold of folds) {
      if (at <= fold.from) break;
      const inside = Math.min(at, fold.to) - fold.from;
      before -= inside;
      width += share * (inside / (fold.to - fold.from));
    }
    return Math.min(1, before * scale + width);
  };
  return { from, to, folds, place };
};

/** All moments that a run tells of. */
export const momentsIn = ({ visits }: Run): readonly number[] =>
  visits.flatMap(({ enteredAt, exitedAt, attempts }) =>
    [
      enteredAt,
      exitedAt,
      ...attempts.flatMap(({ scheduledAt, startedAt, endedAt }) => [scheduledAt, startedAt, endedAt]),
    ].flatMap((iso) => (iso === undefined ? [] : [Date.parse(iso)])),
  );

/** When a worker was at it. Who waits for an answer by token does not work. */
export const busyIn = ({ visits }: Run, states: States, now: number): readonly Stretch[] =>
  visits
    .filter(({ state }) => state === undefined || !waitsForToken(states[state]))
    .flatMap(({ attempts }) =>
      attempts.flatMap(({ scheduledAt, endedAt }) =>
        scheduledAt === undefined
          ? []
          : [{ from: Date.parse(scheduledAt), to: endedAt === undefined ? now : Date.parse(endedAt) }],
      ),
    );
