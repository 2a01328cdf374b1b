import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ended, type Person, pay } from '../../story/cast.ts';
import { armouryOf, type Fault } from '../armed.ts';
import { openCity } from '../city.ts';

const { cast, differences, stage } = openCity();
const armoury = armouryOf(stage);

/** Each in the middle of a payment of its own; what matters is that the effect happens once whatever is lost. */
const SURVIVED: readonly Omit<Fault, 'about'>[] = [
  { function: 'paytm-saga-start-payment', kind: 'duplicate' },
  { function: 'paytm-saga-resume', kind: 'throttle' },
  { function: 'paytm-saga-validate-user', kind: 'error' },
  { function: 'paytm-saga-reserve-funds', kind: 'crash' },
  { function: 'paytm-saga-reserve-funds', kind: 'error', point: 'after', times: 2 },
  { function: 'sandbox-bank-place-hold', kind: 'crash', point: 'after' },
  { function: 'sandbox-bank-place-hold', kind: 'duplicate' },
  { function: 'paytm-saga-process-payment', kind: 'duplicate' },
  { function: 'paytm-saga-process-payment', kind: 'crash', point: 'after' },
  { function: 'sandbox-bank-capture-hold', kind: 'slow', slowMs: 4_000 },
  { function: 'paytm-saga-settle-merchant', kind: 'error', point: 'after', times: 2 },
  { function: 'paytm-saga-settle-merchant', kind: 'crash', point: 'after' },
  { function: 'paytm-saga-settle-merchant', kind: 'timeout' },
  { function: 'paytm-saga-close', kind: 'duplicate' },
];

describe('a payment', () => {
  let payer: Person;
  let merchant: Awaited<ReturnType<typeof cast.merchant>>;
  beforeAll(async () => {
    [payer, merchant] = await Promise.all([cast.person('armed'), cast.merchant('armed')]);
  });
  afterAll(() => armoury.disarm());

  /** Pays under faults that are about this payment, until it has ended and each fault has happened. */
  const payUnder = async (reference: string, faults: readonly Omit<Fault, 'about'>[]) => {
    const { traceId, call } = armoury.traced();
    const armed = await armoury.arm(...faults.map((fault) => ({ ...fault, about: traceId })));
    const { id } = await call(() => pay(payer, { reference, merchant, amount: 100 }));
    const payment = await ended(payer, id, 60_000);
    const left = (await armoury.left()).filter(({ id: other }) => armed.some((one) => one.id === other));
    expect(left, 'faults that did not happen').toEqual([]);
    return payment;
  };
  const named = ({ function: name, kind, point = 'before', times = 1 }: Omit<Fault, 'about'>) =>
    `${kind} ${point} ${name} ×${times}`;

  it.concurrent.each(SURVIVED.map((fault) => [named(fault), fault] as const))(
    'completes all the same: %s',
    async (name, fault) => {
      const payment = await payUnder(name.replaceAll(/\W+/g, '-').slice(0, 60), [fault]);
      expect(payment.status).toBe('completed');
    },
  );

  it.concurrent('turns back at a refusal that no rule of ours knows, and gives the money back', async () => {
    const refusal = {
      function: 'paytm-saga-settle-merchant',
      kind: 'error',
      error: 'SettlementFrozenError',
    } as const;
    expect((await payUnder('refused', [refusal])).status).toBe('compensated');
  });

  it.concurrent('is given back once although every compensation comes twice and fails once', async () => {
    const refusal = {
      function: 'paytm-saga-settle-merchant',
      kind: 'error',
      error: 'SettlementFrozenError',
    } as const;
    const undo = ['paytm-saga-refund-charge', 'paytm-saga-release-hold'].flatMap(
      (name): Omit<Fault, 'about'>[] => [
        { function: name, kind: 'error', point: 'after' },
        { function: name, kind: 'duplicate' },
      ],
    );
    expect((await payUnder('undone', [refusal, ...undo])).status).toBe('compensated');
  });

  it('leaves the books in order after all of them', async () => {
    expect(await differences()).toEqual([]);
  });
});
