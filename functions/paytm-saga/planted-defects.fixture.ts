/** Test help: sagas that break one rule each, as a careless hand would have written them. The laws must find each. */
import {
  type Change,
  type Clause,
  credit,
  debit,
  type EffectStore,
  update,
} from '../../shared/effects/index.ts';
import type { Machine, State } from '../../statemachines/asl.ts';
import { payment as machine } from '../../statemachines/paytm-saga/payment.machine.ts';
import { hearBank } from './consumers/hear-bank.ts';
import { sweep } from './consumers/sweep.ts';
import { PaymentId, type SagaInput, type SagaInputWithError } from './contract.ts';
import { BANK_CLEARING, holdOf } from './domain/accounts.ts';
import { bankKey, next } from './domain/payment.ts';
import type { Bank, Parking } from './domain/ports.ts';
import type { Defect } from './saga-trial.fixture.ts';
import { park } from './steps/park.ts';
import { refundCharge } from './steps/refund-charge.ts';
import { releaseHold } from './steps/release-hold.ts';
import { paymentKey } from './store/keys.ts';
import { type Acting, compensation, executionNumber, type SagaPorts } from './store/saga.ts';

/** A store that writes something else than what it was told to. */
export const writing = (wrong: (change: Change) => Change): Defect => ({
  store: (store) => ({ ...store, transact: (changes) => store.transact(changes.map(wrong)) }),
});

const isUnder = (prefix: string, { key }: Change): boolean => key.pk.startsWith(prefix);

/** Leaves out the guards of a clause, on items whose keys begin so. */
const without = (prefix: string, isLeftOut: (clause: Clause) => boolean): Defect =>
  writing((change) =>
    isUnder(prefix, change)
      ? { ...change, guards: change.guards.filter(({ clause }) => !isLeftOut(clause)) }
      : change,
  );

const asks = (field: string, value?: string) => (clause: Clause) =>
  'field' in clause &&
  clause.field === field &&
  (value === undefined || ('value' in clause && clause.value === value));

/** Two transactions where there should be one: what lies under the prefix comes second. */
const apart = (prefix: string): Defect => ({
  store: (store): EffectStore => ({
    ...store,
    async transact(changes) {
      const [first, second] = [false, true].map((late) =>
        changes.filter((change) => isUnder(prefix, change) === late),
      );
      for (const part of [first, second]) if (part && part.length > 0) await store.transact(part);
    },
  }),
});

export const stepsAreNotFenced = without('PAYMENT#', asks('actor'));
export const turnDoesNotLookAtThePivot = without('PAYMENT#', asks('steps.settle_merchant'));
export const stepsDoNotLookAtTheTurn = without('PAYMENT#', asks('direction', 'forward'));
export const stepsDoNotLookAtTheEnding = without('PAYMENT#', asks('status'));
export const resumptionDoesNotLook = without('PAYMENT#', asks('status', 'needs_attention'));
export const eventsAreCountedUnseen = without('PAYMENT#', asks('told'));
export const sumOfRefundsIsNotConditioned = without('PAYMENT#', asks('refunded'));
export const walletIsNotConditioned = without('WALLET#', asks('balance'));
export const pivotDoesNotLookAtTheMerchant = without('MERCHANT#', () => true);
export const endOfALinkIsNotLookedAt = without('LINK#', asks('endedAt'));
export const amountOfALinkIsNotLookedAt = without('LINK#', asks('upTo'));
export const referenceMayBeTakenTwice = without('REFERENCE#', () => true);
export const eventsComeAfterwards = apart('OUTBOX#');
export const postingsComeAfterwards = apart('LEDGER#');

/** The effect's record is written where nobody finds it. */
export const effectIsNotRemembered: Defect = writing((change) =>
  isUnder('EFFECT#', change)
    ? { ...change, key: { pk: `LOST#${crypto.randomUUID()}`, sk: change.key.sk }, guards: [] }
    : change,
);

/** Neither the effect's record nor the top-up's own state is looked at; each of them alone would be enough. */
export const topUpMayEndAgain: Defect = {
  store: (store) => wrapped(effectIsNotRemembered, wrapped(without('TOPUP#', asks('status')), store)),
};
/** As {@link topUpMayEndAgain}. */
export const refundMayEndAgain: Defect = {
  store: (store) => wrapped(effectIsNotRemembered, wrapped(without('REFUND#', asks('status')), store)),
};
const wrapped = ({ store: wrap }: Defect, store: EffectStore): EffectStore => wrap?.(store) ?? store;

/** The bank is called although the record does not say so yet. */
export const callsBeforeItIsRecorded: Defect = writing((change) =>
  change.does === 'update'
    ? {
        ...change,
        set: Object.fromEntries(Object.entries(change.set).filter(([, value]) => !isAsked(value))),
      }
    : change,
);
const isAsked = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'state' in value && value.state === 'asked';

export const bankLeavesNoMarks: Defect = { bankOptions: { marks: false } };

/** Each execution has a key of its own, so that the next one does everything again. */
export const bankIsAskedPerExecution: Defect = {
  bank: (bank, executionId) => {
    const own = (key: string) => `${key}/${executionId.split('.').at(-1)}`;
    return {
      learn: (key) => bank.learn(own(key)),
      hold: (key, order) => bank.hold(own(key), order),
      capture: (key) => bank.capture(own(key)),
      refund: (key) => bank.refund(own(key)),
      release: (key) => bank.release(own(key)),
      learnDebit: (key) => bank.learnDebit(own(key)),
      debit: (key, order) => bank.debit(own(key), order),
      payBack: (key, order) => bank.payBack(own(key), order),
    };
  },
};

/** Posts the refund also of a capture that the ledger never saw. */
export const refundPostsWhatWasNeverPosted: Defect = {
  tasks: {
    RefundCharge: compensation<SagaPorts & { bank: Bank }>('process_payment', async ({ bank }, payment) => {
      const { id, payer, amount, method } = payment;
      if (method === 'paytm_wallet') return { outcome: 'nothing' };
      const outcome = await bank.refund(bankKey(id));
      return { outcome, postings: [debit(holdOf(payer), amount), credit(BANK_CLEARING, amount)] };
    }),
  },
};

export const releaseComesBeforeRefund: Defect = {
  tasks: { RefundCharge: releaseHold, ReleaseHold: refundCharge },
};

/** Goes back without having written that it does. */
export const turnIsNotWritten: Defect = {
  ...without('PAYMENT#', asks('direction', 'back')),
  tasks: {
    TurnBack:
      ({ payments }: SagaPorts) =>
      async ({ payment }: SagaInputWithError) => ({
        next: next({ ...(await payments.load(payment)), direction: 'back' }),
      }),
  },
};

/** The record says that a person was told, and then nobody tells one. */
export const parkingComesAfterwards: Defect = {
  tasks: {
    Park: (ports: SagaPorts & { parking: Parking }) => async (input: SagaInputWithError, context: Acting) => {
      const letters: Parameters<Parking['park']>[0][] = [];
      const later: Parking = { park: async (letter) => void letters.push(letter) };
      const answer = await park({ ...ports, parking: later })(input, context);
      for (const letter of letters) await ports.parking.park(letter);
      return answer;
    },
  },
};

/** The sweeper starts first, and leaves it to the execution's first state to write its number. */
export const sweeperDoesNotRaiseTheNumber: Defect = {
  sweep: (ports) => {
    const commit: typeof ports.effects.commit = async (wanted) =>
      wanted.effect.name.startsWith('execution-')
        ? { answer: wanted.answer, repeated: false }
        : ports.effects.commit(wanted);
    return sweep({ ...ports, effects: { ...ports.effects, commit } });
  },
  tasks: {
    Resume:
      ({ payments, effects }: SagaPorts) =>
      async ({ payment: id }: SagaInput, { executionId }: Acting) => {
        const actor = executionNumber(id, executionId);
        const found = await payments.load(id);
        if (found.status !== 'in_progress') return { next: next(found), deadline: 0 };
        await effects.commit({
          effect: { owner: id, name: `resume-${actor}` },
          changes: [update(paymentKey(id), { set: { actor } })],
          answer: actor,
        });
        const payment = await payments.load(id);
        return { next: next(payment), deadline: Date.parse(payment.deadline) };
      },
  },
};

const states: { readonly [name: string]: State<string> } = machine.States;

/** The machine, but for some fields of some of its states. */
export const machineWith = (changed: { readonly [state: string]: object }): Defect => ({
  machine: {
    ...(machine as Machine),
    States: {
      ...states,
      ...Object.fromEntries(
        Object.entries(changed).map(([name, fields]) => [
          name,
          { ...states[name], ...fields } as State<string>,
        ]),
      ),
    },
  },
});
/** Whatever goes wrong leads there. */
export const catching = (Next: string) => ({ Catch: [{ ErrorEquals: ['States.ALL'], Next }] });

/** The end of a wait is taken for a yes, however it ended. */
export const waitIsTakenForApproval = machineWith({
  AwaitBank: { ...catching('ProcessPayment'), Next: 'ProcessPayment' },
});

/** Whoever waits is woken first, and what the bank told is written afterwards. */
export const wakesBeforeItIsWritten: Defect = {
  hearBank: (ports) => async (event) => {
    const payment = await ports.payments.find(PaymentId.parse(event.data.key));
    if (payment?.waiting) await ports.tokens.wake(payment.waiting.token);
    await hearBank(ports)(event);
  },
};

/** The bank is asked again without being asked what became of the first time. */
export const asksAgainBlindly: Defect = {
  bank: (bank) => ({ ...bank, learn: async () => ({}) }),
};

/** A compensation that fails is passed over. */
export const failedRefundIsPassedOver = machineWith({
  RefundCharge: catching('ReleaseHold'),
  ReleaseHold: catching('Close'),
});

/** The pivot that failed is taken for a best-effort step. */
export const pivotFailureGoesOn = machineWith({ SettleMerchant: catching('NotifyMerchant') });
