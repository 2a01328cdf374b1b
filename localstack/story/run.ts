import Table from 'cli-table3';
import type { PaymentView } from '../../functions/paytm-saga/contract.ts';
import { formatPaise } from '../../shared/money/index.ts';
import type { Equation } from './books.ts';
import { irctcBooking } from './irctc-booking.ts';
import { paytmSaga } from './paytm-saga.ts';
import { type City, openStage, type Stage } from './stage.ts';
import { swiggyTracking } from './swiggy-tracking.ts';
import { ACTS, LABELS, type Language, type Text } from './texts.ts';
import { zomatoOrdering } from './zomato-ordering.ts';

/** One thing that must be so at the end of a story. */
export interface Expectation {
  readonly what: string;
  readonly expected: unknown;
  readonly seen: unknown;
}

export interface Facts {
  /** Lines of what came to be, each in both languages. */
  readonly lines?: readonly Text[];
  readonly payments?: readonly (PaymentView | undefined)[];
  readonly books?: readonly Equation[];
  /** How many payments have ended how. */
  readonly counts?: { readonly [status: string]: readonly unknown[] | undefined };
}

export interface Script {
  readonly stage: Stage;
  /** Unique to this run: references and keys are made of it. */
  readonly run: string;
  /** Whether the acts that take longer are played too. */
  readonly whole: boolean;
  /** Says an act, with what there is to show. */
  readonly tell: (act: string, facts?: Facts) => void;
}

/** Plays its acts through public doors and answers what must hold. */
export type Story = (script: Script) => Promise<Expectation[]>;

export const stories: { readonly [system: string]: Story } = {
  'paytm-saga': paytmSaga,
  'zomato-ordering': zomatoOrdering,
  'swiggy-tracking': swiggyTracking,
  'irctc-booking': irctcBooking,
};

export interface Telling {
  readonly city: City;
  /** @default all */
  readonly system?: string;
  /** @default 'en' */
  readonly lang?: Language;
  /** Whether the acts that take longer are played too. @default true */
  readonly whole?: boolean;
  readonly out: (line: string) => void;
}

/** Tells the stories of one or all systems; answers the exit code: 0 only if everything is as expected. */
export const runStory = async ({
  city,
  system,
  lang = 'en',
  whole = true,
  out,
}: Telling): Promise<number> => {
  const chosen = system
    ? Object.entries(stories).filter(([name]) => name === system)
    : Object.entries(stories);
  if (chosen.length === 0) {
    out(`there is no story of ${system}; there is one of: ${Object.keys(stories).join(', ')}`);
    return 1;
  }
  const stage = openStage(city, lang);
  let different = 0;
  for (const [name, story] of chosen) {
    const run = crypto.randomUUID().slice(0, 8);
    out(`\n${name}`);
    const tell: Script['tell'] = (act, facts) => show(act, facts ?? {}, lang, out);
    const expectations = await story({ stage, run, whole, tell });
    const wrong = expectations.filter(({ expected, seen }) => expected !== seen);
    for (const { what, expected, seen } of wrong) out(`  ✗ ${what}: expected ${expected}, saw ${seen}`);
    out(
      `  ${wrong.length ? LABELS.differs[lang] : `✓ ${LABELS.allHold[lang]}`} (${expectations.length - wrong.length}/${expectations.length})`,
    );
    different += wrong.length;
  }
  return different === 0 ? 0 : 1;
};

const show = (
  act: string,
  { payments, books, counts, lines = [] }: Facts,
  lang: Language,
  out: (line: string) => void,
): void => {
  out(`  ${ACTS[act]?.[lang] ?? act}`);
  for (const line of lines) out(`    ${line[lang]}`);
  if (counts) {
    const each = Object.entries(counts).map(([status, { length } = []]) => `${status} ${length}`);
    out(`    ${each.sort().join(', ')}`);
  }
  if (payments) for (const line of endings(payments, lang)) out(`    ${line}`);
  for (const { what, holds, seen } of books ?? []) {
    out(`    ${holds ? '✓' : '✗'} ${what[lang]} (${seen[lang]})`);
  }
};

/** In characters: with it the table fits into 120. */
const REASON_WIDTH = 50;

const endings = (payments: readonly (PaymentView | undefined)[], lang: Language): string[] => {
  const { reference, amount, method, status, steps, undone, reason } = LABELS;
  const table = new Table({
    head: [reference, amount, method, status, steps, undone, reason].map((label) => label[lang]),
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'right', 'left', 'left', 'right', 'right', 'left'],
    // A sentence may be longer than a terminal is wide.
    colWidths: [null, null, null, null, null, null, REASON_WIDTH],
    wordWrap: true,
  });
  for (const payment of payments) {
    if (!payment) continue;
    table.push([
      payment.reference,
      formatPaise(payment.amount, lang),
      payment.method,
      payment.status,
      payment.steps.filter(({ state }) => state === 'done').length,
      payment.undone.filter(({ outcome }) => outcome === 'reversed').length,
      payment.reason?.detail ?? '',
    ]);
  }
  return table.toString().split('\n');
};
