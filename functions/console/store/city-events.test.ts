import { describe, expect, it } from 'vitest';
import { TransientError } from '../../../shared/errors/index.ts';
import { eventOf, eventsInMemory, workerOn } from '../city-events.fixture.ts';
import { EVENT_LANES } from '../contract.ts';
import { NOWHERE, type Places } from '../domain/lanes.ts';
import type { CityEvents } from '../domain/ports.ts';

const all = { wanted: () => true, limit: 10 };
const idsOf = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id);
const keepAll = async (events: CityEvents, count: number) => {
  for (let n = 0; n < count; n += 1) {
    const keptAt = new Date(Date.parse('2026-11-29T10:00:00.000Z') + n).toISOString();
    await events.keep(eventOf(`event_${n}`, { keptAt }));
  }
};
const names = (from: number, to: number) =>
  Array.from({ length: Math.abs(to - from) }, (_, n) => `event_${from < to ? from + n : from - n}`);

describe('events of the city', () => {
  it('are kept once for each id, for three days; who comes again changes nothing', async () => {
    const { store, events } = eventsInMemory();
    await events.keep(eventOf('event_1'));
    const before = store.all();
    await events.keep(eventOf('event_1', { keptAt: '2026-11-29T11:00:00.000Z', type: 'other' }));
    expect(store.all()).toEqual(before);
    const expiries = before.filter(({ pk }) => /^(LANE|SUBJECT)/.test(String(pk)));
    expect(expiries.map(({ expiresAt }) => expiresAt)).toEqual([1_796_205_600, 1_796_205_600]);
    expect(before.find(({ pk }) => String(pk).startsWith('HEAD'))).not.toHaveProperty('expiresAt');
  });

  it('are found by their id, and not when they never came', async () => {
    const { events } = eventsInMemory();
    await events.keep(eventOf('event_1'));
    expect(await events.find('event_1')).toEqual(eventOf('event_1'));
    expect(await events.find('event_2')).toBeUndefined();
  });

  it('come newest first, page by page, each once', async () => {
    const { events } = eventsInMemory();
    await keepAll(events, 25);
    const seen: string[] = [];
    let places: Places | undefined;
    do {
      const { items, next } = await events.before(places, all);
      seen.push(...idsOf(items));
      places = next;
    } while (places);
    expect(seen).toEqual(names(24, -1));
  });

  it('go on where an earlier answer ended, oldest first', async () => {
    const { events } = eventsInMemory();
    await keepAll(events, 3);
    const { tops } = await events.before(undefined, all);
    expect(await events.after(tops, all)).toEqual({ items: [], seen: tops, more: false });
    await keepAll(events, 15);
    const first = await events.after(tops, all);
    expect([idsOf(first.items), first.more]).toEqual([names(3, 13), true]);
    const second = await events.after(first.seen, all);
    expect([idsOf(second.items), second.more]).toEqual([names(13, 15), false]);
  });

  it('go on from the very first one where there was none', async () => {
    const { events } = eventsInMemory();
    const { tops, items, next } = await events.before(undefined, all);
    expect([items, tops, next]).toEqual([[], NOWHERE, undefined]);
    await keepAll(events, 2);
    expect(idsOf((await events.after(tops, all)).items)).toEqual(names(0, 2));
  });

  it('of one subject come from its own partition, newest first, and go on', async () => {
    const { events } = eventsInMemory();
    await keepAll(events, 30);
    await events.keep(eventOf('own_1', { subject: 'payment_own', keptAt: '2026-11-29T10:00:01.000Z' }));
    await events.keep(eventOf('own_2', { subject: 'payment_own', keptAt: '2026-11-29T10:00:02.000Z' }));
    const own = { ...all, subject: 'payment_own' };
    const { items, next, tops } = await events.before(undefined, own);
    expect([idsOf(items), next]).toEqual([['own_2', 'own_1'], undefined]);
    await keepAll(events, 40);
    await events.keep(eventOf('own_3', { subject: 'payment_own' }));
    expect(idsOf((await events.after(tops, own)).items)).toEqual(['own_3']);
  });

  it('are looked through so far in one look, and further in the next', async () => {
    const { events } = eventsInMemory();
    const rare = { type: 'rare', subject: 'payment_first' };
    await events.keep(eventOf('first', rare));
    for (let n = 0; n < 1_100; n += 1) await events.keep(eventOf(`event_${n}`, { subject: 'payment_first' }));
    const question = { ...all, wanted: ({ type }: { type: string }) => type === 'rare' };
    const short = await events.before(undefined, question);
    expect(short.items).toEqual([]);
    const { items, next } = await events.before(short.next, question);
    expect([idsOf(items), next]).toEqual([['first'], undefined]);
  });

  it('that arrive between two looks of one answer come with the next question, and none twice', async () => {
    const { store, events } = eventsInMemory();
    for (let n = 0; n < 250; n += 1) await events.keep(eventOf(`event_${n}`, { subject: 'busy' }));
    let looks = 0;
    const watched = workerOn({
      ...store,
      async query(query) {
        looks += 1;
        // After the first look into each lane.
        if (looks === EVENT_LANES + 1) await keepAll(workerOn(store), 20);
        return store.query(query);
      },
    });
    const question = { limit: 100, wanted: ({ id }: { id: string }) => Number(id.slice(6)) < 40 };
    const { items, tops } = await watched.before(undefined, question);
    expect(looks).toBeGreaterThan(EVENT_LANES);
    const ids = [...idsOf(items), ...idsOf((await events.after(tops, question)).items)];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are missed by nobody who looks while several workers write', async () => {
    const { store } = eventsInMemory();
    const writing = Promise.all(
      [0, 1, 2].map(async (worker) => {
        const events = workerOn(store);
        const mine = Array.from({ length: 60 }, (_, n) => eventOf(`event_${worker * 60 + n}`));
        await Promise.all(mine.map((event) => events.keep(event)));
      }),
    );
    let done = false;
    void writing.then(() => {
      done = true;
    });
    const looker = workerOn(store);
    const seen: string[] = [];
    let places: Places = NOWHERE;
    for (let last = false; !last; ) {
      last = done;
      const answer = await looker.after(places, { wanted: () => true, limit: 7 });
      seen.push(...idsOf(answer.items));
      places = answer.seen;
      if (answer.more) last = false;
    }
    expect(seen.toSorted()).toEqual(names(0, 180).toSorted());
  });

  it('that find no place in time come again by the queue', async () => {
    const { store, events } = eventsInMemory();
    await events.keep(eventOf('event_1', { subject: 'busy' }));
    const late = workerOn(
      { ...store, get: async (key) => (key.pk.startsWith('HEAD#') ? { last: 0 } : store.get(key)) },
      () => 500,
    );
    const kept = late.keep(eventOf('event_2', { subject: 'busy' }));
    await expect(kept).rejects.toBeInstanceOf(TransientError);
    // And who comes after it in the same worker is not held up.
    await expect(late.keep(eventOf('event_1', { subject: 'busy' }))).resolves.toBeUndefined();
  });
});
