import { describe, expect, it } from 'vitest';
import { socketRoutesOf } from '../../shared/socket/index.ts';
import { eventSchemas } from '../../shared/testing/event-schemas.fixture.ts';
import { Position } from '../zomato-ordering/contract.views.ts';
import { JUNCTIONS } from './contract.mumbai.ts';
import { orders } from './contract.seed.ts';
import { ChatText, events, MOST_ITEMS, routes, socket } from './contract.ts';
import * as errors from './domain/errors.ts';
import { metersBetween } from './domain/roads.ts';
import { ORDER } from './tracking.fixture.ts';

describe('the contract of tracking', () => {
  it.each([...Object.values(routes), ...socketRoutesOf(socket)])('has a door for $name', async ({ name }) => {
    expect(await import(`./doors/${name}.ts`)).toMatchObject({ handler: expect.any(Function) });
  });

  it.each(['follow-orders', 'follow-bookings', 'learn-places', 'fan-out', 'push-position'])(
    'has the consumer %s',
    async (name) => {
      expect(await import(`./consumers/${name}.ts`)).toMatchObject({ handler: expect.any(Function) });
    },
  );

  it('names only errors that there are, under names that do not come from their classes', () => {
    const made = Object.entries(errors).map(([exported, Made]) => {
      const { name } = new Made({} as never);
      expect(name).toBe(exported);
      return name;
    });
    const named = [...Object.values(routes), ...Object.values(socket.commands)].flatMap((one) => one.errors);
    for (const name of named) expect(made).toContain(name);
    expect(new Set(named)).toEqual(new Set(made));
  });

  it('keeps the schema of its events: a breaking change needs a new version', async () => {
    await expect(eventSchemas(events)).toMatchFileSnapshot('contract.events.json');
  });

  it.each([
    ['When will it come?', true],
    ['कब आएगा? 🍔', true],
    ['first line\nsecond line', true],
    ['x'.repeat(500), true],
    ['x'.repeat(501), false],
    ['   ', false],
    ['a\u0000b', false],
    ['a\u2028b', false],
  ])('takes %j as a message: %s', (text, taken) => {
    expect(ChatText.safeParse(text).success).toBe(taken);
  });

  it('fits a page of the longest messages into one message of API Gateway', () => {
    const chat = { kind: 'chat', sequence: 10_000_000, at: '2026-11-24T11:30:00.000Z', from: 'customer' };
    const item = { ...chat, text: 'आ'.repeat(250), clientMessageId: 'x'.repeat(64) };
    expect(Buffer.byteLength(JSON.stringify(Array.from({ length: MOST_ITEMS }, () => item)))).toBeLessThan(
      120_000,
    );
  });

  it.each([
    [{ latitude: 91 }, false],
    [{ latitude: 72.8, longitude: 18.9 }, false],
    [{ latitude: '19' }, false],
    [{ latitude: Number.NaN }, false],
    [{ at: '24.11.2026' }, false],
    [{ speed: 20 }, false],
    [{}, true],
  ])('takes a position with %j: %s', (over, taken) => {
    const position = { order: ORDER, ...JUNCTIONS.khar, at: '2026-11-24T11:30:00.000Z', ...over };
    expect(socket.commands.position.payload.safeParse(position).success).toBe(taken);
  });
});

describe('the seed of tracking', () => {
  it('has the orders of the original by their names, each with its customer, restaurant, rider, and how far it is', () => {
    const told = orders.map(({ alias, customer, kitchen, rider, state }) => [
      ...[alias, customer, kitchen.restaurant.name, rider.alias, state],
    ]);
    expect(told).toEqual([
      ['ORD123456', 'customer_rahul', 'Burger King', 'dp_001', 'PREPARING'],
      ['ORD123457', 'customer_priya', "McDonald's", 'dp_002', 'OUT_FOR_DELIVERY'],
      ['ORD123458', 'customer_amit', "Domino's Pizza", 'dp_003', 'READY'],
    ]);
  });

  it('has places that the doors take, and riders who are near where they fetch the food', () => {
    for (const { kitchen, rider, to } of orders) {
      const { position } = kitchen.restaurant;
      const [begins, goes] = [rider.begins, to].map(({ latitude, longitude }) => ({ latitude, longitude }));
      for (const place of [position, begins, goes]) expect(Position.parse(place)).toEqual(place);
      expect(metersBetween(begins as Position, position)).toBeLessThan(3_000);
    }
  });
});
