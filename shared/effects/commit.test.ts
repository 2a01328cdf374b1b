import { describe, expect, it } from 'vitest';
import { HouseError } from '../errors/index.ts';
import { paise } from '../money/index.ts';
import { absent, atLeast, check, equals, erase, present, put, update, when } from './change.ts';
import type { Commit } from './commit.ts';
import { record, setUp, wallet } from './commit-setup.fixture.ts';
import { credit, debit, holdOf, walletOf } from './ledger.ts';

class FirstError extends HouseError<{ found: unknown }> {
  override readonly name = 'FirstError';
}
class SecondError extends HouseError<{ found: unknown }> {
  override readonly name = 'SecondError';
}

const effect = { owner: 'payment_1', name: 'hold' };

const hold = (more: Partial<Commit<unknown>> = {}): Commit<unknown> => ({
  effect,
  changes: [
    update(
      wallet,
      { add: { balance: -40 } },
      when(atLeast('balance', 40), (found) => new FirstError({ found })),
    ),
  ],
  answer: { held: 40 },
  ...more,
});

describe('commit()', () => {
  it('writes changes, postings, events and its own record in one transaction', async () => {
    const transactions: number[] = [];
    const { commit, memory } = await setUp((store) => ({
      transact: (changes) => {
        transactions.push(changes.length);
        return store.transact(changes);
      },
    }));
    const event = {
      specversion: '1.0',
      source: 'paytm-saga',
      type: 'paytm-saga.FundsHeld',
      subject: 'payment_1',
      datacontenttype: 'application/json',
      dataschema: 'urn:dabbawala:schema:paytm-saga.FundsHeld:1',
      correlationid: 'c',
      data: { amount: 40 },
    } as const;
    const result = await commit(
      hold({
        postings: {
          facts: { payment: 'payment_1', step: 'hold', execution: 2 },
          lines: [debit(walletOf('1'), paise(40)), credit(holdOf('1'), paise(40))],
        },
        events: [event, { ...event, id: 'event-of-its-own', time: '2026-01-01T00:00:00.000Z' }],
      }),
    );
    expect(result).toEqual({ answer: { held: 40 }, repeated: false });
    expect(transactions).toEqual([6]);
    const at = '2026-11-24T11:30:00.000Z';
    const written = new Map(memory.all().map((item) => [item.pk, item]));
    expect(written.get('EFFECT#payment_1')).toEqual({
      pk: 'EFFECT#payment_1',
      sk: 'hold',
      answer: { held: 40 },
      by: '00000000-0000-7000-8000-000000000001',
      at,
    });
    expect(written.get('wallet#1')).toEqual({ ...wallet, balance: 60 });
    const transaction = 'transaction_00000000-0000-7000-8000-000000000002';
    expect(written.get('LEDGER#wallet:1#2026-11-24#0')).toMatchObject({
      sk: `${at}#${transaction}#00`,
      account: 'wallet:1',
      amount: -40,
      transaction,
      payment: 'payment_1',
      step: 'hold',
      execution: 2,
      sequence: 0,
      at,
    });
    expect(written.get('LEDGER#hold:1#2026-11-24#0')).toMatchObject({ amount: 40, sequence: 1 });
    const events = memory.all().filter(({ pk }) => String(pk).startsWith('OUTBOX#'));
    expect(events.map((item) => item.event)).toEqual(
      expect.arrayContaining([
        { ...event, id: '00000000-0000-7000-8000-000000000003', time: at },
        { ...event, id: 'event-of-its-own', time: '2026-01-01T00:00:00.000Z' },
      ]),
    );
  });

  it('answers a repeat with the first answer, whatever it brings along, and changes nothing', async () => {
    const { commit, memory, answerOf } = await setUp();
    expect(await answerOf(effect)).toBeUndefined();
    await commit(hold());
    const after = memory.all();
    const repeat = hold({ expects: { record, version: 99, actor: 99 }, answer: 'another' });
    expect(await commit(repeat)).toEqual({ answer: { held: 40 }, repeated: true });
    expect(await answerOf(effect)).toEqual({ held: 40 });
    expect(memory.all()).toEqual(after);
  });

  it('gives the first caller the answer in the form in which later ones get it', async () => {
    const { commit } = await setUp();
    const asked = { effect, answer: { kept: 1, dropped: undefined } };
    expect(Object.keys((await commit(asked)).answer)).toEqual(['kept']);
    expect(await commit({ effect: { owner: 'o', name: 'silent' }, answer: undefined })).toEqual({
      answer: undefined,
      repeated: false,
    });
  });

  it('refuses another request under the same effect', async () => {
    const { commit, memory } = await setUp();
    await commit(hold({ effect: { ...effect, fingerprint: 'a' } }));
    const after = memory.all();
    expect(await commit(hold({ effect: { ...effect, fingerprint: 'a' } }))).toMatchObject({ repeated: true });
    await expect(commit(hold({ effect: { ...effect, fingerprint: 'b' } }))).rejects.toMatchObject({
      name: 'IdempotencyKeyReusedError',
      facts: { key: 'hold' },
    });
    expect(memory.all()).toEqual(after);
  });

  it('remembers for as many days as it is told, judged by the clock and not by the deletion', async () => {
    const { commit, answerOf, memory, clock } = await setUp();
    const once = { ...effect, keepDays: 1 };
    await commit(hold({ effect: once, answer: 1 }));
    expect(await memory.get({ pk: 'EFFECT#payment_1', sk: 'hold' })).toMatchObject({
      expiresAt: Date.parse('2026-11-25T11:30:00Z') / 1000,
    });
    clock.advance(86_399_999);
    expect(await commit(hold({ effect: once, answer: 2 }))).toEqual({ answer: 1, repeated: true });
    clock.advance(1);
    expect(await answerOf(once)).toBeUndefined();
    expect(await commit(hold({ effect: once, answer: 3 }))).toEqual({ answer: 3, repeated: false });
    expect(await memory.get(wallet)).toMatchObject({ balance: 20 });
  });
});

describe('what an owner expects', () => {
  it('raises the version with every commit, by version or by actor', async () => {
    const { commit, memory } = await setUp();
    await commit(hold({ expects: { record, version: 3, actor: 2 } }));
    await commit({ effect: { owner: 'p', name: '2' }, expects: { record, actor: 2 }, answer: 2 });
    await commit({
      effect: { owner: 'p', name: '3' },
      expects: { record, version: 5 },
      changes: [update(record, { set: { state: 'held' } })],
      answer: 3,
    });
    expect(await memory.get(record)).toEqual({ ...record, version: 6, actor: 2, state: 'held' });
  });

  it('writes the raised version into a record that is replaced as a whole', async () => {
    const { commit, memory } = await setUp();
    const replaced = put(record, { actor: 2, state: 'new' });
    await commit({
      effect,
      expects: { record, version: 3 },
      changes: [replaced, put(wallet, {})],
      answer: 1,
    });
    expect(await memory.get(record)).toEqual({ ...record, version: 4, actor: 2, state: 'new' });
    await commit({
      effect: { ...effect, name: 'end' },
      expects: { record, actor: 2 },
      changes: [erase(record)],
      answer: 1,
    });
    expect(await memory.get(record)).toBeUndefined();
  });

  it.each([
    [{ version: 2 }, 'VersionConflictError', { expected: 2, found: 3 }],
    [{ actor: 1 }, 'SupersededError', { actor: 1, current: 2 }],
    [{ actor: '2' }, 'SupersededError', { actor: '2', current: 2 }],
    [{ version: 2, actor: 1 }, 'SupersededError', { actor: 1, current: 2 }],
  ])('refuses %j by %s, before any guard', async (expected, name, facts) => {
    const { commit, memory } = await setUp();
    const before = memory.all();
    const never = check(
      wallet,
      when(absent(), () => new FirstError({ found: 'x' })),
    );
    const refused = commit({ effect, changes: [never], expects: { record, ...expected }, answer: 1 });
    await expect(refused).rejects.toMatchObject({ name, facts });
    expect(memory.all()).toEqual(before);
  });

  it('finds neither version nor actor on a record that is not there', async () => {
    const { commit } = await setUp();
    const gone = { pk: 'payment#gone', sk: 'payment' };
    await expect(commit({ effect, expects: { record: gone, version: 1 }, answer: 1 })).rejects.toMatchObject({
      name: 'VersionConflictError',
      facts: { expected: 1, found: null },
    });
    await expect(commit({ effect, expects: { record: gone, actor: 1 }, answer: 1 })).rejects.toMatchObject({
      name: 'SupersededError',
      facts: { actor: 1, current: null },
    });
  });
});

describe('what a guard refuses', () => {
  it('is named by the first one that does not hold, in the order of the changes, also over one item', async () => {
    const { commit, memory } = await setUp();
    const before = memory.all();
    const changes = [
      update(
        wallet,
        { add: { balance: 1 } },
        when(present(), () => new FirstError({ found: 'never' })),
      ),
      check(
        record,
        when(present(), () => new FirstError({ found: 'never' })),
      ),
      check(
        wallet,
        when(equals('balance', 1), (found) => new SecondError({ found: found?.balance })),
      ),
      check(
        record,
        when(equals('version', 1), () => new FirstError({ found: 'too late' })),
      ),
    ];
    await expect(commit(hold({ changes }))).rejects.toMatchObject({
      name: 'SecondError',
      facts: { found: 100 },
    });
    expect(memory.all()).toEqual(before);
  });
});

describe('a defect of the caller', () => {
  it.each<readonly [string, Partial<Commit<unknown>>, string]>([
    [
      'postings that do not balance',
      { postings: { lines: [debit(walletOf('1'), paise(2))] } },
      'UnbalancedPostingsError',
    ],
    [
      'more than 100 items',
      { changes: Array.from({ length: 100 }, (_, n) => put({ pk: 'many', sk: `${n}` }, {})) },
      'TypeError',
    ],
    ['an expectation of nothing', { expects: { record } }, 'TypeError'],
    ['an answer that is no plain data', { answer: new Date() }, 'TypeError'],
    [
      'a version of its own beside the raised one',
      { expects: { record, version: 3 }, changes: [update(record, { set: { version: 9 } })] },
      'TypeError',
    ],
  ])('is found before any write: %s', async (_, defect, name) => {
    const { commit } = await setUp(() => ({ transact: () => Promise.reject(new Error('a write')) }));
    await expect(commit({ effect, answer: 1, ...defect })).rejects.toMatchObject({ name });
  });
});
