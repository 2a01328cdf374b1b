import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AccountId,
  type Behaviour,
  ClearingAlias,
  events,
  OperationKey,
} from '../../../functions/sandbox-bank/contract.ts';
import { rupees } from '../../../shared/money/index.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { openCity } from '../city.ts';
import { queuesOf } from '../queues.ts';
import { tableOf } from '../table.ts';
import { bankAs } from './service.ts';

const { bank: operator, city, differences, run } = openCity();
const bank = bankAs('paytm-saga', city);
const queues = queuesOf(city);
const table = tableOf(city, 'sandbox-bank', 'AccountsName');
const into = ClearingAlias.parse('clearing:paytm-saga');

let account: AccountId;
const behave = (body: Partial<Behaviour>) => operator.changeAccount({ path: { id: account }, body });
const money = async () => {
  const { body } = await operator.getAccount({ path: { id: account } });
  return 'held' in body && { available: body.available, held: body.held };
};
const ALL = { available: rupees(1_000), held: 0 };
const HELD = { available: rupees(700), held: rupees(300) };

/** One hold of this run, and what can be done to it. No payment has such a key, so it is no news to the saga. */
const holdOf = (name: string) => {
  const path = { key: OperationKey.parse(`${name}-${run}`) };
  const written = async () => (await table.under(`CHARGE#${path.key}`))[0];
  return {
    ask: async (expiresInSeconds = 60) => {
      const approval = { flow: 'qr', expiresInSeconds } as const;
      const body = { account, amount: rupees(300), instrument: 'upi', approval } as const;
      return (await bank.placeHold({ path, body })).body;
    },
    answer: async (decision: 'approve' | 'decline') =>
      (await operator.answerRequest({ path, body: { decision } })).body,
    capture: async () => (await bank.captureHold({ path, body: { into } })).body,
    cancelCapture: async () => (await bank.cancelCapture({ path })).body,
    did: async () => (await bank.getOperation({ path: { ...path, kind: 'hold' } })).body,
    /** Waits for the back office to have written it: its schedule asks each minute, and is not waited for. */
    becomes: async (state: string) => {
      await queues.send('sandbox-bank-back-office', { backOffice: 'due' });
      await waitFor(async () => (await written())?.state === state, { what: `${name} to become ${state}` });
    },
    /** What has gone to the bus about it, oldest first. */
    told: () =>
      waitFor(
        async () => {
          const rows = await table.outboxOf(path.key);
          const isSent = rows.length > 0 && rows.every(({ row }) => row.state === 'sent');
          return isSent && rows.map(({ event }) => events.operationChanged.schema.parse(event).data.state);
        },
        { what: `what is told of ${name} to be on the bus`, timeoutMs: 30_000 },
      ),
  };
};

const overAt = (at: string | undefined) =>
  waitFor(() => Date.now() > Date.parse(at ?? ''), { what: `${at} to pass`, timeoutMs: 10_000 });

beforeAll(async () => {
  const body = { reference: `approvals-${run}`, kind: 'customer', openingBalance: rupees(1_000) } as const;
  const opened = (await operator.openAccount({ body })).body;
  if (opened.kind !== 'customer') throw new Error('a customer’s account was opened');
  account = opened.id;
  await behave({ approvals: 'by_hand' });
});
afterAll(async () => {
  // Everything was given back, so the clearing account of the saga holds what its own books say.
  expect(await differences()).toEqual([]);
});

describe('a payer whom the bank asks', () => {
  it('approves, and the money is held from then on', async () => {
    const hold = holdOf('approve');
    expect(await hold.ask()).toMatchObject({ state: 'awaiting', approval: { flow: 'qr' } });
    await expect(hold.capture()).rejects.toMatchObject({ name: 'HoldAwaitingError', status: 409 });
    expect(await money()).toEqual(ALL);
    expect(await hold.answer('approve')).toMatchObject({ state: 'held' });
    expect(await money()).toEqual(HELD);
    expect(await hold.capture()).toMatchObject({ state: 'captured' });
    expect(await hold.told()).toEqual(['held']);
    expect(await hold.cancelCapture()).toMatchObject({ state: 'refunded' });
    expect(await money()).toEqual(ALL);
  });

  it('declines, and the client gets the code for that', async () => {
    const hold = holdOf('decline');
    await hold.ask();
    expect(await hold.answer('decline')).toMatchObject({ state: 'declined', code: 'ZA' });
    await expect(hold.ask()).rejects.toMatchObject({ name: 'DeclinedError', facts: { code: 'ZA' } });
    expect(await hold.told()).toEqual(['declined']);
    expect(await money()).toEqual(ALL);
  });

  it('is silent until the request has expired; an answer after that moves nothing', async () => {
    const hold = holdOf('silence');
    await overAt((await hold.ask(2)).approval?.expiresAt);
    expect(await hold.did()).toMatchObject({ state: 'expired' });
    await expect(hold.ask(2)).rejects.toMatchObject({ name: 'HoldExpiredError', facts: { code: 'U69' } });
    await hold.becomes('expired');
    expect(await hold.told()).toEqual(['expired']);
    await expect(hold.answer('approve')).rejects.toMatchObject({ name: 'RequestExpiredError', status: 409 });
    expect(await money()).toEqual(ALL);
  });

  it('is asked by a system and answers by the operator’s hand, and neither by the other’s', async () => {
    const path = { key: OperationKey.parse(`nobody-${run}`) };
    const forbidden = { name: 'ForbiddenError', status: 403 };
    await expect(bank.answerRequest({ path, body: { decision: 'approve' } })).rejects.toMatchObject(
      forbidden,
    );
    const body = { account, amount: rupees(1), instrument: 'upi' } as const;
    await expect(operator.placeHold({ path, body })).rejects.toMatchObject(forbidden);
  });
});

describe('a capture that settles late', () => {
  it('is promised at once and cannot be undone before it has happened; then it can', async () => {
    await behave({ approvals: 'at_once', settlesAfterMs: 2_000 });
    const hold = holdOf('late');
    expect(await hold.ask()).toMatchObject({ state: 'held' });
    const { settlesAt } = await hold.capture();
    await expect(hold.cancelCapture()).rejects.toMatchObject({
      name: 'OutcomePendingError',
      retryable: true,
      facts: { settlesAt },
    });
    expect(await money()).toEqual(HELD);
    await overAt(settlesAt);
    await hold.becomes('taken');
    expect(await hold.did()).toMatchObject({ state: 'captured' });
    expect(await hold.told()).toEqual(['captured']);
    expect(await hold.cancelCapture()).toMatchObject({ state: 'refunded' });
    expect(await money()).toEqual(ALL);
  });
});
