/** What holds when nothing is under way any more. */
import { isInFlight } from '../domain/booking.ts';
import { inFlightKey } from '../store/keys.ts';
import { moneyAtRest } from './laws-of-money.fixture.ts';
import { agrees, berthsAreOfOne } from './laws-of-places.fixture.ts';
import { toldAtRest } from './laws-of-telling.fixture.ts';
import type { Queues } from './queues.fixture.ts';
import type { RushStore } from './store.fixture.ts';
import type { Till } from './till.fixture.ts';
import type { Accuse, Watched } from './watched.fixture.ts';

export interface AtRest {
  readonly watched: Watched;
  readonly till: Till;
  readonly queues: Queues;
  readonly store: RushStore;
  readonly customers: readonly string[];
  /** Which bookings each key of a customer made. */
  readonly made: ReadonlyMap<string, ReadonlySet<string>>;
}

export const lawsAtRest = (
  { watched, till, queues, store, customers, made }: AtRest,
  accuse: Accuse,
): void => {
  const { bookings, pools } = watched;
  moneyAtRest(bookings.values(), till.payments, accuse);
  berthsAreOfOne(watched, accuse);
  toldAtRest(watched, accuse);
  for (const pool of pools.values()) {
    agrees(watched, pool, accuse);
    const { id, state, free, vacant, sharing, waiting, dueSince } = pool;
    const lost = (what: string) => accuse('no promotion is lost', `${id} (${state}): ${what}`);
    if (free.length > 0 && sharing.length + waiting.length > 0) lost(`${free[0]} is free and somebody waits`);
    if (vacant.length > 0 && waiting.length > 0) lost(`${vacant[0]} is vacant and somebody waits`);
    if (state !== 'open' && vacant.length > 0 && sharing.length > 0)
      lost('two share, and there is room for each');
    if (state === 'closing' || (state === 'charted' && waiting.length > 0)) lost('its chart is not done');
    if (dueSince !== undefined) lost(`it is due since ${dueSince}`);
  }
  for (const booking of bookings.values())
    if (isInFlight(booking)) accuse('it comes to rest', `${booking.id} is ${booking.state}`);
  for (const customer of customers) {
    const { pk, sk } = inFlightKey(customer);
    const count = Number(store.peek(pk, sk)?.count ?? 0);
    if (count !== 0) accuse('counters return to zero', `${customer} has ${count}`);
  }
  const { produced, consumed } = queues.counts;
  if (produced !== consumed + queues.parked.length || queues.parked.length > 0)
    accuse(
      'what is told is heard',
      `${produced} were produced, ${consumed} consumed, ${queues.parked.length} are parked`,
    );
  for (const [key, ids] of made)
    if (ids.size > 1) accuse('a key is one booking', `${key} made ${[...ids].join(' and ')}`);
  const pnrs = [...bookings.values()].flatMap(({ pnr }) => (pnr === undefined ? [] : [pnr]));
  if (new Set(pnrs).size < pnrs.length) accuse('a number is of one ticket', 'two tickets have the same PNR');
};
