/** Questions about what the systems tell each other. */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { type CityEvent, routes } from '../../functions/console/contract.ts';
import { firstLook, MOST_KEPT, type Tail, withNewer, withOlder } from '../model/tail.ts';
import { ask } from './ask.ts';
import { CALM_MS, every, LIVE_MS } from './live.ts';
import { useOlder } from './use-older.ts';

/** What the door can filter by; an empty text is any. */
export interface EventFilter {
  readonly system: string;
  readonly type: string;
  readonly subject: string;
}

const EVENTS_A_PAGE = 100;
/** So many answers are read at once to catch up. Where that is not enough, the next look goes on. */
const MOST_PAGES_AT_ONCE = 10;

const page = (
  { system, type, subject }: Partial<EventFilter>,
  place: { readonly after?: string | undefined; readonly cursor?: string | undefined },
  signal?: AbortSignal,
) =>
  ask(
    'console',
    routes.listCityEvents,
    { query: { system, type, subject, ...place, limit: EVENTS_A_PAGE } },
    signal === undefined ? {} : { signal },
  );

/** The events of a kind as they come, without a gap, however long the page did not look. */
export const useTail = (filter: EventFilter) => {
  const queries = useQueryClient();
  const key = ['city-events', filter.system, filter.type, filter.subject];
  const known = () => queries.getQueryData<Tail>(key);
  const tail = useQuery<Tail>({
    queryKey: key,
    queryFn: async ({ signal }) => {
      if (known()?.position === undefined) return firstLook(await page(filter, {}, signal));
      for (let pages = 0, more = true; more && pages < MOST_PAGES_AT_ONCE; pages++) {
        const answer = await page(filter, { after: known()?.position }, signal);
        // Each answer is kept at once: the place up to which was read goes with what was read.
        queries.setQueryData<Tail>(key, (before) => before && withNewer(before, answer));
        more = answer.more;
      }
      return known() as Tail;
    },
    refetchInterval: every(LIVE_MS),
    // An answer that was kept is not told to be another one.
    structuralSharing: false,
  });
  const { older, loadOlder } = useOlder(async () => {
    const cursor = known()?.next;
    if (cursor === undefined) return;
    const answer = await page(filter, { cursor });
    queries.setQueryData<Tail>(key, (before) =>
      before?.next === cursor ? withOlder(before, answer) : before,
    );
  });
  const mayLoad = tail.data?.next !== undefined && tail.data.events.length + EVENTS_A_PAGE <= MOST_KEPT;
  return { tail, older, ...(mayLoad ? { loadOlder } : {}) };
};

/** One event, its data whole. */
export const eventQuery = (id: string) =>
  queryOptions({
    queryKey: ['city-event', id],
    queryFn: ({ signal }) => ask('console', routes.getCityEvent, { path: { id } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What is known of a story. */
export interface Told {
  /** In no order. */
  readonly events: readonly CityEvent[];
  /** How many events of the city were looked through for those of its correlation ids; 0 where none were. */
  readonly looked: number;
  /** Not everything was looked through. */
  readonly more: boolean;
}

const MOST_PAGES_OF_ONE = 10;
const MOST_PAGES_OF_ALL = 20;
/** Others may have told of it a little before its subject did. */
const BEFORE_MS = 60_000;

/**
 * The events of a subject; with `wide`, or where no subject is called so, those of any subject with its correlation id.
 */
export const storyQuery = (key: string, wide: boolean) =>
  queryOptions({
    queryKey: ['story', key, wide],
    queryFn: async ({ signal }): Promise<Told> => {
      const own = await allOf({ subject: key }, MOST_PAGES_OF_ONE, () => true, signal);
      if (own.items.length > 0 && !wide) return { events: own.items, looked: 0, more: own.more };
      const ids = new Set([key, ...own.items.map(({ correlationId }) => correlationId)]);
      const first = Math.min(...own.items.map(({ keptAt }) => Date.parse(keptAt))) - BEFORE_MS;
      const all = await allOf(
        {},
        MOST_PAGES_OF_ALL,
        ({ keptAt }) => own.items.length === 0 || Date.parse(keptAt) >= first,
        signal,
      );
      const others = all.items.filter(({ correlationId }) => ids.has(correlationId));
      return { events: [...own.items, ...others], looked: all.items.length, more: own.more || all.more };
    },
    refetchInterval: every(wide ? CALM_MS : LIVE_MS * 2),
  });

/** Page by page, until there are no more, enough were read, or one is too old to be meant. */
const allOf = async (
  filter: Partial<EventFilter>,
  mostPages: number,
  isMeant: (event: CityEvent) => boolean,
  signal: AbortSignal,
): Promise<{ readonly items: readonly CityEvent[]; readonly more: boolean }> => {
  const items: CityEvent[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < mostPages; pages++) {
    const answer = await page(filter, { cursor }, signal);
    items.push(...answer.items);
    const last = answer.items.at(-1);
    if (answer.next === undefined || (last !== undefined && !isMeant(last))) return { items, more: false };
    cursor = answer.next;
  }
  return { items, more: true };
};
