import { beforeEach, describe, expect, it } from 'vitest';
import { CloudEvent } from '../../../shared/messaging/events.ts';
import { eventOf, eventsInMemory } from '../city-events.fixture.ts';
import { keepEvents } from '../consumers/keep-events.ts';
import { routes } from '../contract.ts';
import type { CityEvents } from '../domain/ports.ts';
import { getCityEvent } from './get-city-event.ts';
import { listCityEvents } from './list-city-events.ts';

let events: CityEvents;
beforeEach(() => {
  ({ events } = eventsInMemory());
});

const asked = (request: object) => request as never;
const list = async (query: object) => {
  const parsed = routes.listCityEvents.request.query.parse(query);
  const { body } = await listCityEvents({ events })(asked({ query: parsed }));
  return routes.listCityEvents.answers[200].parse(body);
};
const ids = ({ items }: Awaited<ReturnType<typeof list>>) => items.map(({ id }) => id);

it('an event of a queue is kept with its data as they are written', async () => {
  const { data: _, ...rest } = { ...eventOf('event_1'), specversion: '1.0', correlationid: 'order-7' };
  const body = `${JSON.stringify({ ...rest, datacontenttype: 'application/json' }).slice(0, -1)},"data":{"amount":9007199254740993}}`;
  const now = () => new Date('2026-11-29T10:00:00Z');
  await keepEvents({ events, now })(CloudEvent.parse(JSON.parse(body)), { body });
  const { body: found } = await getCityEvent({ events })(asked({ path: { id: 'event_1' } }));
  expect(found.data.text).toBe('{"amount":9007199254740993}');
});

describe('GET /city-events', () => {
  beforeEach(async () => {
    const at = (second: number) => ({ keptAt: `2026-11-29T10:00:0${second}.000Z` });
    await events.keep(eventOf('event_1', at(1)));
    await events.keep(
      eventOf('event_2', { ...at(2), source: 'sandbox-bank', type: 'sandbox-bank.OperationChanged' }),
    );
    await events.keep(eventOf('event_3', { ...at(3), subject: 'payment_event_1' }));
  });

  it('gives pages, newest first, and a position at the first one alone', async () => {
    const first = await list({ limit: 2 });
    expect(ids(first)).toEqual(['event_3', 'event_2']);
    expect(first.position).toBeDefined();
    const second = await list({ limit: 2, cursor: first.next });
    expect(ids(second)).toEqual(['event_1']);
    expect(second).not.toHaveProperty('position');
    expect(second).not.toHaveProperty('next');
  });

  it.each([
    [{ type: 'sandbox-bank.OperationChanged' }, ['event_2']],
    [{ system: 'paytm-saga' }, ['event_3', 'event_1']],
    [{ subject: 'payment_event_1' }, ['event_3', 'event_1']],
    [{ subject: 'payment_event_2', system: 'paytm-saga' }, []],
  ])('gives those that are asked for: %j', async (query, found) => {
    expect(ids(await list(query))).toEqual(found);
  });

  it('gives what has come since, newest first, and where to go on', async () => {
    const { position } = await list({});
    await events.keep(eventOf('event_4', { keptAt: '2026-11-29T10:00:04.000Z' }));
    await events.keep(eventOf('event_5', { keptAt: '2026-11-29T10:00:05.000Z' }));
    const first = await list({ after: position, limit: 1 });
    expect([ids(first), first.more]).toEqual([['event_4'], true]);
    await events.keep(eventOf('event_6', { keptAt: '2026-11-29T10:00:06.000Z' }));
    const second = await list({ after: first.position });
    expect([ids(second), second.more]).toEqual([['event_6', 'event_5'], false]);
    expect(ids(await list({ after: second.position }))).toEqual([]);
  });

  it('is not asked for older and newer ones at once', async () => {
    const both = list({ after: '0.0.0.0', cursor: '9.9.9.9' });
    await expect(both).rejects.toMatchObject({
      name: 'InvalidInputError',
      facts: { issues: [{ field: 'query.after', expectedHi: expect.stringMatching(/कर्सर/) }] },
    });
  });
});

it('GET /city-events/{id} does not find what never came', async () => {
  await expect(getCityEvent({ events })(asked({ path: { id: 'event_9' } }))).rejects.toMatchObject({
    name: 'NotFoundError',
    facts: { what: 'event', id: 'event_9' },
  });
});
