/**
 * Events lie in lanes, each with an order of its own: what comes later stands behind, at the next whole number, whatever
 * its clock says. So a number for each lane says exactly what somebody has seen. Pure.
 */
import { EVENT_LANES, type Position } from '../contract.ts';
import type { KeptEvent } from './city-events.ts';

/** The place of the last event that was seen in each lane, 0 where none was. */
export type Places = readonly number[];

export const placesOf = (position: Position): Places => position.split('.').map(Number);
export const positionOf = (places: Places): Position => places.join('.');

/** Every lane before its first event. */
export const NOWHERE: Places = Array.from({ length: EVENT_LANES }, () => 0);

export interface Placed {
  /** 1 at first, without gaps. */
  readonly place: number;
  readonly event: KeptEvent;
}

/** What was read of a lane, in the order that was asked for. */
export interface Stretch {
  readonly lane: number;
  readonly items: readonly Placed[];
  /** It goes on behind them. */
  readonly more: boolean;
}

export interface Merged {
  readonly taken: readonly KeptEvent[];
  /** The place of the last one that was passed, by lane; absent for a lane of which none was. */
  readonly passed: ReadonlyMap<number, number>;
  /** There may be more behind. */
  readonly more: boolean;
}

/**
 * Takes what is wanted out of some lanes, at most so many, by the time of arrival where they meet; no lane’s own order
 * changes. It ends where a lane was not read further, since what comes there may come before the others.
 */
export const merged = (
  stretches: readonly Stretch[],
  want: {
    readonly newestFirst: boolean;
    readonly limit: number;
    readonly wanted: (event: KeptEvent) => boolean;
  },
): Merged => {
  const taken: KeptEvent[] = [];
  const passed = new Map<number, number>();
  const ahead = stretches.map(({ items, ...rest }) => ({ ...rest, items: [...items] }));
  const isBefore = (one: Placed, other: Placed): boolean =>
    want.newestFirst ? one.event.keptAt > other.event.keptAt : one.event.keptAt < other.event.keptAt;
  for (;;) {
    if (ahead.some(({ items, more }) => more && items.length === 0)) return { taken, passed, more: true };
    const [first, ...others] = ahead.filter(({ items }) => items.length > 0);
    if (!first) return { taken, passed, more: false };
    if (taken.length === want.limit) return { taken, passed, more: true };
    const next = others.reduce((best, one) => (isBefore(headOf(one), headOf(best)) ? one : best), first);
    const { place, event } = headOf(next);
    next.items.shift();
    passed.set(next.lane, place);
    if (want.wanted(event)) taken.push(event);
  }
};

const headOf = ({ items }: { readonly items: readonly Placed[] }): Placed => items[0] as Placed; // not empty
