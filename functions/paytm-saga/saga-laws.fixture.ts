/**
 * Test help: the laws of the saga, each as a check of one sequence that was played to its end. `saga-laws.test.ts`
 * tries them over many sequences, and over products with planted defects, which they must find.
 */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { eventOf, type Item } from '../../shared/effects/index.ts';
import { MERCHANT, PAYER } from './city.fixture.ts';
import type { PaymentId } from './contract.ts';
import { BANK_CLEARING, holdOf, merchantOf, walletOf } from './domain/accounts.ts';
import { bankKey, type Payment } from './domain/payment.ts';
import { settlementOf } from './domain/settlement.ts';
import { eventsAreNumbered, isUpdateOf, walletMovesAsItIsPosted } from './journal-laws.fixture.ts';
import type { Seen } from './saga-trial.fixture.ts';
import { merchantKey, paymentKey, walletKey } from './store/keys.ts';

/** One payment at the end, with all that the city knows of it. */
interface Story {
  readonly payment: Payment;
  readonly lines: readonly Item[];
  readonly events: readonly string[];
  readonly bank: Seen['bank'];
}

/** Checks every law; what fails is told with the steps that led there. */
export const holdsEveryLaw = (seen: Seen): void => {
  seen.world.verify(() => {
    const items = seen.store.all();
    const stories = seen.payments.map((id) => storyOf(seen, items, id));
    deepStrictEqual(seen.surprises, [], 'nothing happens that no code expected');
    for (const story of stories) {
      everyPaymentEnds(seen, story);
      endingsAreToldOnce(story);
      noEffectIsDouble(story);
      endingsAreEarned(story);
      pivotAndTurnExcludeEachOther(story);
      nobodyIsTurnedBackWithoutReason(seen, story);
    }
    asksWhatBecameOfIt(seen);
    tokensStayInside(items);
    booksBalance(seen, items, stories);
    theDayIsCounted(items, stories);
    historyIsClean(seen);
  });
};

/** Of all who ask the bank for a thing, one may do so without asking what became of it: the first. */
const asksWhatBecameOfIt = ({ blind }: Seen): void =>
  deepStrictEqual(blind, [...new Set(blind)], 'an unknown outcome is asked for before the thing is');

/** A task token stands with its payment, and nowhere else: in no event, no effect and no posting. */
const tokensStayInside = (items: readonly Item[]): void => {
  for (const { waiting: _, ...item } of items)
    ok(!JSON.stringify(item).includes('"token-'), 'no token leaves its payment');
};

/** What a merchant was paid on the day is what settled, each once: the limit of the day stands on it. */
const theDayIsCounted = (items: readonly Item[], stories: readonly Story[]): void => {
  const counted = items.filter(
    ({ pk, sk }) => pk === merchantKey(MERCHANT).pk && sk !== merchantKey(MERCHANT).sk,
  );
  const paid = counted.reduce((sum, item) => sum + Number(item.paid), 0);
  const settled = stories.filter(({ payment }) => payment.steps.settle_merchant?.state === 'done');
  strictEqual(
    paid,
    settled.reduce((sum, { payment }) => sum + payment.amount, 0),
    'the day counts what settled, once',
  );
};

/** After every payment that needed attention was let go on: see {@link resumeAll}. */
export const holdsAfterResuming = (seen: Seen): void => {
  holdsEveryLaw(seen);
  seen.world.verify(() => {
    for (const { executions, refused } of seen.resumes) {
      strictEqual(executions, 1, 'operators at once let one execution go on');
      strictEqual(refused, 1, 'who asks again is answered, and who is later is refused');
    }
    for (const { payment } of seen.payments.map((id) => storyOf(seen, seen.store.all(), id))) {
      ok(payment.status !== 'needs_attention', 'what was let go on ends, once the faults have stopped');
    }
  });
};

const everyPaymentEnds = ({ parking: { parked, letters } }: Seen, { payment }: Story): void => {
  ok(payment.status !== 'in_progress', 'every payment ends once the faults stop');
  const shard = (payment as unknown as Item).openShard;
  if (payment.status !== 'needs_attention') {
    strictEqual(shard, undefined, 'what has ended is out of everybody’s sight');
    return;
  }
  ok(String(shard).startsWith('OPEN#attention#'), 'what needs attention is found by an operator');
  const isOfIt = ({ subject }: (typeof parked)[number]) =>
    'payment' in subject && subject.payment === payment.id;
  const told = parked.filter(isOfIt);
  ok(told.length >= timesParked(payment), 'a payment that needs attention is parked, each time');
  ok(letters.some(isOfIt), 'a payment that needs attention alarms until somebody lets it go on');
  ok(PATIENCE_ENDS.has(payment.attention ?? ''), `no rule leads to a person: ${payment.attention}`);
};

/** Only what does not answer for long needs a person; a no has its way back. */
const PATIENCE_ENDS: ReadonlySet<string> = new Set([
  'TransientError',
  'States.Timeout',
  'Sandbox.Timedout',
  'TooManyExecutionsError',
]);

const ENDING_EVENT = {
  completed: 'paytm-saga.PaymentCompleted',
  refused: 'paytm-saga.PaymentRefused',
  compensated: 'paytm-saga.PaymentCompensated',
  needs_attention: 'paytm-saga.PaymentNeedsAttention',
} as const;
const ENDINGS: readonly string[] = Object.values(ENDING_EVENT);

const RESUMED = 'paytm-saga.PaymentResumed';

/** How often a person had to look. */
const timesParked = ({ status, resumptions = [] }: Payment): number =>
  resumptions.length + (status === 'needs_attention' ? 1 : 0);

const endingsAreToldOnce = ({ payment, events }: Story): void => {
  if (payment.status === 'in_progress') return;
  const parkings = Array.from({ length: timesParked(payment) }, () => ENDING_EVENT.needs_attention);
  const ending = payment.status === 'needs_attention' ? [] : [ENDING_EVENT[payment.status]];
  const told = events.filter((type) => ENDINGS.includes(type));
  deepStrictEqual(
    told.sort(),
    [...parkings, ...ending].sort(),
    'each ending is told once, by its own event, and each parking',
  );
  const goneOn = events.filter((type) => type === RESUMED);
  strictEqual(goneOn.length, payment.resumptions?.length ?? 0, 'each resumption is told once');
  const others = events.filter((type) => !ENDINGS.includes(type) && type !== RESUMED).sort();
  const notices = others.filter((type) => type === 'paytm-saga.NoticeRequested');
  ok(notices.length <= 2 && others.length - notices.length <= 1, 'each notice is asked for once');
};

const noEffectIsDouble = ({ payment, lines, bank }: Story): void => {
  const steps = new Map<string, Set<unknown>>();
  for (const { step, transaction } of lines) {
    steps.set(String(step), (steps.get(String(step)) ?? new Set()).add(transaction));
  }
  for (const [step, transactions] of steps) strictEqual(transactions.size, 1, `${step} is posted once`);
  const moves = bank.moves.filter(({ key }) => isOf(payment, key)).map(({ what }) => what);
  deepStrictEqual(moves, [...new Set(moves)], 'the bank does each thing once');
};

/** What the endings mean, in the ledger, in the wallet and at the bank. */
const endingsAreEarned = ({ payment, lines, bank }: Story): void => {
  const { status, amount, method, undone } = payment;
  const at = (account: string) => sumOf(lines.filter((line) => line.account === account));
  const settled = lines.filter(({ step }) => step === 'settle_merchant');
  const wallet = method === 'paytm_wallet';
  const charges = [...bank.charges].filter(([key]) => isOf(payment, key)).map(([, charge]) => charge.state);
  if (status === 'completed') {
    strictEqual(at(merchantOf(MERCHANT)), settlementOf(amount).merchant, 'the merchant has the money');
    strictEqual(settled.length, 4, 'it was settled once');
    deepStrictEqual(charges, wallet ? [] : ['taken'], 'it was charged once, by the bank');
    strictEqual(at(walletOf(PAYER)), wallet ? -amount : 0, 'it was charged once, from the wallet');
    strictEqual(payment.direction, 'forward');
  }
  if (status === 'refused' || status === 'compensated') {
    strictEqual(settled.length, 0, 'nothing was settled');
    strictEqual(at(walletOf(PAYER)), 0, 'the wallet is as before');
    const holds = charges.filter((state) => ['awaiting', 'held', 'settling', 'taken'].includes(state));
    deepStrictEqual(holds, [], 'the bank holds nothing of it, and asks nobody');
    const happened =
      lines.length > 0 || bank.moves.some(({ key, what }) => isOf(payment, key) && what !== 'declined');
    strictEqual(status, happened ? 'compensated' : 'refused', 'refused is what had nothing to undo');
    const reversed = Object.values(undone).some(({ outcome }) => outcome === 'reversed');
    strictEqual(reversed, happened, 'the record knows what was undone');
  }
};

const pivotAndTurnExcludeEachOther = ({ payment }: Story): void => {
  ok(!(payment.turn && payment.steps.settle_merchant), 'what has settled does not turn back');
  strictEqual(payment.direction === 'back', payment.turn !== undefined, 'a turn has its reason');
};

const nobodyIsTurnedBackWithoutReason = ({ trial }: Seen, { payment }: Story): void => {
  const why = payment.turn?.error;
  if (why === undefined) return;
  const poor = trial.method === 'paytm_wallet' && trial.wallet < trial.payments * payment.amount;
  const reasons: { readonly [error: string]: boolean } = {
    TransientError: true,
    'States.Timeout': true,
    'Sandbox.Timedout': true,
    DeadlinePassedError: true,
    InsufficientFundsError: poor,
    PaymentDeclinedError: trial.declines || trial.payer === 'declines' || nobodyApprovedInTime(payment),
    SettlementFrozenError: trial.freezeAfter !== null,
  };
  ok(reasons[why], `nobody is turned back without a reason: ${why}`);
};

const nobodyApprovedInTime = ({ turn, approval }: Payment): boolean =>
  turn !== undefined && approval !== undefined && turn.at >= approval.expiresAt;

/** The equations of the books; nobody refunds here. A payment that needs attention is not finished: a person finishes it. */
const booksBalance = (seen: Seen, items: readonly Item[], stories: readonly Story[]): void => {
  const lines = under(items, 'LEDGER#');
  const at = (account: string) => sumOf(lines.filter((line) => line.account === account));
  const byTransaction = Map.groupBy(lines, ({ transaction }) => transaction);
  for (const each of byTransaction.values()) strictEqual(sumOf(each), 0, 'every transaction balances');
  const balance = Number(items.find(({ pk }) => pk === walletKey(PAYER).pk)?.balance);
  strictEqual(balance, at(walletOf(PAYER)), 'the stored wallet is the sum of its postings');
  ok(balance >= 0, 'no wallet is below zero');
  if (!stories.some(({ payment }) => isInDoubt(payment))) {
    strictEqual(-at(BANK_CLEARING), seen.bank.clearing(), 'our clearing account is the bank’s');
  }
  const open = stories.reduce((sum, { payment }) => sum + openHoldOf(payment), 0);
  strictEqual(at(holdOf(PAYER)), open, 'open holds are those of unfinished payments');
};

/** A person has to ask the bank: a capture or its cancellation was begun, and nobody knows how it ended. */
const isInDoubt = ({ status, steps, undone, direction }: Payment): boolean => {
  const charge = steps.process_payment;
  if (status !== 'needs_attention' || !charge || undone.process_payment) return false;
  return charge.state === 'asked' || direction === 'back';
};

/** What is set aside for a payment by its record. */
const openHoldOf = ({ status, steps, undone, amount, method }: Payment): number => {
  if (status !== 'in_progress' && status !== 'needs_attention') return 0;
  const [into, outOf] =
    method === 'paytm_wallet'
      ? [steps.reserve_funds, undone.reserve_funds]
      : [steps.process_payment, undone.process_payment];
  return into?.state === 'done' && !outOf && !steps.settle_merchant ? amount : 0;
};

/** What must be true of the order in which things were written. */
const historyIsClean = ({ journal, payments }: Seen): void => {
  for (const id of payments) {
    const writes = journal.flatMap((changes) => changes.filter(isUpdateOf(paymentKey(id))));
    for (const [n, { set }] of writes.entries()) {
      if (set.status === undefined || set.status === 'in_progress') continue;
      const after = writes[n + 1]?.set;
      if (set.status !== 'needs_attention') strictEqual(after, undefined, 'an ending is the last write');
      else ok(!after || after.resumptions, 'what needs attention stands still until a person lets it go on');
    }
    const turn = writes.findIndex(({ set }) => set.direction === 'back');
    const forward = writes.filter(({ set }) => Object.keys(set).some((field) => field.startsWith('steps.')));
    ok(
      turn < 0 || forward.every((write) => writes.indexOf(write) < turn),
      'nothing goes forward after the turn',
    );
    // Who may act: the number only rises, and who was superseded writes nothing.
    const actors = writes.flatMap(({ set }) => (set.actor === undefined ? [] : [Number(set.actor)]));
    deepStrictEqual(
      actors,
      [...new Set(actors)].sort((a, b) => a - b),
      'the number of the execution only rises',
    );
    let actor = 1;
    for (const changes of journal) {
      const own = changes.filter(isUpdateOf(paymentKey(id)));
      for (const line of changes) {
        if (line.does !== 'put' || line.item.payment !== id || line.item.execution === undefined) continue;
        strictEqual(line.item.execution, `${id}.${actor}`, 'who was superseded posts nothing');
      }
      actor = Number(own.find(({ set }) => set.actor !== undefined)?.set.actor ?? actor);
    }
  }
  for (const id of payments) eventsAreNumbered(journal, id);
  walletMovesAsItIsPosted(journal);
  const frozen = journal.findIndex((changes) => changes.some(isUpdateOf(merchantKey(MERCHANT))));
  const later = frozen < 0 ? [] : journal.slice(frozen).flat();
  ok(
    !later.some((change) => change.does === 'put' && change.item.step === 'settle_merchant'),
    'a frozen merchant gets nothing',
  );
};

const storyOf = ({ bank }: Seen, items: readonly Item[], id: PaymentId): Story => ({
  payment: items.find(({ pk, sk }) => pk === paymentKey(id).pk && sk === 'PAYMENT') as unknown as Payment,
  lines: under(items, 'LEDGER#').filter(({ payment }) => payment === id),
  events: under(items, 'OUTBOX#')
    .map(eventOf)
    .filter(({ subject }) => subject === id)
    .map(({ type }) => type),
  bank,
});

/** The bank's keys of a payment; a defect may have made several. */
const isOf = ({ id }: Payment, key: string): boolean => key.startsWith(bankKey(id));
const under = (items: readonly Item[], prefix: string) =>
  items.filter(({ pk }) => String(pk).startsWith(prefix));
const sumOf = (lines: readonly Item[]): number => lines.reduce((sum, { amount }) => sum + Number(amount), 0);
