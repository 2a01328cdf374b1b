/**
 * What happened to one thing, told by its events alone: for a flow that no state machine runs, and beside one that is
 * run. Who told what, who listens to it, what followed from it, and what is missing.
 */
import type { CityEvent, SystemView } from '../../functions/console/contract.ts';

export interface StoryStep {
  readonly event: CityEvent;
  /** Systems that listen to this type. Who hears everything is none of them. */
  readonly goesTo: readonly string[];
  /** The place of the step that led to this one. */
  readonly cause?: number;
  /** The places of steps that followed from it. */
  readonly followed: readonly number[];
  /** Numbers of this teller and subject that are not here though later ones are. */
  readonly missing?: { readonly from: number; readonly to: number };
  /** Milliseconds since the step before, by the clocks of the tellers. */
  readonly afterMs?: number;
}

/**
 * The events as a story. Its order is that of time; but what one system told of one subject stands in the order of its
 * numbers, since that is what the system says came first.
 */
export const storyOf = (
  events: readonly CityEvent[],
  systems: readonly Pick<SystemView, 'name' | 'events'>[],
): readonly StoryStep[] => {
  const ordered = inOrder([...new Map(events.map((event) => [event.id, event])).values()]);
  const places = new Map(ordered.map(({ id }, at) => [id, at]));
  const gaps = gapsIn(ordered);
  return ordered.map((event, at) => {
    const cause = event.causationId === undefined ? undefined : places.get(event.causationId);
    const missing = gaps.get(event.id);
    const before = ordered[at - 1];
    return {
      event,
      goesTo: systems
        .filter(({ events: { in: heard } }) => heard.includes(event.type))
        .map(({ name }) => name),
      ...(cause === undefined ? {} : { cause }),
      followed: ordered.flatMap(({ causationId }, later) => (causationId === event.id ? [later] : [])),
      ...(missing === undefined ? {} : { missing }),
      ...(before === undefined ? {} : { afterMs: Date.parse(event.time) - Date.parse(before.time) }),
    };
  });
};

/** Who numbers: a system numbers what it tells of a subject by itself. */
const teller = ({ source, subject }: CityEvent): string => `${source} ${subject}`;

/** By time; where a teller’s numbers say otherwise, its events change places among themselves. */
const inOrder = (events: readonly CityEvent[]): readonly CityEvent[] => {
  const byTime = events.toSorted(
    (a, b) => Date.parse(a.time) - Date.parse(b.time) || Date.parse(a.keptAt) - Date.parse(b.keptAt),
  );
  const numbered = Map.groupBy(
    byTime.filter(({ sequence }) => sequence !== undefined),
    teller,
  );
  for (const own of numbered.values()) own.sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0));
  return byTime.map((event) =>
    event.sequence === undefined ? event : (numbered.get(teller(event))?.shift() ?? event),
  );
};

/** By the id of the event before which numbers are missing. Numbers begin with 1. */
const gapsIn = (ordered: readonly CityEvent[]): ReadonlyMap<string, { from: number; to: number }> => {
  const last = new Map<string, number>();
  const gaps = new Map<string, { from: number; to: number }>();
  for (const event of ordered) {
    if (event.sequence === undefined) continue;
    const before = last.get(teller(event)) ?? 0;
    if (event.sequence > before + 1) gaps.set(event.id, { from: before + 1, to: event.sequence - 1 });
    last.set(teller(event), event.sequence);
  }
  return gaps;
};
