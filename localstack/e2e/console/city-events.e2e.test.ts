import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../functions/console/contract.ts';
import { events } from '../../../functions/paytm-saga/contract.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { ended, type Person, pay } from '../../story/cast.ts';
import { openCity } from '../city.ts';

const { aws, cast, run: test, stage } = openCity();
const viewer = stage.as(stage.subject(`viewer-${test}`, 'viewer'), 'console', routes);
const list = async (query: object) => (await viewer.listCityEvents({ query })).body;
const bus = new EventBridgeClient(aws);

/** Puts an event on the bus by hand, as an outbox would. */
const tell = async (event: { readonly source: string; readonly type: string }) => {
  const Entries = [
    {
      EventBusName: 'dabbawala',
      Source: event.source,
      DetailType: event.type,
      Detail: JSON.stringify(event),
    },
  ];
  await bus.send(new PutEventsCommand({ Entries }));
};

describe('the events of the city', () => {
  let payer: Person;
  let payment: string;
  let position: string;
  const own = async () => {
    const { items } = await list({ subject: payment });
    return items;
  };
  beforeAll(async () => {
    const told = await list({ limit: 1 });
    position = told.position ?? '';
    payer = await cast.person('told', { wallet: 100 });
    const merchant = await cast.merchant('told');
    payment = (await pay(payer, { reference: 'told', merchant, amount: 10, method: 'paytm_wallet' })).id;
    await ended(payer, payment as never);
    await waitFor(
      async (seen) => {
        const types = (await own()).map(({ type }) => type);
        seen(types);
        return types.includes(events.completed.type);
      },
      { what: 'the completion to arrive', timeoutMs: 30_000, everyMs: 200 },
    );
  });

  it('have the completion of a payment once, as its system told it', async () => {
    const completed = (await own()).filter(({ type }) => type === events.completed.type);
    expect(completed).toMatchObject([
      { source: 'paytm-saga', subject: payment, traceId: expect.stringMatching(/^[0-9a-f]{32}$/) },
    ]);
    const { body } = await viewer.getCityEvent({ path: { id: completed[0]?.id ?? '' } });
    expect(JSON.parse(body.data.text ?? '')).toMatchObject({ payment, payer: payer.id, amount: 1_000 });
    expect(body).toEqual(completed[0]);
  });

  it('are found by their type and their system', async () => {
    const type = events.completed.type;
    const { items } = await list({ type, limit: 100 });
    expect(items.map(({ subject }) => subject)).toContain(payment);
    expect(new Set(items.map((event) => event.type))).toEqual(new Set([type]));
    expect((await list({ type, subject: payment })).items).toHaveLength(1);
    expect((await list({ system: 'sandbox-bank', subject: payment })).items).toEqual([]);
    expect((await list({ system: 'paytm-saga', subject: payment })).items).toEqual(await own());
  });

  it('that have come since somebody looked come to him once, however he asks', async () => {
    const seen: string[] = [];
    let after = position;
    for (let more = true; more; ) {
      const answer = await list({ after, limit: 2 });
      expect(answer.items.length).toBeLessThanOrEqual(2);
      seen.push(...answer.items.map(({ id }) => id));
      after = answer.position ?? '';
      more = answer.more;
    }
    expect(new Set(seen).size).toBe(seen.length);
    for (const { id } of await own()) expect(seen).toContain(id);
    expect((await list({ after, subject: payment })).items).toEqual([]);
  });

  it('are kept once, however often they come, and show nobody', async () => {
    const subject = `person_${test}`;
    const event = {
      ...{ specversion: '1.0', id: `event-${test}`, source: 'by-hand', type: 'by-hand.PersonMoved', subject },
      ...{ time: new Date().toISOString(), datacontenttype: 'application/json' },
      ...{ dataschema: 'urn:dabbawala:schema:by-hand.PersonMoved:1', correlationid: test },
      data: { name: 'Asha Patil', phone: '+919812345678', of: { vpa: 'asha@upi' }, amount: 1_000 },
    };
    await tell(event);
    await tell(event);
    await tell({ ...event, id: `event-${test}-last` } as never);
    const found = await waitFor(
      async (seen) => {
        const { items } = await list({ subject });
        seen(items);
        return items.length >= 2 && items;
      },
      { what: 'both events to arrive', timeoutMs: 30_000, everyMs: 200 },
    );
    expect(found.map(({ id }) => id).toSorted()).toEqual([`event-${test}`, `event-${test}-last`]);
    for (const { data } of found)
      expect(data.text).toBe('{"name":"***","phone":"***","of":{"vpa":"***"},"amount":1000}');
  });

  it('are refused to whoever may not look, and for a position that is none', async () => {
    const customer = stage.as(stage.subject(payer.id, 'customer'), 'console', routes);
    await expect(customer.listCityEvents({ query: {} })).rejects.toMatchObject({ name: 'ForbiddenError' });
    await expect(list({ after: 'now' })).rejects.toMatchObject({
      name: 'InvalidInputError',
      facts: { issues: [{ field: 'query.after' }] },
    });
    const nobody = viewer.getCityEvent({ path: { id: `event-${test}-never` } });
    await expect(nobody).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});
