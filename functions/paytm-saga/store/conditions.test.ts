import { describe, expect, it } from 'vitest';
import { type Change, effects, memoryStore } from '../../../shared/effects/index.ts';
import { newId, uuidV7 } from '../../../shared/ids/index.ts';
import { rupees } from '../../../shared/money/index.ts';
import { sequenceIds } from '../../../shared/testing/index.ts';
import { newPayment, PAYER, paymentId, START, settleIn } from '../city.fixture.ts';
import { PaymentId, TopUpId } from '../contract.ts';
import { PIVOT } from '../domain/payment.ts';
import { WALLET_LIMITS } from '../domain/rules.ts';
import { ended, resumed, setAside, stepAsked, stepDone, stepUndone, turnedBack } from './payments.ts';
import { INDEXES } from './ports.ts';
import { topUpOpened, topUpSetAside, topUpTried } from './top-ups.ts';

const ID = paymentId(0);
const turn = { error: 'PaymentDeclinedError', cause: '', facts: {}, at: START };
const undone = { outcome: 'reversed', at: START } as const;

/** A payment on a store in memory, and what comes of the next changes. */
const begun = async (...changes: Change[]) => {
  const store = memoryStore({ indexes: INDEXES });
  await settleIn(store, { wallet: rupees(100), payments: [newPayment({ id: ID })] });
  const { commit } = effects({
    ...{ store, ids: sequenceIds(), now: () => new Date(START) },
    ...{ chance: () => 0, deadline: () => 1_000, pause: async () => undefined },
  });
  let n = 0;
  const then = (...next: Change[]): Promise<string> => {
    n += 1;
    return commit({ effect: { owner: 'test', name: `${n}` }, changes: next, answer: n }).then(
      () => 'written',
      ({ name }: Error) => name,
    );
  };
  for (const change of changes) expect(await then(change)).toBe('written');
  return then;
};

describe('a saga that goes forward', () => {
  it('takes steps, and undoes none', async () => {
    const then = await begun();
    expect(await then(stepAsked(ID, 'reserve_funds', START))).toBe('written');
    expect(await then(stepDone(ID, 'reserve_funds', START))).toBe('written');
    expect(await then(stepUndone(ID, 'reserve_funds', undone))).toBe('SagaTurnedError');
  });

  it('cannot turn back any more once its pivot has passed', async () => {
    const then = await begun(stepDone(ID, PIVOT, START));
    expect(await then(turnedBack(ID, turn))).toBe('PivotPassedError');
  });
});

describe('a saga that goes back', () => {
  it('undoes steps, takes none, its pivot neither, and turns once', async () => {
    const then = await begun(turnedBack(ID, turn));
    expect(await then(stepUndone(ID, 'reserve_funds', undone))).toBe('written');
    expect(await then(stepAsked(ID, 'process_payment', START))).toBe('SagaTurnedError');
    expect(await then(stepDone(ID, PIVOT, START))).toBe('SagaTurnedError');
    expect(await then(turnedBack(ID, turn))).toBe('SagaTurnedError');
  });
});

describe('a saga that has ended', () => {
  it.each([
    ['completed', ended(ID, 'completed', START)],
    ['needs_attention', setAside(ID, 'PeerUnavailableError', START)],
  ])('as %s changes no more', async (_, end) => {
    const then = await begun(end);
    for (const change of [
      stepDone(ID, 'reserve_funds', START),
      turnedBack(ID, turn),
      ended(ID, 'refused', START),
      setAside(ID, 'PeerUnavailableError', START),
    ])
      expect(await then(change)).toBe('SagaTurnedError');
  });

  it('goes on only if it needed attention', async () => {
    const then = await begun(ended(ID, 'completed', START));
    const resumption = {
      by: 'operator',
      at: START,
      reason: 'the bank is back',
      execution: 2,
      after: 'PeerUnavailableError',
    };
    expect(await then(resumed(newPayment({ id: ID }), resumption))).toBe('NothingToResumeError');
  });
});

it('writes nothing about a payment that nobody opened', async () => {
  const then = await begun();
  const stranger = PaymentId.parse(newId('payment', uuidV7));
  expect(await then(stepDone(stranger, 'reserve_funds', START))).toBe('SagaTurnedError');
});

it('opens a top-up once, and tries it no more when a person has to look', async () => {
  const topUp = {
    id: TopUpId.parse(newId('topup', uuidV7)),
    user: PAYER,
    amount: rupees(1),
    createdAt: START,
  };
  const then = await begun();
  expect(await then(...topUpOpened(topUp, WALLET_LIMITS.full))).toBe('written');
  expect(await then(...topUpOpened(topUp, WALLET_LIMITS.full))).toBe('TopUpEndedError');
  expect(await then(topUpSetAside(topUp.id, 'PeerUnavailableError', START))).toBe('written');
  expect(await then(topUpTried(topUp.id, 1))).toBe('TopUpEndedError');
});
