/**
 * What somebody has of a log whose items are numbered 1, 2, 3, …: pages that they have asked for, and items that were sent to
 * them, maybe twice, in another order, or not at all. Each item is handed on once, in order.
 */

export interface Following<T> {
  /** Everything up to here was handed on. */
  readonly have: number;
  /** What was sent of what comes later, by sequence. */
  readonly early: ReadonlyMap<number, T>;
}

export interface Step<T> {
  readonly following: Following<T>;
  /** To be handed on now. */
  readonly items: readonly T[];
}

/** So much is kept of what comes later; of more than that, a page is asked for. */
const MOST_EARLY = 200;

export const followingFrom = <T>(have: number): Following<T> => ({ have, early: new Map() });

/** An item that was sent. */
export const pushed = <T>(following: Following<T>, sequence: number, item: T): Step<T> => {
  const { have, early } = following;
  if (early.size >= MOST_EARLY && sequence !== have + 1) return { following, items: [] };
  return settled(have, new Map(early).set(sequence, item), []);
};

/** A page that was asked for: the items behind what was asked from, in order, up to and including `upTo`. */
export const paged = <T extends { readonly sequence: number }>(
  { have, early }: Following<T>,
  { items, upTo }: { readonly items: readonly T[]; readonly upTo: number },
): Step<T> =>
  settled(
    Math.max(have, upTo),
    early,
    items.filter(({ sequence }) => sequence > have),
  );

/** Hands on what follows without a gap. */
const settled = <T>(have: number, early: ReadonlyMap<number, T>, before: readonly T[]): Step<T> => {
  const items = [...before];
  let last = have;
  for (let next = early.get(last + 1); next !== undefined; next = early.get(last + 1)) {
    items.push(next);
    last += 1;
  }
  const left = new Map([...early].filter(([sequence]) => sequence > last));
  return { following: { have: last, early: left }, items };
};

/** Whether something is missing: what was sent is not what comes next. */
export const hasGap = ({ early }: Following<unknown>): boolean => early.size > 0;
