import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PeerMissingError, PeerUnavailableError } from '../../../shared/errors/index.ts';
import { RemoteProblem } from '../../../shared/http/index.ts';
import { keptLines } from '../../../shared/lambda/lambda.fixture.ts';
import { ordersOver } from '../peers.ts';
import { ORDER, PLACES, tells, trackingInMemory } from '../tracking.fixture.ts';
import { learnPlaces } from './learn-places.ts';

beforeEach(() => {
  keptLines();
});
afterEach(() => vi.restoreAllMocks());

const learned = async (placesOf: () => Promise<typeof PLACES>) => {
  const { ports } = trackingInMemory();
  await learnPlaces({ ...ports, ordering: { placesOf } })(tells.placed() as never);
  return ports.positions.placesOf(ORDER);
};

it('where an order begins and ends is asked of ordering, and nothing else of it is kept', async () => {
  const asked: unknown[] = [];
  const body = {
    restaurant: { name: 'Burger King', position: PLACES.restaurant },
    delivery: { address: 'Colaba Causeway', position: PLACES.delivery },
  };
  const doors = {
    getOrder: async (call: unknown) => {
      asked.push(call);
      return { status: 200, body, headers: {} };
    },
  };
  const { ports, logs } = trackingInMemory();
  await learnPlaces({ ...ports, ordering: ordersOver(doors as never) })(tells.placed() as never);
  expect(asked).toEqual([{ path: { orderId: ORDER } }]);
  expect(await ports.positions.placesOf(ORDER)).toEqual(PLACES);
  expect(JSON.stringify(logs.all())).not.toContain('Causeway');
});

it.each([
  new RemoteProblem(404, { name: 'NotFoundError' }),
  new PeerMissingError({ peer: 'zomato-ordering' }),
])('an order of which nobody can say it goes without: %s', async (error) => {
  expect(await learned(() => Promise.reject(error))).toBeUndefined();
});

it('while ordering does not answer, it is asked again', async () => {
  const error = new PeerUnavailableError({ peer: 'zomato-ordering' });
  await expect(learned(() => Promise.reject(error))).rejects.toBe(error);
});
