import { beforeEach, describe, expect, it } from 'vitest';
import { rupees } from '../../../shared/money/index.ts';
import type { ItemId } from '../contract.ts';
import {
  asha,
  customer,
  LEOPOLD,
  LINK,
  type OpenOrdering,
  openOrdering,
  ravi,
  supper,
} from '../ordering.fixture.ts';

let ordering: OpenOrdering;
beforeEach(async () => {
  ordering = await openOrdering();
});

describe('an order', () => {
  it('costs what the menu says, and comes when the slowest dish is cooked and brought', async () => {
    const order = await ordering.place();
    expect(order).toMatchObject({
      ...{ state: 'PLACED', version: 1, customer: asha, itemsCount: 3 },
      restaurant: { id: LEOPOLD, name: 'Leopold Cafe' },
      bill: { itemsTotal: rupees(780), total: rupees('901.36') },
      payment: { method: 'wallet', state: 'pending' },
      rider: { state: 'SEARCHING' },
      estimatedDelivery: '2026-11-29T14:10:00.000Z',
    });
    expect(ordering.told(order.id).map(({ type }) => type)).toEqual([
      'zomato-ordering.OrderPlaced',
      'zomato-ordering.PaymentWanted',
    ]);
  });

  it('shows nobody with which consent, and to whom, it is paid', async () => {
    const order = await ordering.place();
    expect(JSON.stringify(order)).not.toContain(LINK);
    expect(JSON.stringify(order)).not.toContain('merchant_');
  });

  it('asks for no payment that is made at the door', async () => {
    const order = await ordering.place(supper({ payment: { method: 'cash_on_delivery' } }), customer(ravi));
    expect(order.payment).toEqual({ method: 'cash_on_delivery', state: 'on_delivery' });
    expect(ordering.told(order.id)).toHaveLength(1);
  });

  it('has lines of one dish as one, unless it is wished for in another way', async () => {
    const { lines } = await ordering.place(
      supper({
        items: [
          { item: 'item_009', quantity: 1 },
          { item: 'item_009', quantity: 2, instructions: 'no onion' },
          { item: 'item_009', quantity: 1 },
        ],
      }),
    );
    expect(
      lines.map(({ quantity, instructions, totalPrice }) => [quantity, instructions, totalPrice]),
    ).toEqual([
      [2, undefined, rupees(360)],
      [2, 'no onion', rupees(360)],
    ]);
  });

  it('is one order under one key, although the kitchen has closed since', async () => {
    const first = await ordering.place(supper(), customer(), 'k1');
    await ordering.ports.catalogue.open(LEOPOLD, { open: false });
    expect((await ordering.place(supper(), customer(), 'k1')).id).toBe(first.id);
    await expect(ordering.place(supper(), customer(), 'k2')).rejects.toThrow('RestaurantClosedError');
    await expect(ordering.place(supper({ tip: 100 }), customer(), 'k1')).rejects.toThrow(
      'IdempotencyKeyReusedError',
    );
  });

  it('keeps its prices when the menu gets new ones', async () => {
    const order = await ordering.place();
    await ordering.ports.catalogue.changeItem(LEOPOLD, 'item_009' as ItemId, { price: rupees(500) });
    expect((await ordering.order(order.id)).bill.itemsTotal).toBe(rupees(780));
    expect((await ordering.place()).bill.itemsTotal).toBe(rupees(1_420));
  });

  it('is made of the menu as it is in that moment: a change in between is looked at again', async () => {
    const { ports, place } = ordering;
    const { kitchen } = ports.catalogue;
    let changed = false;
    const catalogue = {
      ...ports.catalogue,
      kitchen: async (id: typeof LEOPOLD) => {
        const found = await kitchen(id);
        if (!changed) {
          changed = true;
          await ports.catalogue.changeItem(LEOPOLD, 'item_009' as ItemId, { price: rupees(200) });
        }
        return found;
      },
    };
    Object.assign(ports, { catalogue });
    expect((await place()).bill.itemsTotal).toBe(rupees(820));
  });
});

it('a menu that changes again and again lets nobody order, for now', async () => {
  const { ports, place } = ordering;
  const { kitchen } = ports.catalogue;
  const restless = {
    ...ports.catalogue,
    kitchen: async (id: typeof LEOPOLD) => {
      const found = await kitchen(id);
      await ports.catalogue.changeItem(LEOPOLD, 'item_009' as ItemId, { available: true });
      return found;
    },
  };
  Object.assign(ports, { catalogue: restless });
  await expect(place()).rejects.toMatchObject({
    name: 'TransientError',
    facts: { reason: 'others were faster' },
  });
});

describe('an order is refused', () => {
  it.each([
    ['of a restaurant that there is not', supper({ restaurantId: 'rest_999' }), 'NotFoundError'],
    ['of an item that nobody has', supper({ items: [{ item: 'item_999', quantity: 1 }] }), 'NotFoundError'],
    [
      'of another kitchen’s item',
      supper({ items: [{ item: 'item_004', quantity: 1 }] }),
      'ItemOfOtherRestaurantError',
    ],
    ['with a coupon that there is not', supper({ coupon: 'NOSUCH' }), 'CouponNotValidError'],
  ])('%s', async (_, body, name) => {
    await expect(ordering.place(body)).rejects.toThrow(name);
  });

  it('of what is sold out', async () => {
    await ordering.ports.catalogue.changeItem(LEOPOLD, 'item_010' as ItemId, { available: false });
    await expect(ordering.place()).rejects.toThrow('ItemUnavailableError');
  });

  it('without a wallet, of whoever has linked none', async () => {
    await expect(ordering.place(supper(), customer(ravi))).rejects.toThrow('WalletNotLinkedError');
  });

  it('of a kitchen that says when it opens, until then', async () => {
    await ordering.ports.catalogue.open(LEOPOLD, { open: false, opensAt: '2026-11-29T13:30:00.000Z' });
    await expect(ordering.place()).rejects.toMatchObject({
      name: 'RestaurantClosedError',
      retryAfterSeconds: 1_800,
    });
    await ordering.ports.catalogue.open(LEOPOLD, { open: false });
    await expect(ordering.place()).rejects.toMatchObject({ retryAfterSeconds: 900 });
  });

  it('of somebody who is no customer', async () => {
    await expect(ordering.place(supper(), customer('user_1'))).rejects.toThrow('ForbiddenError');
  });
});
