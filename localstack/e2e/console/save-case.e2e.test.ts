import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseFrom, caseText } from '../../../console/model/case.ts';
import { runAfter } from '../../../console/model/run.ts';
import { type States, statesOf } from '../../../console/model/waiting.ts';
import { type RunEvent, routes } from '../../../functions/console/contract.ts';
import { caseFileOf, type SavedCase } from '../../../functions/paytm-saga/contract.case.ts';
import type { HistoryEntry } from '../../../functions/paytm-saga/contract.history.ts';
import type { PaymentId } from '../../../functions/paytm-saga/contract.ts';
import { OperationKey } from '../../../functions/sandbox-bank/contract.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { ROOT } from '../../cloud/paths.ts';
import { askedToApprove, ended, type Order, type Person, pay, stepOf } from '../../story/cast.ts';
import { armouryOf, type Fault } from '../armed.ts';
import { openCity } from '../city.ts';

const { bank, cast, operator, run: test, stage } = openCity();
const armoury = armouryOf(stage);
const MACHINE = 'paytm-saga-payment';
const viewer = stage.as(stage.subject(`saver-${test}`, 'viewer'), 'console', routes);

/** All pages of a list. */
const all = async <T>(
  page: (cursor: object) => Promise<{ body: { items: T[]; next?: string } }>,
): Promise<T[]> => {
  const items: T[] = [];
  let next: string | undefined;
  do {
    const { body } = await page(next === undefined ? {} : { cursor: next });
    items.push(...body.items);
    next = body.next;
  } while (next !== undefined);
  return items;
};

describe('a run that is saved as a case', () => {
  let folder: string;
  let states: States;
  const saved = new Map<string, SavedCase>();

  /** A payment under faults of its own; what happens meanwhile; and the case that the console makes of it. */
  const save = async (
    name: string,
    payer: Person,
    order: Omit<Order, 'reference'>,
    { faults = [], meanwhile }: Meanwhile = {},
  ): Promise<void> => {
    const { traceId, call } = armoury.traced();
    const about = faults.map((fault) => ({ ...fault, about: traceId }));
    if (about.length > 0) await armoury.arm(...about);
    const { id } = await call(() => pay(payer, { ...order, reference: name }));
    await meanwhile?.(id);
    await ended(payer, id);
    const path = { machine: MACHINE, run: `${id}.1` };
    const run = await waitFor(
      async () => {
        const events = await all<RunEvent>((cursor) =>
          viewer.listRunEvents({ path, query: { limit: 500, ...cursor } }),
        );
        const seen = runAfter(events);
        return seen.outcome === 'open' ? undefined : seen;
      },
      { what: `the execution of ${name} to end`, timeoutMs: 30_000 },
    );
    const at = { path: { paymentId: id } };
    const payment = (await operator.getPayment(at)).body;
    const history = await all<HistoryEntry>((cursor) =>
      operator.listPaymentHistory({ ...at, query: { limit: 100, ...cursor } }),
    );
    const saving = caseFrom({ name, payment, history, run, states, faults: about });
    if (!('saved' in saving)) throw new Error(saving.why.en);
    saved.set(name, saving.saved);
    await writeFile(join(folder, caseFileOf(name)), caseText(saving.saved));
  };
  interface Meanwhile {
    readonly faults?: readonly Omit<Fault, 'about'>[];
    readonly meanwhile?: (id: PaymentId) => Promise<unknown>;
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'saved-cases-'));
    const machine = await viewer.getMachine({ path: { machine: MACHINE } });
    states = statesOf(machine.body.definition);
    const [rich, poor, stall, frozen] = await Promise.all([
      cast.person('rich', { wallet: 4_000 }),
      cast.person('poor', { wallet: 20 }),
      cast.merchant('stall'),
      cast.merchant('frozen'),
    ]);
    await bank.changeAccount({ path: { id: poor.account }, body: { approvals: 'by_hand' } });
    const charge = 'paytm-saga-process-payment';
    const vadaPav = { merchant: stall, amount: 1_500 };
    await Promise.all([
      save('wallet-completed', rich, { ...vadaPav, method: 'paytm_wallet' }),
      save(
        'wallet-given-back',
        rich,
        { ...vadaPav, method: 'paytm_wallet' },
        {
          faults: [{ function: 'paytm-saga-settle-merchant', kind: 'error', error: 'SettlementFrozenError' }],
        },
      ),
      save('insufficient-funds', poor, { ...vadaPav, method: 'paytm_wallet' }),
      save(
        'settlement-frozen',
        rich,
        { ...vadaPav, merchant: frozen },
        {
          faults: [{ function: charge, kind: 'slow', slowMs: 4_000 }],
          meanwhile: async (id) => {
            await stepOf(rich, id, 'reserve_funds');
            await operator.changeMerchant({ path: { merchantId: frozen }, body: { settlement: 'frozen' } });
          },
        },
      ),
      save('charge-retried', rich, vadaPav, { faults: [{ function: charge, kind: 'error', times: 2 }] }),
      save('charge-crashed', rich, vadaPav, {
        faults: [{ function: charge, kind: 'crash', point: 'after' }],
      }),
      save('payer-declined', poor, vadaPav, {
        meanwhile: async (id) => {
          await askedToApprove(poor, id);
          await bank.answerRequest({ path: { key: OperationKey.parse(id) }, body: { decision: 'decline' } });
        },
      }),
      save('receipt-given-up', rich, vadaPav, {
        faults: [{ function: 'paytm-saga-send-receipt', kind: 'error', times: 4 }],
      }),
    ]);
  });
  afterAll(async () => {
    await armoury.disarm();
    await rm(folder, { recursive: true, force: true });
  });

  /** What npm test runs, on a folder of cases: in a process that knows nothing of this city. */
  const plays = (cases: string) =>
    promisify(execFile)(
      process.execPath,
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--project',
        'unit',
        'functions/paytm-saga/saved-cases.test.ts',
      ],
      {
        cwd: ROOT,
        env: { PATH: process.env.PATH, HOME: process.env.HOME, DABBA_SAVED_CASES: cases, NO_COLOR: '1' },
      },
    ).then(
      () => 'passes',
      ({ stdout }: { stdout: string }) => stdout,
    );

  it('says what happened, by whose account it was', () => {
    expect(saved.get('wallet-completed')?.expected).toMatchObject({
      ending: { status: 'completed' },
      books: {
        ...{ 'wallet:payer': -150_000, 'hold:payer': 0, merchant: 145_500 },
        ...{ commission: 3_814, 'gst-output': 686 },
      },
    });
    expect(saved.get('insufficient-funds')).toMatchObject({
      payer: { wallet: 0 },
      expected: { ending: { status: 'refused', reason: 'InsufficientFundsError' }, books: {} },
    });
    expect(saved.get('settlement-frozen')).toMatchObject({
      meanwhile: [{ before: 'SettleMerchant', what: 'settlement_frozen' }],
      expected: {
        ending: { status: 'compensated', reason: 'SettlementFrozenError' },
        books: { 'hold:payer': 0, 'bank-clearing': 0 },
      },
    });
    // That fault said it: nobody had frozen the merchant.
    expect(saved.get('wallet-given-back')).toMatchObject({
      meanwhile: [],
      faults: [{ state: 'SettleMerchant', error: 'SettlementFrozenError' }],
      expected: { ending: { status: 'compensated' }, books: { 'wallet:payer': 0, 'hold:payer': 0 } },
    });
    expect(saved.get('charge-retried')?.faults).toEqual([
      { state: 'ProcessPayment', point: 'before', kind: 'error', times: 2 },
    ]);
    expect(saved.get('charge-crashed')?.faults).toEqual([
      { state: 'ProcessPayment', point: 'after', kind: 'crash', times: 1 },
    ]);
    expect(saved.get('payer-declined')).toMatchObject({
      bank: { asksThePayer: true },
      expected: { ending: { status: 'refused', reason: 'PaymentDeclinedError' } },
    });
  });

  it('holds nobody’s id', () => {
    for (const one of saved.values()) expect(caseText(one)).not.toMatch(/(user|merchant|payment)_[0-9a-f]/);
  });

  it('passes at once, and fails when it is to end otherwise', async () => {
    expect(saved.size).toBe(8);
    expect(await plays(folder)).toBe('passes');
    const other = structuredClone(saved.get('charge-retried')) as SavedCase;
    other.expected.books.commission = 3_813;
    other.expected.books.merchant = 145_501;
    await writeFile(join(folder, caseFileOf(other.name)), caseText(other));
    expect(await plays(folder)).toMatch(/× .*: charge-retried/);
  });
});
