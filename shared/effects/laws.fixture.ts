/**
 * The laws of the primitive, each as a check of one schedule: some callers, and a list of numbers that decides who
 * goes on and what goes wrong at every call of the store. `laws.test.ts` tries them over many schedules, and over
 * stores with planted defects, which they must find.
 */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { HouseError } from '../errors/index.ts';
import { paise } from '../money/index.ts';
import { check, equals, put, update, when } from './change.ts';
import type { Commit, Committed, Effects } from './commit.ts';
import {
  answersIn,
  balanceIn,
  eventOfType,
  GuardError,
  InsufficientFundsError,
  move,
  pay,
  payment,
  sumOf,
  type Trial,
  under,
  wallet,
  worldOf,
} from './laws-world.fixture.ts';
import { debit, holdOf, merchantOf, walletOf } from './ledger.ts';

/** However many callers have the same effect, it happens once with all that follows, and all get one answer. */
export const exactlyOnce = async (trial: Trial, { callers }: { callers: number }): Promise<void> => {
  const { memory, world, effectsThrough } = worldOf<Committed<string>>(trial);
  await memory.transact([put(wallet, { balance: 100 })]);
  for (let caller = 0; caller < callers; caller += 1) {
    world.actor(`caller ${caller}`, (gate) =>
      effectsThrough(gate).commit({
        effect: { owner: 'payment_1', name: 'hold' },
        changes: [pay(60)],
        postings: { lines: move(walletOf('payer'), holdOf('payer'), 60) },
        events: [eventOfType('law.FundsHeld')],
        answer: `of caller ${caller}`,
      }),
    );
  }
  const outcomes = await world.run();
  world.verify(() => {
    const items = memory.all();
    const answers = answersIn(outcomes);
    strictEqual(answers.length, callers, 'every caller gets an answer');
    strictEqual(new Set(answers.map(({ answer }) => answer)).size, 1, 'all get the same answer');
    ok(answers.filter(({ repeated }) => !repeated).length <= 1, 'at most one is told that it was the first');
    strictEqual(balanceIn(items), 40, 'the wallet pays once');
    strictEqual(under(items, 'LEDGER#').length, 2, 'the ledger has the posting once');
    strictEqual(under(items, 'OUTBOX#').length, 1, 'the event is there once');
  });
};

/** Whoever pays from one wallet: no paisa comes or goes, it is never overdrawn, and nobody is refused wrongly. */
export const moneyIsConserved = async (
  trial: Trial,
  { amounts }: { amounts: readonly number[] },
): Promise<void> => {
  const { memory, world, journal, effectsThrough } = worldOf<Committed<number>>(trial);
  await memory.transact([put(wallet, { balance: 100 })]);
  for (const [payer, amount] of amounts.entries()) {
    world.actor(`payment of ${amount}`, (gate) =>
      effectsThrough(gate).commit({
        effect: { owner: `payment_${payer}`, name: 'hold' },
        changes: [pay(amount)],
        postings: { lines: move(walletOf('payer'), holdOf('payer'), amount) },
        answer: amount,
      }),
    );
  }
  const outcomes = await world.run();
  world.verify(() => {
    const items = memory.all();
    const lines = under(items, 'LEDGER#');
    const paid = answersIn(outcomes).reduce((sum, { answer }) => sum + answer, 0);
    ok(balanceIn(items) >= 0, 'the wallet is not overdrawn');
    strictEqual(balanceIn(items), 100 - paid, 'the wallet holds what was not paid');
    strictEqual(sumOf(lines), 0, 'the ledger balances');
    strictEqual(sumOf(under(lines, 'LEDGER#hold:')), paid, 'what was paid is held');
    for (const changes of journal) {
      strictEqual(
        sumOf(changes.flatMap((each) => (each.does === 'put' && 'amount' in each.item ? [each.item] : []))),
        0,
        'every transaction balances',
      );
    }
    const refused = outcomes.filter(
      (outcome) => 'error' in outcome && outcome.error instanceof InsufficientFundsError,
    );
    for (const { actor } of refused) {
      ok(
        Number(actor.slice('payment of '.length)) > balanceIn(items),
        'who was refused could not pay at the end either',
      );
    }
  });
};

const STEPS = [
  { name: 'hold', after: 'started', lines: move(walletOf('payer'), holdOf('payer'), 60) },
  { name: 'settle', after: 'hold', lines: move(holdOf('payer'), merchantOf('shop'), 60) },
  { name: 'close', after: 'settle', lines: [] },
] as const;

/** Two executions of one saga, the second of which takes over: the books are those of one, and the first one stops. */
export const takeoverIsClean = async (trial: Trial): Promise<void> => {
  const { memory, world, journal, storeThrough, effectsThrough } = worldOf<unknown>(trial);
  await memory.transact([
    put(wallet, { balance: 100 }),
    put(payment, { version: 1, actor: 1, state: 'started' }),
  ]);
  const drive = async (bound: Effects, execution: number) => {
    for (const { name, after, lines } of STEPS) {
      await bound.commit({
        effect: { owner: 'payment_1', name },
        expects: { record: payment, actor: execution },
        changes: [
          update(
            payment,
            { set: { state: name } },
            when(equals('state', after), () => new GuardError({ guard: 0 })),
          ),
          ...(name === 'hold' ? [pay(60)] : []),
        ],
        postings: { facts: { execution }, lines },
        events: [eventOfType(`law.${name}`)],
        answer: name,
      });
    }
  };
  world.actor('execution 1', (gate) => drive(effectsThrough(gate), 1));
  world.actor('execution 2', async (gate) => {
    const bound = effectsThrough(gate);
    const found = await storeThrough(gate).get(payment);
    await bound.commit({
      effect: { owner: 'payment_1', name: 'take over' },
      expects: { record: payment, version: Number(found?.version) },
      changes: [update(payment, { set: { actor: 2 } })],
      answer: 2,
    });
    await drive(bound, 2);
  });
  const outcomes = await world.run();
  world.verify(() => {
    const items = memory.all();
    const books = under(items, 'LEDGER#').map(({ account, amount }) => `${account} ${amount}`);
    deepStrictEqual(books.sort(), [
      'hold:payer -60',
      'hold:payer 60',
      'merchant:shop 60',
      'wallet:payer -60',
    ]);
    strictEqual(balanceIn(items), 40, 'the wallet pays once');
    strictEqual(under(items, 'OUTBOX#').length, 3, 'each event is there once');
    const [record] = under(items, payment.pk);
    // Every transaction but the one of the set-up raises the version by one.
    deepStrictEqual([record?.state, record?.actor, record?.version], ['close', 2, 5]);
    const takeover = journal.findIndex((changes) =>
      changes.some((each) => each.does === 'update' && each.set.actor === 2),
    );
    const later = journal.slice(takeover).flat();
    ok(
      !later.some((each) => each.does === 'put' && each.item.execution === 1),
      'who was superseded changes nothing',
    );
    for (const outcome of outcomes) {
      if ('value' in outcome || HouseError.from(outcome.error).retryable) continue;
      const name = outcome.error instanceof Error && outcome.error.name;
      deepStrictEqual([outcome.actor, name], ['execution 1', 'SupersededError']);
    }
  });
};

/** A commit writes all of its changes or none, and a refusal is named by the first guard that does not hold. */
export const allOrNothing = async (
  trial: Trial,
  { guards, balanced }: { guards: readonly (readonly [item: number, holds: boolean])[]; balanced: boolean },
): Promise<void> => {
  const { memory, world, effectsThrough } = worldOf<Committed<number>>(trial);
  const keys = [0, 1, 2].map((n) => ({ pk: `item#${n}`, sk: 'item' }));
  await memory.transact(keys.map((key) => put(key, { version: 1, n: 0 })));
  const before = memory.all();
  const changes = guards.map(([item, holds], guard) => {
    const change = when(equals('version', holds ? 1 : 2), () => new GuardError({ guard }));
    const key = keys[item] ?? wallet;
    return guard % 2 === 0 ? update(key, { add: { n: 1 } }, change) : check(key, change);
  });
  const commit: Commit<number> = {
    effect: { owner: 'all', name: 'or nothing' },
    changes,
    postings: { lines: balanced ? move('commission', 'gst-output', 5) : [debit('commission', paise(5))] },
    events: [eventOfType('law.Happened')],
    answer: 1,
  };
  world.actor('caller', (gate) => effectsThrough(gate).commit(commit));
  const outcomes = await world.run();
  world.verify(() => {
    const failing = guards.findIndex(([, holds]) => !holds);
    const items = memory.all();
    const errors = outcomes.flatMap((outcome) => ('error' in outcome ? [outcome.error] : []));
    const final = errors.filter((error) => !HouseError.from(error).retryable);
    if (balanced && failing < 0) {
      deepStrictEqual(final, []);
      strictEqual(items.length, before.length + 4, 'all is written');
      const happened = guards.filter((_, guard) => guard % 2 === 0).length;
      strictEqual(
        under(items, 'item#').reduce((sum, { n }) => sum + Number(n), 0),
        happened,
      );
      return;
    }
    deepStrictEqual(items, before, 'nothing is written');
    const [error] = final;
    if (!balanced) strictEqual(error instanceof Error && error.name, 'UnbalancedPostingsError');
    else deepStrictEqual(error instanceof GuardError && error.facts, { guard: failing });
  });
};

/** Whatever gets lost on the way: who gets an answer can rely on it, and who asks again finds out. */
export const lostAnswersAreSettled = async (trial: Trial): Promise<void> => {
  const { memory, world, effectsThrough, effectsWithoutFaults } = worldOf<Committed<string>>(trial, {
    faults: ['fails before', 'answer lost', 'delivered twice'],
    faultIn: 4,
    comesAgain: () => false,
  });
  await memory.transact([put(wallet, { balance: 100 })]);
  const commit = (answer: string): Commit<string> => ({
    effect: { owner: 'payment_1', name: 'hold' },
    changes: [pay(60)],
    answer,
  });
  world.actor('caller', (gate) => effectsThrough(gate).commit(commit('first')));
  const [outcome] = await world.run();
  const happened = balanceIn(memory.all()) === 40;
  const again = await effectsWithoutFaults.commit(commit('again'));
  world.verify(() => {
    if (outcome !== undefined && 'value' in outcome) {
      deepStrictEqual(outcome.value, { answer: 'first', repeated: false }, 'a caller is no repeat of itself');
      ok(happened, 'an answer is given only after the effect');
    } else {
      strictEqual(outcome?.error instanceof HouseError && outcome.error.name, 'TransientError');
    }
    deepStrictEqual(
      again,
      happened ? { answer: 'first', repeated: true } : { answer: 'again', repeated: false },
    );
    strictEqual(balanceIn(memory.all()), 40, 'the wallet pays once');
  });
};
