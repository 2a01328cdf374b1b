/** What a search and an order ask of AWS, in the running city. */
import { randomInt } from 'node:crypto';
import { routes } from '../../functions/zomato-ordering/contract.ts';
import type { CityFile } from '../../localstack/cloud/city.ts';
import { openStage } from '../../localstack/story/stage.ts';
import { addressOf, LOOKS } from '../rest/plan.ts';
import { doorCalls, type MeasuredRun } from './acts.ts';
import type { ActUse } from './measured.ts';
import { suppersIn } from './suppers.ts';
import { type Counted, functionsOf, throughDoors } from './through.ts';

/** What runs each minute whatever is ordered, and what describes the doors. */
const NOT_OF_AN_ORDER = /-(sweep|sweep-outbox|openapi)$/;
/** An order has three moves of its kitchen, and a kitchen thirty a minute. */
const PEOPLE = 5;

export const measureOrdering = async (city: CityFile, times: number): Promise<MeasuredRun> => {
  const stage = openStage(city);
  const functions = functionsOf(city, 'zomato-ordering').filter((name) => !NOT_OF_AN_ORDER.test(name));
  const start = randomInt(256 ** 3);
  const searches = async (nth: number) => {
    const somebody = stage.nobody('zomato-ordering', routes, addressOf(start + Math.floor(nth / LOOKS)));
    return (await somebody.listRestaurants({ query: {} })).body.count;
  };
  const { found, memory } = await throughDoors(city, functions, async (counting) => {
    const supper = await suppersIn(stage, PEOPLE);
    const orders = async (nth: number) => {
      const { move, take } = await supper(nth);
      await move('ACCEPTED');
      await take();
      for (const to of ['PREPARING', 'READY', 'PICKED_UP', 'OUT_FOR_DELIVERY', 'DELIVERED'] as const)
        await move(to);
    };
    // One of each before: starting a worker is not what is measured.
    await searches(-LOOKS);
    await orders(0);
    const used = async (counted: Counted<unknown>): Promise<ActUse> => {
      const requests = (await doorCalls(city, 'zomato-ordering', functions, counted.from)) / times;
      const { use, traces } = counted;
      return { act: { ...use, requests, socketMessages: 0, connectionMinutes: 0 }, traces };
    };
    const search = await used(await counting(times, searches));
    const order = await used(await counting(times, orders));
    return { search, order };
  });
  return { kinds: found, memory };
};
