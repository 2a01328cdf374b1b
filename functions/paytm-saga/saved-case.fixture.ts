/** Test help: runs that were saved as cases, read from their files and played on the real machine and use cases. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { issuesOf } from '../../shared/errors/index.ts';
import { paise } from '../../shared/money/index.ts';
import { DEADLINE_MS, MERCHANT, PAYER } from './city.fixture.ts';
import { AccountRole, type CaseFault, caseFileOf, type Meanwhile, SavedCase } from './contract.case.ts';
import { approvalOf } from './domain/instruments.ts';
import { MERCHANT_DAILY_LIMIT } from './domain/rules.ts';
import { viewOf } from './domain/view.ts';
import { type Asked, onePayment, PAYMENT } from './one-payment.fixture.ts';
import { walletKey } from './store/keys.ts';
import { merchantChanged, merchantPaid } from './store/people.ts';

const ENDING = '.case.json';

/**
 * The cases of a folder, by their names.
 * @throws {Error} a file is none: which field is wrong, and what was expected
 */
export const savedCasesIn = (folder: string): SavedCase[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(ENDING))
    .sort()
    .map((file) => savedCaseOf(file, readFileSync(join(folder, file), 'utf8')));

/** One file, by its name and its text. @throws {Error} as {@link savedCasesIn} */
export const savedCaseOf = (file: string, text: string): SavedCase => {
  const { data, error } = SavedCase.safeParse(jsonIn(file, text), { reportInput: true });
  if (error) {
    const wrong = issuesOf(error.issues, []).map(({ field, expected }) => `${field}: expected ${expected}`);
    throw new Error(`${file} is no saved case\n${wrong.join('\n')}`);
  }
  if (file !== caseFileOf(data.name)) {
    throw new Error(`${file} is no saved case\nname: expected ${file.slice(0, -ENDING.length)}`);
  }
  return data;
};

const jsonIn = (file: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is no saved case\nit is no JSON`, { cause });
  }
};

/** What came of a case, and what has to. */
export interface Came {
  readonly path: readonly string[];
  /** The state with which the execution succeeded, or with which error it did not. */
  readonly ends: string | undefined;
  readonly ending: { readonly status: string; readonly reason?: string | undefined };
  readonly done: readonly string[];
  readonly undone: readonly object[];
  readonly books: { readonly [role: string]: number };
  /** Faults that have calls left. */
  readonly unmet: readonly CaseFault[];
  /** By how much our ledger differs from the bank, and the stored wallet from its postings. */
  readonly adrift: { readonly bank: number; readonly wallet: number };
}

/** What a case says has to come of it. */
export const wantedOf = ({ expected }: SavedCase): Came => ({
  ...expected,
  ends: expected.path.at(-1),
  unmet: [],
  adrift: { bank: 0, wallet: 0 },
});

type City = Awaited<ReturnType<typeof onePayment>>;

/** Plays a case once, on a product that is as it is, or has a defect. */
export const playSaved = async (saved: SavedCase, defect: Asked['defect'] = {}): Promise<Came> => {
  const { at, order, payer, merchant, bank } = saved;
  const accepted = new Date(at);
  const deadline = new Date(accepted.getTime() + DEADLINE_MS);
  const approval = approvalOf(order.method, order.upi, { now: accepted, deadline });
  const { wallet, ...facts } = payer;
  const { paidToday, ...stall } = merchant;
  const city = await onePayment({
    ...{ at, wallet, defect, people: { payer: facts, merchant: stall } },
    ...{ amount: paise(order.amount), method: order.method, createdAt: at, deadline: deadline.toISOString() },
    ...(order.upi ? { upi: order.upi } : {}),
    ...(order.emiMonths ? { emiMonths: order.emiMonths } : {}),
    ...(approval ? { approval } : {}),
  });
  await paid(city, paidToday);
  Object.assign(city.behaviour, bank);
  const left = saved.faults.map((fault) => ({ ...fault }));
  const ahead = [...saved.meanwhile];
  const ends = await city.execute(1, {
    whileWaiting: endsOf(city, saved, { deadline, expiresAt: new Date(approval?.expiresAt ?? deadline) }),
    async between(state, work) {
      for (const one of ahead.filter(({ before }) => before === state)) {
        ahead.splice(ahead.indexOf(one), 1);
        await HAPPENS[one.what](city, { deadline, paidToday });
      }
      return under(
        left.find((fault) => fault.state === state && fault.times > 0),
        city,
        work,
      );
    },
  });
  return { ends, ...(await cameOf(city, wallet, left)) };
};

/** What the merchant has been paid that day. */
const paid = async (city: City, amount: number): Promise<void> => {
  if (amount === 0) return;
  await changed(city, merchantPaid(MERCHANT, paise(amount), city.clock.now()));
};
const changed = (city: City, change: ReturnType<typeof merchantChanged>) =>
  city.effects.commit({
    effect: { owner: 'test', name: `change ${city.store.all().length}` },
    changes: [change],
    answer: null,
  });
const advanceTo = (city: City, time: Date): void =>
  city.clock.advance(Math.max(0, time.getTime() - city.clock.now().getTime()));

const HAPPENS: {
  readonly [what in Meanwhile['what']]: (
    city: City,
    known: { readonly deadline: Date; readonly paidToday: number },
  ) => unknown;
} = {
  merchant_suspended: (city) => changed(city, merchantChanged(MERCHANT, { suspended: true })),
  settlement_frozen: (city) => changed(city, merchantChanged(MERCHANT, { settlement: 'frozen' })),
  daily_limit_reached: (city, { paidToday }) => paid(city, MERCHANT_DAILY_LIMIT - paidToday),
  deadline_passed: (city, { deadline }) => advanceTo(city, new Date(deadline.getTime() + 1)),
};

/** How each wait ends, one after the other; behind the last nothing happens any more. */
const endsOf = (city: City, { waits }: SavedCase, known: { deadline: Date; expiresAt: Date }) => {
  const ends = waits.values();
  return () => {
    switch (ends.next().value) {
      case 'approved':
        return city.answer('approves');
      case 'declined':
        return city.answer('declines');
      case 'expired':
        return advanceTo(city, known.expiresAt);
      case 'settled':
        return city.settle();
      case 'deadline_passed':
        return advanceTo(city, new Date(known.deadline.getTime() + 1));
      default:
        return undefined;
    }
  };
};

/** By which name Step Functions hears of what becomes of a worker. */
const NAMES: { readonly [kind in CaseFault['kind']]?: string } = {
  crash: 'Runtime.ExitError',
  timeout: 'Sandbox.Timedout',
  throttle: 'Lambda.TooManyRequestsException',
};

type Left = CaseFault & { times: number };

/** One call of a Lambda, as `shared/faults/armed.ts` has it fail. */
const under = async (fault: Left | undefined, city: City, work: () => Promise<unknown>): Promise<unknown> => {
  if (!fault) return work();
  fault.times -= 1;
  const { kind, point, error = 'TransientError', slowMs = 1_000 } = fault;
  const happens = () => {
    if (kind === 'slow') city.clock.advance(slowMs);
    const name = kind === 'error' ? error : NAMES[kind];
    if (name !== undefined) throw Object.assign(new Error('a fault on command'), { name });
  };
  if (kind === 'duplicate') await work();
  if (point === 'before') happens();
  const answer = await work();
  if (point === 'after') happens();
  return answer;
};

const cameOf = async (
  city: City,
  wallet: number,
  left: readonly CaseFault[],
): Promise<Omit<Came, 'ends'>> => {
  // As callers see it: the console has nothing else to make a case from.
  const { status, reason, steps, undone } = viewOf(await city.record(), String);
  const books: { [role: string]: number } = {};
  for (const { pk, account, amount, payment } of city.store.all()) {
    if (!String(pk).startsWith('LEDGER#') || payment !== PAYMENT) continue;
    const role = roleOf(String(account));
    books[role] = (books[role] ?? 0) + Number(amount);
  }
  const balance = Number((await city.store.get(walletKey(PAYER)))?.balance);
  return {
    path: city.trail,
    ending: { status, ...(reason === undefined ? {} : { reason: reason.name }) },
    done: steps.flatMap(({ step, state }) => (state === 'done' ? [step] : [])),
    undone: undone.map(({ step, outcome }) => ({ step, outcome })),
    books,
    unmet: left.filter(({ times }) => times > 0),
    adrift: {
      bank: city.clearing() + (books['bank-clearing'] ?? 0),
      wallet: balance - wallet - (books['wallet:payer'] ?? 0),
    },
  };
};

/** An account of the payment by whose it is; one that is nobody's here is shown as it is. */
const roleOf = (account: string): string => {
  const role = account.replace(`:${PAYER}`, ':payer').replace(`:${MERCHANT}`, '');
  return AccountRole.safeParse(role).data ?? account;
};
