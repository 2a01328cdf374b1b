import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { effects } from '../../../shared/effects/index.ts';
import { uuidV7 } from '../../../shared/ids/index.ts';
import { createEffectsTable, type EffectsTable } from '../../../shared/testing/effects-table.ts';
import { eventOf } from '../city-events.fixture.ts';
import { NOWHERE, type Places } from '../domain/lanes.ts';
import { cityEvents } from './city-events.ts';

const WRITERS = 50;
let table: EffectsTable;
beforeAll(async () => {
  table = await createEffectsTable('console-events', {});
});
afterAll(() => table?.drop());

const worker = () => {
  const store = dynamoStore({ ...table, indexes: {} });
  const end = performance.now() + 50_000;
  const deadline = () => end - performance.now();
  const around = { now: () => new Date(), ids: uuidV7, chance: Math.random, deadline, pause };
  return cityEvents(store, effects({ store, ...around }), around);
};

it('fifty workers at once put each event behind the others, once, and who looks meanwhile misses none', async () => {
  let done = false;
  // Each event comes twice, to two workers.
  const writing = Promise.all(
    Array.from({ length: WRITERS }, (_, n) => worker().keep(eventOf(`event_${Math.floor(n / 2)}`))),
  ).then(() => {
    done = true;
  });
  const looker = worker();
  const seen: string[] = [];
  let places: Places = NOWHERE;
  for (let last = false; !last; ) {
    last = done;
    const { items, seen: read } = await looker.after(places, { wanted: () => true, limit: 100 });
    seen.push(...items.map(({ id }) => id));
    places = read;
  }
  await writing;
  const ids = Array.from({ length: WRITERS / 2 }, (_, n) => `event_${n}`);
  expect(seen.toSorted()).toEqual(ids.toSorted());
  expect(places.reduce((sum, place) => sum + place, 0)).toBe(WRITERS / 2);
  const all = await looker.before(undefined, { wanted: () => true, limit: 100 });
  expect(all.items.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  expect(await looker.find('event_7')).toMatchObject({ id: 'event_7', data: '{"amount":10}' });
});
