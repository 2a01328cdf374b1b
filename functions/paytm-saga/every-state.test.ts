import { beforeAll, describe, expect, it, vi } from 'vitest';
import { MERCHANT, PAYER } from './city.fixture.ts';
import { TASKS, type TaskName } from './machine.fixture.ts';
import { onePayment, PAYMENT } from './one-payment.fixture.ts';
import { sweepOnce } from './operator.fixture.ts';
import { handedOver } from './store/payments.ts';
import { merchantChanged } from './store/people.ts';
import { once } from './store/saga.ts';

beforeAll(() => {
  vi.stubEnv('LOG_LEVEL', 'SILENT');
});

type City = Awaited<ReturnType<typeof onePayment>>;
type Between = (state: string, work: () => Promise<unknown>) => Promise<unknown>;

/** The states that a payment enters only when its pivot refuses; the last of them when its refund fails too. */
const BACK: readonly TaskName[] = ['TurnBack', 'RefundCharge', 'ReleaseHold', 'Park'];
const STATES = Object.keys(TASKS) as TaskName[];

/** A payment that passes a state, and how it ends when nothing fails there. */
const passing = async (state: TaskName) => {
  const city = await onePayment();
  if (state === 'Park') city.outage.add('refund');
  const turned = state === 'Park' ? 'NeedsAttention' : 'Compensated';
  const ending: keyof typeof BOOKS = BACK.includes(state) ? turned : 'Completed';
  /** Where it has to turn back, its merchant is frozen just before the pivot. */
  const frozen =
    (then: Between): Between =>
    async (entered, work) => {
      if (entered === 'SettleMerchant' && BACK.includes(state)) await freeze(city);
      return then(entered, work);
    };
  return { city, ending, frozen };
};

const freeze = (city: City) =>
  city.effects.commit({
    effect: { owner: 'test', name: 'freeze' },
    changes: [merchantChanged(MERCHANT, { settlement: 'frozen' })],
    answer: null,
  });

/** Only the first time that the machine comes to a state. */
const firstAt = (state: string, instead: Between): Between => {
  let come = false;
  return (entered, work) => {
    if (entered !== state || come) return work();
    come = true;
    return instead(entered, work);
  };
};
const dies = (name: string): never => {
  throw Object.assign(new Error('the worker is gone'), { name });
};

/** Where the money is at an ending: with the merchant, back with the payer, or still held. */
const BOOKS = {
  Completed: { charge: 'taken', clearing: 150_000, merchant: 145_500, held: 0, parked: 0 },
  Compensated: { charge: 'refunded', clearing: 0, merchant: 0, held: 0, parked: 0 },
  NeedsAttention: { charge: 'taken', clearing: 150_000, merchant: 0, held: 150_000, parked: 1 },
} as const;
const booksOf = async (city: City) => {
  const clearing = city.clearing();
  expect((await city.balanceOf('bank-clearing')) + clearing).toBe(0);
  return {
    ...{ charge: city.charge(), clearing, merchant: await city.balanceOf(`merchant:${MERCHANT}`) },
    ...{ held: await city.balanceOf(`hold:${PAYER}`), parked: city.parked().length },
  };
};

describe('a payment', () => {
  it.each(STATES)('whose worker is killed at %s before its effect ends as without that', async (state) => {
    const { city, ending, frozen } = await passing(state);
    const killed = firstAt(state, () => dies('Runtime.ExitError'));
    expect(await city.execute(1, { between: frozen(killed) })).toBe(ending);
    expect(await booksOf(city)).toEqual(BOOKS[ending]);
  });

  it.each(STATES)('whose answer is lost at %s after its effect ends as without that, once', async (state) => {
    const { city, ending, frozen } = await passing(state);
    const lost = firstAt(state, async (_, work) => {
      await work();
      dies('Sandbox.Timedout');
    });
    expect(await city.execute(1, { between: frozen(lost) })).toBe(ending);
    expect(await booksOf(city)).toEqual(BOOKS[ending]);
  });

  it.each(STATES)('that another execution takes over at %s is changed by that one alone', async (state) => {
    const { city, ending, frozen } = await passing(state);
    const takenOver = firstAt(state, async (_, work) => {
      await city.effects.commit({
        ...once(PAYMENT, 'execution-2', `${PAYMENT}.1`),
        changes: [handedOver(PAYMENT, 2)],
        answer: 2,
      });
      return work();
    });
    expect(await city.execute(1, { between: frozen(takenOver) })).toBe('failed with SupersededError');
    expect(await city.record()).toMatchObject({ status: 'in_progress', actor: 2 });
    expect(city.parked()).toEqual([]);
    expect(await city.execute(2, { between: frozen((_, work) => work()) })).toBe(ending);
    expect(await booksOf(city)).toEqual(BOOKS[ending]);
  });

  it.each(STATES)('whose engine dies at %s goes on in the next execution', async (state) => {
    const { city, ending, frozen } = await passing(state);
    const between = frozen((_, work) => work());
    expect(await city.execute(1, { dieAt: state, between })).toBe('died');
    city.known.set(`${PAYMENT}.1`, 'ended');
    city.clock.advance(60_000);
    await sweepOnce(city);
    expect(city.started).toEqual([`${PAYMENT}.2`]);
    expect(await city.execute(2, { between })).toBe(ending);
    expect(await booksOf(city)).toEqual(BOOKS[ending]);
  });

  it.each(STATES)('whose Lambda gives up for good at %s is never called a success', async (state) => {
    const { city, frozen } = await passing(state);
    const broken: Between = (entered, work) => (entered === state ? dies('UnexpectedError') : work());
    const ending = await city.execute(1, { between: frozen(broken) });
    const bestEffort = ['NotifyMerchant', 'SendReceipt', 'UpdateAnalytics'].includes(state);
    expect(ending === 'Completed').toBe(bestEffort);
    expect((await city.record()).status === 'completed').toBe(bestEffort);
  });
});

describe('a payment whose deadline passes', () => {
  it('while the bank takes the money gets back what the bank has taken', async () => {
    const city = await onePayment();
    const slow = firstAt('ProcessPayment', async (_, work) => {
      const answer = await work();
      city.clock.advance(10 * 60_000);
      return answer;
    });
    expect(await city.execute(1, { between: slow })).toBe('Compensated');
    expect((await city.record()).turn?.error).toBe('DeadlinePassedError');
    expect(await booksOf(city)).toEqual(BOOKS.Compensated);
  });

  it('while it turns back is not turned back a second time', async () => {
    const { city, frozen } = await passing('RefundCharge');
    let refunds = 0;
    const { refund } = city.bank;
    city.bank.refund = (key) => {
      refunds += 1;
      city.clock.advance(10 * 60_000);
      return refund(key);
    };
    expect(await city.execute(1, { between: frozen((_, work) => work()) })).toBe('Compensated');
    expect(refunds).toBe(1);
    expect(city.trail.filter((state) => state === 'TurnBack')).toHaveLength(1);
    expect(await booksOf(city)).toEqual(BOOKS.Compensated);
  });
});
