import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { type EffectStore, unsentBefore } from '../../../shared/effects/index.ts';
import { uuidV7 } from '../../../shared/ids/index.ts';
import { rupees } from '../../../shared/money/index.ts';
import { createEffectsTable, type EffectsTable } from '../../../shared/testing/effects-table.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { CALL, operator, saga } from '../bank.fixture.ts';
import { backOffice } from '../consumers/back-office.ts';
import { AccountId, type Behaviour, ClearingAlias, OperationKey, type PlaceHold } from '../contract.ts';
import type { BankPorts } from '../domain/ports.ts';
import { answerRequest } from '../doors/answer-request.ts';
import { captureHold } from '../doors/capture-hold.ts';
import { placeHold } from '../doors/place-hold.ts';
import { voidHold } from '../doors/void-hold.ts';
import { bankOn, INDEXES } from './ports.ts';

let table: EffectsTable;
let store: EffectStore;
/** What is added to the clock of everybody, so that nobody waits. */
let ahead = 0;
let bank: BankPorts;

beforeAll(async () => {
  table = await createEffectsTable('sandbox-bank-answers', INDEXES);
  store = dynamoStore({ ...table, indexes: INDEXES });
  bank = bankOn(store, {
    now: () => new Date(Date.now() + ahead),
    ids: uuidV7,
    chance: Math.random,
    deadline: () => 30_000,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
});
afterAll(() => table?.drop());

const into = ClearingAlias.parse('clearing:paytm-saga');
const request = {
  idempotencyKey: undefined,
  language: 'en',
  say: String,
  query: undefined,
  headers: undefined,
};
const from = (key: string, caller = saga) =>
  ({ ...request, path: { key: OperationKey.parse(key) }, caller }) as const;

const open = async (behaviour: Partial<Behaviour>): Promise<AccountId> => {
  const asked = { reference: crypto.randomUUID(), kind: 'customer', openingBalance: rupees(1_000) } as const;
  const id = AccountId.parse((await bank.books.open(asked, 'operator')).id);
  await bank.books.behave(id, behaviour);
  return id;
};

const hold = (account: AccountId, key: string, approval?: PlaceHold['approval']) =>
  placeHold(bank)(
    {
      ...from(key),
      body: { account, amount: rupees(1_000), instrument: 'upi', ...(approval ? { approval } : {}) },
    } as never,
    CALL,
  );
const answer = (key: string, decision: 'approve' | 'decline') =>
  answerRequest(bank)({ ...from(key, operator), body: { decision } } as never);
const capture = (key: string) => captureHold(bank)({ ...from(key), body: { into } } as never);
const release = (key: string) => voidHold(bank)({ ...from(key), body: undefined } as never);
const comeRound = () => backOffice(bank)({ backOffice: 'due' }, { remainingMs: () => 30_000 });
const written = async (key: string) => (await bank.books.charge(OperationKey.parse(key)))?.record;

/** What the client of one hold was told, oldest first. */
const told = async (key: string) =>
  (await unsentBefore(store, { before: new Date(Date.now() + 1e9), limit: 1_000 }))
    .filter(({ subject }) => subject === key)
    .sort((one, two) => (one.sequence ?? 0) - (two.sequence ?? 0))
    .map(({ data }) => (data as { state: string }).state);

describe('a request in DynamoDB', () => {
  it.each(['in time', 'when its time is over'])(
    'has exactly one outcome, whatever 50 at once do to it, %s',
    async (when) => {
      const account = await open({ approvals: 'by_hand' });
      const key = `one-${crypto.randomUUID()}`;
      await hold(account, key, { flow: 'qr', expiresInSeconds: 60 });
      // Those who come in time and those who do not run side by side: each decides by the time that it reads.
      ahead = when === 'in time' ? 0 : 59_950;
      const does = [
        () => answer(key, 'approve'),
        () => answer(key, 'decline'),
        () => release(key),
        comeRound,
        async () => {
          ahead += 10;
          await comeRound();
        },
      ];
      const ended = await Promise.allSettled(
        Array.from({ length: 10 }, () => does.map((one): Promise<unknown> => one())).flat(),
      );
      const names = new Set(ended.flatMap((one) => (one.status === 'rejected' ? [one.reason.name] : [])));
      const state = (await written(key))?.state;
      ahead += 120_000;
      await comeRound();
      ahead = 0;
      expect(['held', 'declined', 'voided', 'expired']).toContain(state);
      expect((await written(key))?.state).toBe(state);
      for (const name of names) {
        expect(['IdempotencyKeyReusedError', 'RequestExpiredError', 'HoldVoidedError']).toContain(name);
      }
      expect(await bank.books.account(account)).toMatchObject(
        state === 'held' ? { available: 0, held: rupees(1_000) } : { available: rupees(1_000), held: 0 },
      );
      // Approved and then released: both were answered, and the second one is what stands.
      expect(state === 'voided' ? ['', 'held'] : [state]).toContain((await told(key)).join());
    },
  );

  it('is found by the back office when its time is over, in the index of what is due', async () => {
    const account = await open({ approvals: 'by_hand' });
    const key = `due-${crypto.randomUUID()}`;
    await hold(account, key, { flow: 'intent', expiresInSeconds: 1 });
    expect(await written(key)).not.toHaveProperty('dueShard');
    await waitFor(
      async () => {
        await comeRound();
        return (await written(key))?.state === 'expired';
      },
      { what: 'the request to expire' },
    );
    expect(await told(key)).toEqual(['expired']);
    const left = await Promise.all(
      [0, 1, 2, 3].map((shard) => store.query({ index: 'due', pk: `DUE#${shard}`, limit: 100 })),
    );
    expect(left.flatMap(({ items }) => items).filter((item) => item.key === key)).toEqual([]);
  });
});

describe('money that moves later', () => {
  it('moves once, though 50 at once settle it', async () => {
    const account = await open({ settlesAfterMs: 1_000 });
    const key = `late-${crypto.randomUUID()}`;
    await hold(account, key);
    await capture(key);
    ahead = 1_000;
    await Promise.all(Array.from({ length: 50 }, (_, n) => (n % 2 ? comeRound() : capture(key))));
    ahead = 0;
    expect(await bank.books.account(account)).toMatchObject({ available: 0, held: 0 });
    expect(await written(key)).toMatchObject({ state: 'taken' });
    expect(await told(key)).toEqual(['captured']);
  });

  it('or comes back once, though 50 at once expire a hold, or release it', async () => {
    const account = await open({ holdsForMs: 1_000 });
    const key = `back-${crypto.randomUUID()}`;
    await hold(account, key);
    ahead = 1_000;
    await Promise.all(Array.from({ length: 50 }, (_, n) => (n % 2 ? comeRound() : release(key))));
    ahead = 0;
    expect(await bank.books.account(account)).toMatchObject({ available: rupees(1_000), held: 0 });
    expect(await told(key)).toEqual(['expired']);
  });
});
