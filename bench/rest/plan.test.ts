import { expect, it } from 'vitest';
import { addressOf, customerOf, customersFor, LOOKS, ORDERS, searching } from './plan.ts';

const mostOf = (who: readonly (string | number)[]): number =>
  Math.max(...[...Map.groupBy(who, (one) => one).values()].map((all) => all.length));

it('lets nobody search more often than they are let through, whichever connections have the turn', () => {
  let number = 256 ** 3 - 3;
  const somebody = () => {
    number += 1;
    return addressOf(number);
  };
  const connections = Array.from({ length: 8 }, () => searching(somebody));
  const from = Array.from({ length: 1_000 }, (_, nth) => connections[(nth * nth) % 8]?.() ?? '');
  expect(mostOf(from)).toBe(LOOKS);
  for (const address of from) expect(address).toMatch(/^10(\.\d{1,3}){3}$/);
});

it.each([1, 8, 9, 350])('has customers enough for %i orders', (orders) => {
  const customers = customersFor(orders);
  const by = Array.from({ length: orders }, (_, nth) => customerOf(nth, customers));
  expect(mostOf(by)).toBeLessThanOrEqual(ORDERS);
});
