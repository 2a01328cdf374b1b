/** A run as a case that is played as a test: what is known of it, turned into what has to come of it again. */
import {
  AccountRole,
  CaseName,
  type Meanwhile,
  SavedCase,
} from '../../functions/paytm-saga/contract.case.ts';
import type { HistoryEntry } from '../../functions/paytm-saga/contract.history.ts';
import type { PaymentView } from '../../functions/paytm-saga/contract.ts';
import { type ArmedAt, meetingsIn, type Unexplained } from './case-faults.ts';
import { worldOf } from './case-world.ts';
import type { Run } from './run.ts';
import type { States } from './waiting.ts';
import type { Language } from './why.ts';

/** What the console knows of a payment that has ended. */
export interface KnownRun {
  /** As the person wants to call it. */
  readonly name: string;
  readonly payment: PaymentView;
  /** The whole history, as an operator sees it: with executions and postings. */
  readonly history: readonly HistoryEntry[];
  /** Of all its events. */
  readonly run: Run;
  /** Of the definition that is deployed. */
  readonly states: States;
  /** What was armed about this run, in its order. */
  readonly faults: readonly ArmedAt[];
}

/** The case, or why there is none, for the person who asked for it. */
export type Saving =
  | { readonly saved: SavedCase }
  | { readonly why: { readonly [language in Language]: string } };

/**
 * The case of a run. Of payer, merchant and bank it has facts with which the same happens, not those of the city, which no
 * run tells; what failed and was not armed becomes a fault, so that the case needs no luck.
 */
export const caseFrom = (known: KnownRun): Saving => {
  const why = unsavable(known);
  if (why) return { why };
  const { name, payment, history, run, states, faults } = known;
  const { met, unexplained } = meetingsIn(run, states, faults);
  const path = pathOf(run);
  const world = worldOf({ path, payment, history, failed: unexplained });
  const natural = new Set<Unexplained>(world.natural);
  const saved = SavedCase.parse({
    ...{ version: 1, name, at: payment.createdAt },
    order: {
      ...{ amount: payment.amount, method: payment.method },
      ...(world.collect ? { upi: { flow: 'collect' } } : {}),
      ...(payment.emiMonths === undefined ? {} : { emiMonths: payment.emiMonths }),
    },
    ...{ payer: world.payer, merchant: world.merchant, bank: world.bank, waits: world.waits },
    meanwhile: world.meanwhile satisfies readonly Meanwhile[],
    faults: [...met, ...unexplained.filter((one) => !natural.has(one)).map(({ fault }) => fault)],
    expected: {
      path,
      ending: {
        status: payment.status,
        ...(payment.reason === undefined ? {} : { reason: payment.reason.name }),
      },
      done: payment.steps.flatMap(({ step, state }) => (state === 'done' ? [step] : [])),
      undone: payment.undone.map(({ step, outcome }) => ({ step, outcome })),
      books: booksIn(history, payment),
    },
  });
  return { saved };
};

/** As the file holds it. */
export const caseText = (saved: SavedCase): string => `${JSON.stringify(saved, null, 2)}\n`;

const pathOf = ({ visits }: Run): string[] => visits.map(({ state = '' }) => state);

/** What the payment moved, by whose account it was. A refund comes later, and is no part of the run. */
const booksIn = (history: readonly HistoryEntry[], { payer, merchant }: PaymentView) => {
  const books = new Map<string, number>();
  const lines = history.flatMap(({ what, postings = [] }) => (what.startsWith('refund_') ? [] : postings));
  for (const { account, amount } of lines) {
    const role = account.replace(`:${payer}`, ':payer').replace(`:${merchant}`, '');
    books.set(role, (books.get(role) ?? 0) + amount);
  }
  // In one order, so that two cases of one run are one text.
  return Object.fromEntries(
    AccountRole.options.flatMap((role) => {
      const amount = books.get(role);
      return amount === undefined ? [] : [[role, amount]];
    }),
  );
};

type Sentence = { readonly [language in Language]: string };

const unsavable = ({ name, payment, history, run, states, faults }: KnownRun): Sentence | undefined => {
  if (!CaseName.safeParse(name).success) {
    return {
      en: 'The name has to be of small English letters and digits, with - between.',
      hi: 'नाम छोटे अंग्रेज़ी अक्षरों और अंकों का होना चाहिए, बीच में -।',
    };
  }
  if (payment.status === 'in_progress' || run.outcome === 'open') {
    return { en: 'The payment has not ended yet.', hi: 'भुगतान अभी पूरा नहीं हुआ है।' };
  }
  if (run.missing.length > 0 || run.visits.some(({ state }) => state === undefined)) {
    return { en: 'Not all events of the run are loaded.', hi: 'रन की सारी घटनाएँ लोड नहीं हुई हैं।' };
  }
  if (history.some(({ what }) => what === 'handed_over' || what === 'resumed')) {
    return {
      en: 'The payment took more than one execution; a case has one.',
      hi: 'भुगतान में एक से ज़्यादा एक्ज़ीक्यूशन लगे; टेस्ट में एक ही होता है।',
    };
  }
  if (history.every(({ execution }) => execution === undefined)) {
    return {
      en: 'The history has to be read by an operator: nobody else sees what moved in the ledger.',
      hi: 'इतिहास किसी ऑपरेटर को पढ़ना होगा: बही में क्या चला, यह और किसी को नहीं दिखता।',
    };
  }
  const { elsewhere } = meetingsIn(run, states, faults);
  if (elsewhere.length > 0) {
    return {
      en: `A case has faults at the Lambdas of the machine alone, and not at ${elsewhere.join(', ')}.`,
      hi: `टेस्ट में केवल मशीन के Lambda पर fault होते हैं, ${elsewhere.join(', ')} पर नहीं।`,
    };
  }
  return undefined;
};
