import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { booksAfter } from '../../../console/model/books.ts';
import { runAfter } from '../../../console/model/run.ts';
import { judged, type Step, stepsOf, visitsOf } from '../../../console/model/saga.ts';
import { statesOf } from '../../../console/model/waiting.ts';
import { type RunEvent, routes } from '../../../functions/console/contract.ts';
import type { HistoryEntry } from '../../../functions/paytm-saga/contract.history.ts';
import type { MerchantId, PaymentId, PaymentView } from '../../../functions/paytm-saga/contract.ts';
import { OperationKey } from '../../../functions/sandbox-bank/contract.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { askedToApprove, ended, type Order, type Person, pay } from '../../story/cast.ts';
import { all } from '../../story/read-books.ts';
import { armouryOf, type Fault } from '../armed.ts';
import { openCity } from '../city.ts';

const { bank, cast, operator, run: test, stage } = openCity();
const armoury = armouryOf(stage);
const MACHINE = 'paytm-saga-payment';
const viewer = stage.as(stage.subject(`lens-${test}`, 'viewer'), 'console', routes);

/** What is known of a payment at one time: by its own doors, and by its executions. */
interface Seen {
  readonly view: PaymentView;
  readonly entries: readonly HistoryEntry[];
  /** Of each execution, oldest first. */
  readonly histories: readonly (readonly RunEvent[])[];
}

/** The view’s name of a step: `ReserveFunds` is `reserve_funds`. */
const stepOfState = (state: string): string =>
  state.replaceAll(/\B[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

const keyOf = (name: string): string => name.replaceAll(/[ ,]+/g, '-');

/** What the payment’s own view says became of a step. */
const verdictIn = ({ steps, undone, status }: PaymentView, { state, undo }: Step): string => {
  const name = stepOfState(state);
  const came = steps.find(({ step }) => step === name)?.state;
  if (undone.some(({ step }) => step === name)) return 'undone';
  if (status === 'needs_attention' && undo !== undefined && came !== undefined) return 'stuck';
  return came === 'done' ? 'done' : 'neither';
};

describe('the saga lens', () => {
  let steps: readonly Step[];
  const seen = new Map<string, Seen>();

  /** Reads a payment that goes on no further, once all of its executions have ended. */
  const look = async (name: string, id: PaymentId): Promise<void> => {
    const runs = await all(async () => {
      const { body } = await viewer.listRuns({ path: { machine: MACHINE }, query: { saga: id } });
      return { items: body.items };
    });
    const inOrder = runs.toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0));
    const histories = await Promise.all(
      inOrder.map(({ name: run }) =>
        waitFor(
          async () => {
            const events = await all(async (cursor) => {
              const query = { limit: 500, ...(cursor === undefined ? {} : { cursor }) };
              return (await viewer.listRunEvents({ path: { machine: MACHINE, run }, query })).body;
            });
            return runAfter(events).outcome === 'open' ? undefined : events;
          },
          { what: `${run} to end`, timeoutMs: 30_000 },
        ),
      ),
    );
    const path = { paymentId: id };
    const entries = await all(async (cursor) => {
      const query = { limit: 100, ...(cursor === undefined ? {} : { cursor }) };
      return (await operator.listPaymentHistory({ path, query })).body;
    });
    seen.set(name, { view: (await operator.getPayment({ path })).body, entries, histories });
  };

  interface Meanwhile {
    readonly faults?: readonly Omit<Fault, 'about'>[];
    readonly meanwhile?: (id: PaymentId) => Promise<unknown>;
    /** It was parked, and an operator lets it go on: looked at before and after. */
    readonly resumed?: boolean;
  }
  /** A payment under faults of its own: what to arm first, and how it goes then. */
  const play = (
    name: string,
    payer: Person,
    order: Omit<Order, 'reference'>,
    { faults = [], meanwhile, resumed = false }: Meanwhile = {},
  ) => {
    const { traceId, call } = armoury.traced();
    const about = faults.map((fault) => ({ ...fault, about: traceId }));
    const begin = async (): Promise<void> => {
      const { id } = await call(() => pay(payer, { ...order, reference: keyOf(name) }));
      await meanwhile?.(id);
      await ended(payer, id);
      await look(name, id);
      if (!resumed) return;
      await operator.resumePayment({
        path: { paymentId: id },
        body: { reason: 'it may go on' },
        idempotencyKey: `${test}.${keyOf(name)}`,
      });
      await waitFor(async () => (await ended(payer, id)).status !== 'needs_attention', {
        what: `${name} to go on`,
        timeoutMs: 60_000,
      });
      await look(`${name}, resumed`, id);
    };
    return { about, begin };
  };

  beforeAll(async () => {
    const machine = await viewer.getMachine({ path: { machine: MACHINE } });
    steps = stepsOf(statesOf(machine.body.definition));
    const [rich, poor, blocked, stall] = await Promise.all([
      cast.person('lens-rich', { wallet: 9_000 }),
      cast.person('lens-poor', { wallet: 20 }),
      cast.person('lens-blocked', { blocked: true }),
      cast.merchant('lens-stall'),
    ]);
    await bank.changeAccount({ path: { id: poor.account }, body: { approvals: 'by_hand' } });
    const order = (merchant: MerchantId): Omit<Order, 'reference'> => ({ merchant, amount: 500 });
    const byWallet = { ...order(stall), method: 'paytm_wallet' } as const;
    const frozen = {
      function: 'paytm-saga-settle-merchant',
      kind: 'error',
      error: 'SettlementFrozenError',
    } as const;
    const cannot = (what: string) =>
      ({ function: `paytm-saga-${what}`, kind: 'error', error: 'CreditsBlockedError' }) as const;
    const decided = (decision: 'approve' | 'decline') => async (id: PaymentId) => {
      await askedToApprove(poor, id);
      await bank.answerRequest({ path: { key: OperationKey.parse(id) }, body: { decision } });
    };
    const played = [
      play('completed by wallet', rich, byWallet),
      play('completed by bank', rich, order(stall)),
      play('completed after its payer was waited for', poor, order(stall), { meanwhile: decided('approve') }),
      play('completed at the third attempt', rich, order(stall), {
        faults: [{ function: 'paytm-saga-process-payment', kind: 'error', times: 2 }],
      }),
      play('completed, its answer lost', rich, order(stall), {
        faults: [{ function: 'paytm-saga-process-payment', kind: 'crash', point: 'after' }],
      }),
      play('completed without a receipt', rich, order(stall), {
        faults: [{ function: 'paytm-saga-send-receipt', kind: 'error', times: 4 }],
      }),
      play('refused, its payer blocked', blocked, order(stall)),
      play('refused, the wallet too small', poor, byWallet),
      play('refused by its payer', poor, order(stall), { meanwhile: decided('decline') }),
      play('compensated by wallet', rich, byWallet, { faults: [frozen] }),
      play('compensated by bank', rich, order(stall), { faults: [frozen] }),
      play('compensated, no charge', rich, order(stall), {
        faults: [{ function: 'paytm-saga-process-payment', kind: 'error', times: 4 }],
      }),
      play('compensated, a charge whose answer was lost', rich, order(stall), {
        faults: [{ function: 'paytm-saga-process-payment', kind: 'crash', point: 'after', times: 4 }],
      }),
      play('parked with its charge', rich, order(stall), {
        ...{ faults: [frozen, cannot('refund-charge')], resumed: true },
      }),
      play('parked with its hold', rich, byWallet, {
        ...{ faults: [frozen, cannot('release-hold')], resumed: true },
      }),
    ];
    // One after the other: a city that has just started answers slowly when all of it wakes at once.
    await armoury.arm(...played.flatMap(({ about }) => about));
    await Promise.all(played.map(({ begin }) => begin()));
  }, 400_000);
  afterAll(() => armoury.disarm());

  it('was asked about every kind of end', () => {
    expect([...seen.values()].map(({ view }) => view.status).toSorted()).toEqual([
      ...Array(6).fill('compensated'),
      ...Array(6).fill('completed'),
      ...Array(2).fill('needs_attention'),
      ...Array(3).fill('refused'),
    ]);
    expect(seen.get('parked with its hold, resumed')?.histories).toHaveLength(2);
  });

  it('says of every step what the payment itself says', () => {
    const told = (say: (seen: Seen) => readonly string[]) =>
      Object.fromEntries([...seen].map(([name, one]) => [name, say(one)]));
    const byLens = told(({ histories }) =>
      judged(steps, visitsOf(histories.map((events) => runAfter(events))), true).map(
        ({ state, verdict }) =>
          `${state} ${['done', 'undone', 'stuck'].includes(verdict) ? verdict : 'neither'}`,
      ),
    );
    const byView = told(({ view }) => steps.map((step) => `${step.state} ${verdictIn(view, step)}`));
    expect(byLens).toEqual(byView);
    expect(byLens['parked with its hold']).toContain('ReserveFunds stuck');
    expect(byLens['parked with its hold, resumed']).toContain('ReserveFunds undone');
  });

  it('has books that balance at every event of every run', () => {
    for (const [name, { entries, histories }] of seen)
      for (const { at, id } of histories.flat()) {
        const { off, transactions } = booksAfter(entries, at);
        expect([name, id, off, ...transactions.map((one) => one.off)]).toEqual([
          ...[name, id, 0n],
          ...transactions.map(() => 0n),
        ]);
      }
    const moved = [...seen.values()].filter(
      ({ entries }) => booksAfter(entries, '9999-12-31').transactions.length > 0,
    );
    expect(moved.length).toBeGreaterThanOrEqual(12);
  });
});
