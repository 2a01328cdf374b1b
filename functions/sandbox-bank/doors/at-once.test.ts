import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { type MemoryStore, memoryStore } from '../../../shared/effects/index.ts';
import { rupees } from '../../../shared/money/index.ts';
import { bankIn, clearing, ledgerSum, saga, toldIn } from '../bank.fixture.ts';
import { INDEXES } from '../store/ports.ts';

let store: MemoryStore;
let bank: ReturnType<typeof bankIn>;
beforeEach(() => {
  store = memoryStore({ indexes: INDEXES });
  bank = bankIn(store);
});

describe('many at once', () => {
  it('two holds on money for one: one is held, the other declined', async () => {
    const id = await bank.open();
    const ended = await Promise.allSettled([bank.hold(id, 'p1'), bank.hold(id, 'p2')]);
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await bank.account(id)).toMatchObject({ available: rupees(500), held: rupees(1_000) });
  });

  it('the same capture from ten callers happens once', async () => {
    const id = await bank.open();
    await bank.hold(id);
    const answers = await Promise.all(Array.from({ length: 10 }, () => bank.capture()));
    expect(new Set(answers.map(({ bankReference }) => bankReference)).size).toBe(1);
    expect(await bank.statement(clearing)).toMatchObject({ closingBalance: rupees(1_000) });
  });

  const call = fc.constantFrom(
    ...(['hold', 'capture', 'void', 'cancelCapture', 'debit', 'cancelDebit', 'refund'] as const),
    ...(['ask', 'approve', 'decline', 'wait', 'comeRound'] as const),
  );

  type Call = typeof call extends fc.Arbitrary<infer C> ? C : never;

  property.prop([fc.array(fc.tuple(call, fc.constantFrom('1', '2')), { maxLength: 16 })], { numRuns: 100 })(
    'whatever runs at once, the books balance and agree with the accounts',
    async (calls) => {
      store = memoryStore({ indexes: INDEXES });
      bank = bankIn(store);
      const id = await bank.open();
      await bank.behave(id, { approvals: 'by_hand', settlesAfterMs: 1, holdsForMs: 1_000 });
      const run = ([does, n]: [Call, string]): Promise<unknown> => {
        if (does === 'hold') return bank.hold(id, `p${n}`);
        if (does === 'ask') {
          return bank.hold(id, `p${n}`, saga, { approval: { flow: 'qr', expiresInSeconds: 1 } });
        }
        if (does === 'approve' || does === 'decline') return bank.answer(does, `p${n}`);
        if (does === 'comeRound') return bank.comeRound();
        if (does === 'wait') {
          bank.clock.at += 500;
          return Promise.resolve();
        }
        if (does === 'debit') return bank.debit(id, `d${n}`);
        if (does === 'cancelDebit') return bank.cancelDebit(`d${n}`);
        if (does === 'refund') return bank.refund(`p${n}`, 300, `r${n}`);
        return bank[does](`p${n}`);
      };
      await Promise.allSettled(calls.map(run));
      for (const key of ['p1', 'p2']) {
        const told = toldIn(store).flatMap(({ subject, data }) =>
          subject === key ? [(data as { state: string }).state] : [],
        );
        expect(['', 'held', 'declined', 'expired', 'captured', 'held,captured', 'held,expired']).toContain(
          told.join(),
        );
      }
      const account = await bank.account(id);
      if (account.kind !== 'customer') throw new Error('a customer’s account was opened');
      const statement = await bank.statement(id);
      const cleared = await bank.statement(clearing);
      expect(ledgerSum(store)).toBe(0);
      expect(statement.closingBalance).toBe(account.balance);
      expect(account.balance + cleared.closingBalance).toBe(rupees(1_500));
      expect(Math.min(account.available, account.held, cleared.closingBalance)).toBeGreaterThanOrEqual(0);
    },
  );
});
