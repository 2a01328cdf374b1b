import { beforeAll, describe, expect, it } from 'vitest';
import { rupees } from '../../../shared/money/index.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { ended, type Person, pay } from '../../story/cast.ts';
import { openCity } from '../city.ts';
import { onStock } from '../stock.ts';

const { cast, differences } = openCity();
const MINUTES = 60_000;
const PAYMENTS = 50;
/**
 * How many of them are under way at once. Stock starts a process for every call that finds none free: fifty at once
 * would be six hundred, which no laptop carries. What is asserted stays the same.
 */
const AT_ONCE = onStock() ? 10 : PAYMENTS;

describe('many at once', () => {
  let merchant: Awaited<ReturnType<typeof cast.merchant>>;
  beforeAll(async () => {
    merchant = await cast.merchant('busy');
  });

  const walletOf = async ({ id, doors }: Person) =>
    (await doors.getWallet({ path: { userId: id } })).body.balance;

  /** As a client that gets no answer in time: the same again, which the key makes harmless. */
  const sent = <T>(call: () => Promise<T>): Promise<Exclude<T, undefined | null | false>> =>
    waitFor(call, { what: 'a start to be answered', timeoutMs: MINUTES, everyMs: 500 });

  /** One look for all of them: fifty who ask for their own would be most of what the city has to do. */
  const allEnded = ({ doors }: Person) =>
    waitFor(
      async (seen) => {
        const { items } = (await doors.listPayments({ query: { limit: 100 } })).body;
        seen(Object.groupBy(items, ({ status }) => status).in_progress?.length);
        return items.every(({ status }) => status !== 'in_progress') && items;
      },
      { what: 'every payment to end', timeoutMs: 2 * MINUTES, everyMs: 250 },
    );

  it(
    'of 50 payments on one wallet with money for 20, exactly 20 complete',
    async () => {
      const family = await cast.person('family', { wallet: 2_050 });
      const started: Awaited<ReturnType<typeof pay>>[] = [];
      let payments: Awaited<ReturnType<typeof allEnded>> = [];
      while (started.length < PAYMENTS) {
        const from = started.length;
        const wave = Array.from({ length: AT_ONCE }, (_, n) => ({ reference: `tea-${from + n}` }));
        started.push(
          ...(await Promise.all(
            wave.map((order) =>
              sent(() => pay(family, { ...order, merchant, amount: 100, method: 'paytm_wallet' })),
            ),
          )),
        );
        payments = await allEnded(family);
      }
      expect(new Set(started.map(({ id }) => id)).size).toBe(PAYMENTS);
      const of = (status: string) => payments.filter((payment) => payment.status === status);
      expect(of('completed')).toHaveLength(20);
      expect(of('refused').map(({ reason }) => reason?.name)).toEqual(
        Array.from({ length: 30 }, () => 'InsufficientFundsError'),
      );
      expect(await walletOf(family)).toBe(rupees(50));
    },
    3 * MINUTES,
  );

  it('the same start, sent ten times at once, is one payment', async () => {
    const hasty = await cast.person('hasty');
    const order = { reference: 'once', merchant, amount: 100 };
    const started = await Promise.all(Array.from({ length: 10 }, () => sent(() => pay(hasty, order))));
    expect(new Set(started.map(({ id }) => id)).size).toBe(1);
    const [first] = started;
    if (!first) throw new Error('nothing was started');
    expect((await ended(hasty, first.id)).status).toBe('completed');
    // An index comes after its table; once it has one, a second would have come as well.
    const items = await waitFor(
      async () => {
        const { body } = await hasty.doors.listPayments({ query: {} });
        return body.items.length > 0 && body.items;
      },
      { what: 'the payment in the list' },
    );
    expect(items.map(({ id }) => id)).toEqual([first.id]);
  });

  it('the books hold', async () => {
    expect(await differences()).toEqual([]);
  });
});
