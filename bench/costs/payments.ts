/** Payments against a running city, and what each kind of them asked of AWS. */
import type { CityFile } from '../../localstack/cloud/city.ts';
import { transitionsIn } from './logs.ts';
import { KINDS, type Kind, type KindUse, type Measured } from './measured.ts';
import { functionsOf, throughDoors } from './through.ts';
import { endIn, historyIn, waysIn } from './ways.ts';

/** What runs each minute whatever is paid, and what serves only who looks. */
const NOT_OF_A_PAYMENT = /-(sweep|sweep-outbox|close-days|openapi)$|-(get|list|create|change|resume|top-up)-/;

/** Plays so many payments of each kind. */
export const measurePayments = async (
  city: CityFile,
  count: number,
): Promise<Pick<Measured, 'kinds' | 'memory'>> => {
  const functions = functionsOf(city, 'paytm-saga').filter((name) => !NOT_OF_A_PAYMENT.test(name));
  const historyOf = historyIn(city);
  const { found, memory } = await throughDoors(city, functions, async (counting) => {
    const ways = await waysIn(city, historyOf);
    // One of each before: starting a worker is not what is measured.
    for (const kind of KINDS) await endIn(historyOf, await ways[kind]());
    const kinds: [Kind, KindUse][] = [];
    for (const kind of KINDS) {
      const { use, traces, gave } = await counting(count, async () =>
        transitionsIn(await endIn(historyOf, await ways[kind]())),
      );
      const transitions = gave.reduce((sum, one) => sum + one, 0) / count;
      kinds.push([kind, { payment: { ...use, transitions }, traces }]);
    }
    return Object.fromEntries(kinds) as Measured['kinds'];
  });
  return { kinds: found, memory };
};
