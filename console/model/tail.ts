/** What is known of the events of the city: the newest first, growing at both ends, and never beyond a limit. */
import type { CityEvent } from '../../functions/console/contract.ts';

export interface Tail {
  /** Newest first. */
  readonly events: readonly CityEvent[];
  /** Ask after it for what comes. */
  readonly position?: string | undefined;
  /** Where older ones are. */
  readonly next?: string | undefined;
  /** How many have come since the first look, those that were dropped included. */
  readonly arrived: number;
  /** How many of the oldest were let go. */
  readonly dropped: number;
}

/** What an answer of the door says. */
export interface EventPage {
  readonly items: readonly CityEvent[];
  readonly next?: string | undefined;
  readonly position?: string | undefined;
}

/** So many stay in memory. */
export const MOST_KEPT = 3_000;

export const firstLook = ({ items, next, position }: EventPage): Tail => ({
  ...{ events: items, next, position },
  ...{ arrived: 0, dropped: 0 },
});

/** With what has come; beyond the limit the oldest go, and what is older than they are is not asked for any more. */
export const withNewer = (tail: Tail, { items, position }: EventPage, most = MOST_KEPT): Tail => {
  const events = [...items, ...tail.events];
  const over = Math.max(0, events.length - most);
  return {
    events: over === 0 ? events : events.slice(0, most),
    position: position ?? tail.position,
    next: over === 0 ? tail.next : undefined,
    arrived: tail.arrived + items.length,
    dropped: tail.dropped + over,
  };
};

export const withOlder = (tail: Tail, { items, next }: EventPage): Tail => ({
  ...tail,
  ...{ events: [...tail.events, ...items], next },
});

/**
 * What is shown where somebody stopped the tail, and how much has come since.
 * @param pausedAt `arrived` of that moment; undefined where it runs
 */
export const shownOf = (
  { events, arrived }: Tail,
  pausedAt: number | undefined,
): { readonly shown: readonly CityEvent[]; readonly waiting: number } => {
  const waiting = pausedAt === undefined ? 0 : arrived - pausedAt;
  return { shown: waiting === 0 ? events : events.slice(waiting), waiting };
};
