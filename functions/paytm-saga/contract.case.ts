/**
 * A run that was kept as a test: `statemachines/paytm-saga/saved/<name>.case.json`. The console writes it, and
 * `saved-cases.test.ts` plays it on the machine over the real use cases. It holds nobody's id, name or number.
 */
import * as z from 'zod';
import { FaultKind, FaultPoint } from '../../shared/faults/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { Paise, positivePaise } from '../../shared/money/index.ts';
import { EmiMonths, Kyc, Method, PaymentStatus, StepName, UpiOrder } from './contract.views.ts';

/** Where the file lies that was saved. */
export const SAVED_CASES = 'statemachines/paytm-saga/saved';
/** `frozen-settlement.case.json`: the file is called as the case is. */
export const caseFileOf = (name: string): string => `${name}.case.json`;

export const CaseName = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
  error: phrase({
    en: 'a name of small English letters and digits, with - between',
    hi: 'छोटे अंग्रेज़ी अक्षरों और अंकों का नाम, बीच में -',
  }),
});

/** The name of a state of the machine. */
const StateName = z.string().regex(/^[A-Z][A-Za-z]{0,79}$/, {
  error: phrase({
    en: 'the name of a state, like ReserveFunds',
    hi: 'किसी स्टेट का नाम, जैसे ReserveFunds',
  }),
});

/** Of whom an account is, in the place of its id. */
export const AccountRole = z.enum([
  'wallet:payer',
  'hold:payer',
  'merchant',
  'bank-clearing',
  'commission',
  'gst-output',
  'refunds-due',
]);
export type AccountRole = z.infer<typeof AccountRole>;

/** A fault at the Lambda of a state, which meets its next calls. */
const CaseFault = z.strictObject({
  state: StateName,
  point: FaultPoint,
  kind: FaultKind,
  /** The error's name. @default TransientError */
  error: z.string().min(1).max(80).optional(),
  /** @default 1000 */
  slowMs: z.int().min(1).max(60_000).optional(),
  /** How many calls it meets; each has to come. */
  times: z.int().min(1).max(1_000),
});
export type CaseFault = z.infer<typeof CaseFault>;

/** What becomes of what the machine waits for, while it waits. */
export const WaitEnd = z.enum([
  /** Nobody answers, and it asks by itself. */
  'nothing',
  'approved',
  'declined',
  /** The request to approve expires. */
  'expired',
  /** What was captured late has come. */
  'settled',
  /** The payment's own time is over. */
  'deadline_passed',
]);
export type WaitEnd = z.infer<typeof WaitEnd>;

/** Something that somebody does while the payment is under way, just before the Lambda of a state is called first. */
const Meanwhile = z.strictObject({
  before: StateName,
  what: z.enum(['merchant_suspended', 'settlement_frozen', 'daily_limit_reached', 'deadline_passed']),
});
export type Meanwhile = z.infer<typeof Meanwhile>;

/** Signed paise of each account that moved, a credit positive; 0 where what moved came back. */
const Books = z
  .partialRecord(AccountRole, z.int())
  .refine((books) => Object.values(books).reduce((sum, amount) => sum + amount, 0) === 0, {
    error: phrase({ en: 'amounts that add up to 0', hi: 'राशियाँ जिनका जोड़ 0 हो' }),
  });

const NEVER_COMES = phrase({
  en: 'a state that is in expected.path: anywhere else it would never happen',
  hi: 'वह स्टेट जो expected.path में है: कहीं और यह कभी नहीं होगा',
});

export const SavedCase = z
  .strictObject({
    version: z.literal(1),
    name: CaseName,
    /** When it was accepted: some rules go by the day, or by the hour. */
    at: z.iso.datetime(),
    order: z
      .strictObject({
        amount: positivePaise,
        method: Method,
        upi: UpiOrder.optional(),
        emiMonths: EmiMonths.optional(),
      })
      .refine(({ method, upi }) => upi === undefined || method === 'upi', {
        path: ['upi'],
        error: phrase({ en: 'only with upi', hi: 'केवल upi के साथ' }),
      })
      .refine(({ method, emiMonths }) => emiMonths === undefined || method === 'emi', {
        path: ['emiMonths'],
        error: phrase({ en: 'only with emi', hi: 'केवल emi के साथ' }),
      }),
    payer: z.strictObject({
      kyc: Kyc,
      blocked: z.boolean(),
      disputes: z.int().min(0).max(100),
      /** What their wallet holds, in paise. */
      wallet: Paise,
    }),
    merchant: z.strictObject({
      suspended: z.boolean(),
      settlement: z.enum(['active', 'frozen']),
      /** What it has been paid that day already, in paise. */
      paidToday: Paise,
    }),
    bank: z.strictObject({
      /** The payer has to approve; otherwise the bank says at once. */
      asksThePayer: z.boolean(),
      declines: z.boolean(),
      /** A capture comes later than it is asked for. */
      settlesLate: z.boolean(),
    }),
    /** One for each time that the machine waits for the bank. */
    waits: z.array(WaitEnd),
    meanwhile: z.array(Meanwhile),
    faults: z.array(CaseFault),
    expected: z.strictObject({
      /** The states in the order in which they are entered. */
      path: z.array(StateName).min(1),
      ending: z.strictObject({
        status: PaymentStatus.exclude(['in_progress']),
        /** The name of the error for which it turned back or needs attention. */
        reason: z.string().optional(),
      }),
      /** The steps that are done in the end; one that was given up is not. */
      done: z.array(StepName),
      /** What was undone of them, newest first. */
      undone: z.array(z.strictObject({ step: StepName, outcome: z.enum(['reversed', 'nothing']) })),
      books: Books,
    }),
  })
  .refine(
    ({ waits, expected: { path } }) => waits.length === path.filter((state) => state === 'AwaitBank').length,
    {
      path: ['waits'],
      error: phrase({
        en: 'one end of a wait for each AwaitBank of expected.path',
        hi: 'expected.path के हर AwaitBank के लिए प्रतीक्षा का एक अंत',
      }),
    },
  )
  .superRefine(({ meanwhile, faults, expected: { path } }, context) => {
    const named = [
      ...faults.map(({ state }, n) => ({ state, path: ['faults', n, 'state'] })),
      ...meanwhile.map(({ before }, n) => ({ state: before, path: ['meanwhile', n, 'before'] })),
    ];
    for (const { state, path: where } of named) {
      if (!path.includes(state)) context.addIssue({ code: 'custom', path: where, message: NEVER_COMES });
    }
  });
export type SavedCase = z.infer<typeof SavedCase>;
