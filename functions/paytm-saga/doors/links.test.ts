import { beforeEach, describe, expect, it } from 'vitest';
import { rupees } from '../../../shared/money/index.ts';
import { PAYER, START } from '../city.fixture.ts';
import { LinkId } from '../contract.ts';
import { cityWithDoors, customer, stranger } from '../doors.fixture.ts';

const body = { system: 'zomato-ordering', customer: 'customer_1', upTo: rupees(500) };

let city: ReturnType<typeof cityWithDoors>;
beforeEach(() => {
  city = cityWithDoors();
});

describe('a link', () => {
  it('is made once under its key, by a payer, for one system and an amount', async () => {
    const made = await city.createLink(customer(), { body });
    const { id } = made.body;
    expect(made).toEqual({
      ...{ status: 201, headers: { Location: `links/${id}` } },
      body: { id, user: PAYER, ...body, createdAt: START },
    });
    city.clock.advance(1_000);
    expect(await city.createLink(customer(), { body })).toEqual(made);
    const other = city.createLink(customer(), { body: { ...body, upTo: rupees(501) } });
    await expect(other).rejects.toMatchObject({ name: 'IdempotencyKeyReusedError' });
    const next = await city.createLink(customer(), { body, idempotencyKey: 'key-2' });
    expect(next.body.id).not.toBe(id);
  });

  it('is a payer’s to make, and of the name of a system and whole paise above zero', async () => {
    const none = city.createLink(customer('merchant_x'), { body });
    await expect(none).rejects.toMatchObject({ name: 'ForbiddenError' });
    for (const wrong of [
      { system: 'Zomato' },
      { upTo: 0 },
      { upTo: 0.5 },
      { user: stranger },
      { customer: '' },
    ])
      await expect(city.createLink(customer(), { body: { ...body, ...wrong } })).rejects.toThrow();
    expect(city.store.all()).toEqual([]);
  });

  it('is ended once, and says so whenever it is ended again', async () => {
    const { body: link } = await city.createLink(customer(), { body });
    city.clock.advance(60_000);
    const path = { linkId: link.id };
    const ended = await city.endLink(customer(), { path });
    expect(ended).toEqual({ status: 200, body: { ...link, endedAt: '2026-11-24T10:01:00.000Z' } });
    city.clock.advance(60_000);
    expect(await city.endLink(customer(), { path })).toEqual(ended);
    // Made again under its key, it is the one that has ended, and not a new consent.
    expect((await city.createLink(customer(), { body })).body).toEqual(ended.body);
  });

  it('is somebody else’s to end no more than one that there is not', async () => {
    const { body: link } = await city.createLink(customer(), { body });
    const none = LinkId.parse('link_0198c0de-0000-7000-8000-00000000dead');
    for (const [caller, linkId] of [[customer(stranger), link.id] as const, [customer(), none] as const]) {
      const asked = city.endLink(caller, { path: { linkId } });
      await expect(asked).rejects.toMatchObject({
        name: 'NotFoundError',
        facts: { what: 'link', id: linkId },
      });
    }
    expect((await city.ports.links.load(link.id)).endedAt).toBeUndefined();
  });
});
