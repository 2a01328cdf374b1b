import { expect, it } from 'vitest';
import { customersFor, planOf } from './plan.ts';

const size = { requests: 120, lines: 10 };

it('is the same for the same seed, and another for another', () => {
  expect(planOf(7, size)).toEqual(planOf(7, size));
  expect(planOf(8, size)).not.toEqual(planOf(7, size));
});

it('has as many in each line, whose last requests are the last of all', () => {
  const plan = planOf(7, size);
  const lines = Map.groupBy(plan, ({ line }) => line);
  expect([...lines.values()].map((of) => of.length)).toEqual(Array.from({ length: 10 }, () => 12));
  expect(new Set(plan.slice(-10).map(({ line }) => line)).size).toBe(10);
});

it('lets nobody have more than two under way, and has parties of one to six', () => {
  const plan = planOf(7, size);
  const of = Map.groupBy(plan, ({ customer }) => customer);
  expect(of.size).toBe(customersFor(120));
  expect(Math.max(...[...of.values()].map((asked) => asked.length))).toBe(2);
  expect([...new Set(plan.map(({ people }) => people))].toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
});
