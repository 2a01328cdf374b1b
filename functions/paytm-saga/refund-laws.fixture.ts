/** Test help: refunds of one payment under the deterministic scheduler, and what must be true of them in the end. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { credit, debit, type EffectStore, effects, memoryStore } from '../../shared/effects/index.ts';
import { HouseError } from '../../shared/errors/index.ts';
import type { RequestOf } from '../../shared/lambda/index.ts';
import { rupees } from '../../shared/money/index.ts';
import { fixedClock, type Gate, schedule, sequenceIds } from '../../shared/testing/index.ts';
import { memoryBank } from './bank.fixture.ts';
import { completedPayment, MERCHANT, PAYER, START, settleIn } from './city.fixture.ts';
import type { Method, routes } from './contract.ts';
import {
  BANK_CLEARING,
  COMMISSION,
  GST_OUTPUT,
  merchantOf,
  REFUNDS_DUE,
  walletOf,
} from './domain/accounts.ts';
import type { Refund } from './domain/refund.ts';
import { settlementOf } from './domain/settlement.ts';
import { refundPayment } from './doors/refund-payment.ts';
import { sweepOnce } from './operator.fixture.ts';
import { paymentKey, walletKey } from './store/keys.ts';
import { INDEXES, portsOn } from './store/ports.ts';
import { moments, unsteady, type Weather } from './unsteady-ports.fixture.ts';

const AMOUNT = rupees(1_500);
const PARTS = settlementOf(AMOUNT);
type Request = RequestOf<typeof routes.refundPayment>;

export interface RefundTrial extends Weather {
  readonly choices: readonly number[];
  readonly faultIn: number;
  readonly method: Method;
  /** Each is asked for under a key of its own, by so many callers at once; in paise, or all that is left. */
  readonly asked: readonly { readonly amount: number | null; readonly callers: number }[];
  /** When the sweeper comes, too. */
  readonly sweepsAfter: readonly number[];
  readonly defect?: (store: EffectStore) => EffectStore;
}

/**
 * Whoever asks for refunds of a payment, at once and again: each key is one refund or none, together they are never more
 * than was paid, and what merchants give is what payers get, in the ledger and at the bank.
 */
export const refundsAddUp = async (trial: RefundTrial): Promise<void> => {
  const store = memoryStore({ indexes: INDEXES });
  const bank = memoryBank();
  const payment = completedPayment({ amount: AMOUNT, method: trial.method });
  await settleIn(store, { payments: [payment] });
  const { choices, faultIn, defect = (it) => it } = trial;
  const comesAgain = (error: unknown) => HouseError.from(error).retryable;
  const world = schedule<{ id: string; key: string } | undefined>({ choices, faultIn, comesAgain });
  let calm = false;
  const through = unsteady(trial, { store, bank: bank.bank, world, isCalm: () => calm });
  const clock = fixedClock(START);
  const ids = sequenceIds();
  const minuteLater = () => new Date(clock.now().getTime() + 60_000);
  const portsThrough = (gate: Gate, now = clock.now) => {
    let paused = 0;
    const pause = async (ms: number) => {
      paused += ms;
    };
    const around = { now, ids, chance: () => 0.9, deadline: () => 200 - paused, pause };
    const unused = async () => undefined as never;
    return {
      ...portsOn(defect(gate(through.store)), around),
      ...{
        bank: gate(through.bank),
        executions: { start: unused, state: unused },
        parking: { park: unused, settle: unused },
      },
    };
  };

  // What the payment brought, before anybody refunds: the wallet's money came from the bank, too.
  if (trial.method === 'paytm_wallet') bank.bringIn(AMOUNT);
  else {
    await bank.bank.hold(payment.id, { account: 'account', amount: AMOUNT, method: trial.method });
    await bank.bank.capture(payment.id);
  }
  const calmly = {
    now: clock.now,
    ids,
    chance: () => 0,
    deadline: () => 5_000,
    pause: async () => undefined,
  };
  await effects({ store, ...calmly }).commit({
    effect: { owner: payment.id, name: 'settle_merchant' },
    postings: {
      lines: [
        debit(BANK_CLEARING, AMOUNT),
        credit(merchantOf(MERCHANT), PARTS.merchant),
        credit(COMMISSION, PARTS.commission),
        credit(GST_OUTPUT, PARTS.gst),
      ],
    },
    answer: null,
  });

  const rest = { query: undefined, headers: undefined, language: 'en', say: String, client: '' } as const;
  const context = { correlationId: 'correlation', traceparent: 'trace' };
  for (const [n, { amount, callers }] of trial.asked.entries()) {
    const key = `key-${n}`;
    const body = { reason: 'cold', ...(amount === null ? {} : { amount }) } as Request['body'];
    const request = { ...rest, path: { paymentId: payment.id }, body, idempotencyKey: key };
    for (let caller = 0; caller < callers; caller += 1) {
      world.actor(`caller ${caller} with ${key}`, async (gate) => {
        const door = refundPayment(portsThrough(gate));
        const { body: answer } = await door(
          { ...request, caller: { subject: MERCHANT, roles: ['merchant'] } },
          context,
        );
        return { id: answer.id, key };
      });
    }
  }
  for (const after of trial.sweepsAfter) {
    let sweeps = 0;
    world.actor('sweeper', async (gate) => {
      sweeps += 1;
      await moments(gate, after);
      // It would come again for ever while an outage lasts; the last sweep is after it.
      if (sweeps <= 8) await sweepOnce(portsThrough(gate, minuteLater));
      return undefined;
    });
  }
  const outcomes = await world.run();
  calm = true;
  await sweepOnce(portsThrough((port) => port, minuteLater));

  world.verify(() => {
    const items = store.all();
    const refunds = items.filter(({ sk }) => sk === 'REFUND') as unknown as (Refund & {
      openShard?: string;
    })[];
    const given = refunds.reduce((sum, { amount }) => sum + amount, 0);
    ok(given <= AMOUNT, 'never more is given back than was paid');
    const record = items.find(({ pk }) => pk === paymentKey(payment.id).pk);
    strictEqual(record?.refunded ?? 0, given, 'the payment knows the sum of its refunds');
    for (const { status, openShard } of refunds) {
      strictEqual(status, 'completed', 'it ends');
      ok(openShard === undefined, 'what has ended is out of the sweeper’s sight');
    }

    const answers = outcomes.flatMap((one) => ('value' in one && one.value ? [one.value] : []));
    const byKey = Map.groupBy(answers, ({ key }) => key);
    for (const each of byKey.values())
      strictEqual(new Set(each.map(({ id }) => id)).size, 1, 'a key is one refund');
    deepStrictEqual(
      [...new Set(answers.map(({ id }) => id))].sort(),
      refunds.map(({ id }) => id).sort(),
      'there is a refund for each key that was accepted, and no other',
    );
    for (const { actor, error } of outcomes.flatMap((one) =>
      'error' in one && !comesAgain(one.error) ? [one] : [],
    )) {
      strictEqual(error instanceof Error && error.name, 'RefundTooLargeError');
      ok(
        ![...byKey.keys()].some((key) => actor.endsWith(` ${key}`)),
        'nobody is refused under an accepted key',
      );
    }

    const atBank = trial.method === 'paytm_wallet' ? [] : refunds.map(({ id, amount }) => [id, amount]);
    const paidBack = [...bank.paidBack].map(([key, { amount }]) => [key, amount]);
    deepStrictEqual(paidBack.sort(), atBank.sort(), 'the bank pays each back once');
    const lines = items.filter(({ pk }) => String(pk).startsWith('LEDGER#'));
    const at = (account: string) =>
      lines.filter((line) => line.account === account).reduce((sum, { amount }) => sum + Number(amount), 0);
    strictEqual(at(BANK_CLEARING) + bank.clearing(), 0, 'our clearing account is the bank’s');
    strictEqual(at(REFUNDS_DUE), 0, 'nothing is due any more');
    strictEqual(at(walletOf(PAYER)), trial.method === 'paytm_wallet' ? given : 0, 'the payer has it');
    const wallet = items.find(({ pk }) => pk === walletKey(PAYER).pk);
    strictEqual(wallet?.balance, at(walletOf(PAYER)), 'the stored wallet is the sum of its postings');
    strictEqual(
      at(merchantOf(MERCHANT)) + at(COMMISSION) + at(GST_OUTPUT),
      AMOUNT - given,
      'they give what is got',
    );
    const all = given === AMOUNT;
    for (const [account, part] of [
      [merchantOf(MERCHANT), PARTS.merchant],
      [COMMISSION, PARTS.commission],
      [GST_OUTPUT, PARTS.gst],
    ] as const)
      ok(all ? at(account) === 0 : at(account) >= 0 && at(account) <= part, `${account} gives its part`);

    const told = items.filter(({ pk }) => String(pk).startsWith('OUTBOX#')).map(({ event }) => event);
    deepStrictEqual(
      (told as unknown as { subject: string; sequence: number }[])
        .map((one) => `${one.subject} ${one.sequence}`)
        .sort(),
      refunds.flatMap(({ id }) => [`${id} 1`, `${id} 2`]).sort(),
      'the city hears of each once',
    );
  });
};
