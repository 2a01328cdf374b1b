import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { uuidV7 } from '../../../shared/ids/index.ts';
import { rupees } from '../../../shared/money/index.ts';
import { createEffectsTable, type EffectsTable } from '../../../shared/testing/effects-table.ts';
import { AccountId, ClearingAlias, OperationKey } from '../contract.ts';
import { captureHold, placeHold } from '../domain/hold.ts';
import { changeCharge, decidedOn, operate } from '../domain/operate.ts';
import type { BankPorts } from '../domain/ports.ts';
import { statementOf } from '../domain/statement.ts';
import { refusalOf } from '../domain/view.ts';
import { bankOn, INDEXES } from './ports.ts';

let table: EffectsTable;
let bank: BankPorts;

beforeAll(async () => {
  table = await createEffectsTable('sandbox-bank', INDEXES);
  bank = bankOn(dynamoStore({ ...table, indexes: INDEXES }), {
    now: () => new Date(),
    ids: uuidV7,
    chance: Math.random,
    deadline: () => 30_000,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
});
afterAll(() => table?.drop());

const into = ClearingAlias.parse('clearing:paytm-saga');
const askerOf = (key: string) => ({ key: OperationKey.parse(key), client: 'paytm-saga' });

const open = async (openingBalance: number) => {
  const opened = await bank.books.open(
    { reference: crypto.randomUUID(), kind: 'customer', openingBalance: rupees(openingBalance) },
    'operator',
  );
  return AccountId.parse(opened.id);
};

const hold = (account: AccountId, key: string) => {
  const asker = askerOf(key);
  return operate(bank, {
    happening: 'hold',
    key: asker.key,
    about: account,
    refusal: refusalOf,
    decide: async () => {
      const [found, read] = await Promise.all([bank.books.charge(asker.key), bank.books.account(account)]);
      const terms = { account, amount: rupees(100), instrument: 'upi' } as const;
      return decidedOn(found, placeHold(found?.record, read, asker, terms, { at: new Date() }));
    },
  });
};

const capture = (key: string) => {
  const asker = askerOf(key);
  const reference = bank.reference();
  return changeCharge(bank, {
    happening: 'capture',
    key: asker.key,
    decide: (charge) => captureHold(charge, asker, into, reference, { at: new Date(), settlesAfterMs: 0 }),
  });
};

describe('the books in DynamoDB', () => {
  it('let 50 holds at once have what there is, and not one paisa more', async () => {
    const account = await open(1_000);
    const ended = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) => hold(account, `many-${account}-${n}`)),
    );
    const names = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason.name] : []));
    expect(names).toHaveLength(40);
    expect(new Set(names)).toEqual(new Set(['InsufficientBalanceError']));
    expect(await bank.books.account(account)).toMatchObject({ available: 0, held: rupees(1_000) });
  });

  it('let one capture by 50 callers happen once, and have it in both statements', async () => {
    const account = await open(500);
    const key = `once-${account}`;
    await hold(account, key);
    const answers = await Promise.all(Array.from({ length: 50 }, () => capture(key)));
    expect(new Set(answers.map(({ bankReference }) => bankReference)).size).toBe(1);
    const { openedAt } = await bank.books.account(account);
    const mine = await statementOf(bank, { account, openedAt }, { limit: 100 });
    expect(mine.lines.map(({ what, amount }) => [what, amount])).toEqual([
      ['open', 50_000],
      ['capture', -10_000],
    ]);
    const clearing = await bank.books.clearing(into);
    const theirs = await statementOf(
      bank,
      { account: into, openedAt: clearing?.openedAt ?? '' },
      { limit: 100 },
    );
    expect(theirs.lines.filter((line) => line.key === key).map(({ amount }) => amount)).toEqual([10_000]);
  });
});
