/** Test help: the doors of the payment saga on a store in memory, asked as their handlers ask them. */
import { vi } from 'vitest';
import type * as z from 'zod';
import { type MemoryStore, memoryStore } from '../../shared/effects/index.ts';
import type { Caller, RouteDefinition } from '../../shared/http/index.ts';
import { houseMessages, type Language, say } from '../../shared/messages/index.ts';
import { fixedClock, sequenceIds } from '../../shared/testing/index.ts';
import { memoryBank } from './bank.fixture.ts';
import { PAYER, payer, START } from './city.fixture.ts';
import type { ClosingWork } from './contract.closing.ts';
import { routes, UserId } from './contract.ts';
import { changeMerchant } from './doors/change-merchant.ts';
import { changeUser } from './doors/change-user.ts';
import { createLink } from './doors/create-link.ts';
import { createMerchant } from './doors/create-merchant.ts';
import { createUser } from './doors/create-user.ts';
import { endLink } from './doors/end-link.ts';
import { getPayment } from './doors/get-payment.ts';
import { getReconciliation } from './doors/get-reconciliation.ts';
import { getRefund } from './doors/get-refund.ts';
import { getWallet } from './doors/get-wallet.ts';
import { listClosings } from './doors/list-closings.ts';
import { listPaymentHistory } from './doors/list-payment-history.ts';
import { listPaymentRefunds } from './doors/list-payment-refunds.ts';
import { listPayments } from './doors/list-payments.ts';
import { listPostings } from './doors/list-postings.ts';
import { listRefunds } from './doors/list-refunds.ts';
import { listTopUps } from './doors/list-top-ups.ts';
import { listWallets } from './doors/list-wallets.ts';
import { reconcileDay } from './doors/reconcile-day.ts';
import { refundPayment } from './doors/refund-payment.ts';
import { rerunPayment } from './doors/rerun-payment.ts';
import { resumePayment } from './doors/resume-payment.ts';
import { resumeRefund } from './doors/resume-refund.ts';
import { resumeTopUp } from './doors/resume-top-up.ts';
import { startPayment } from './doors/start-payment.ts';
import { topUpWallet } from './doors/top-up-wallet.ts';
import { closingMessages } from './messages.closing.ts';
import { refundMessages } from './messages.refunds.ts';
import { topUpMessages } from './messages.top-ups.ts';
import { messages } from './messages.ts';
import { sweepOnce } from './operator.fixture.ts';
import { memoryParking } from './parking.fixture.ts';
import { closingsOn } from './store/closing-ports.ts';
import { INDEXES, portsOn } from './store/ports.ts';

export const operator: Caller = { subject: 'operator', roles: ['operator'] };
export const customer = (subject: string = PAYER): Caller => ({ subject, roles: ['customer'] });
/** A system of the city, by its own token. */
export const system = (name: string): Caller => ({ subject: `service:${name}`, roles: ['service'] });
export const stranger = UserId.parse('user_0198c0de-0000-7000-8000-00000000dead');

/** What a caller says: path, query, body, key, language. */
export interface Asked {
  readonly path?: object;
  readonly query?: object;
  readonly body?: object;
  readonly idempotencyKey?: string;
  readonly language?: Language;
}

type Door = (
  ports: never,
) => (request: never, context: never) => Promise<{ readonly status: number; readonly body: unknown }>;

export const cityWithDoors = (store: MemoryStore = memoryStore({ indexes: INDEXES })) => {
  const clock = fixedClock(START);
  const bank = memoryBank();
  const started: string[] = [];
  const closingWork: ClosingWork[] = [];
  const { parking, parked, letters } = memoryParking(clock.now);
  const faults: { start?: Error; debit?: Error; send?: Error; payBack?: Error; settle?: Error } = {};
  const ports = {
    ...portsOn(store, {
      now: clock.now,
      ids: sequenceIds(),
      chance: () => 0,
      deadline: () => 5_000,
      pause: async () => undefined,
    }),
    ...closingsOn(store),
    async send(work: ClosingWork) {
      if (faults.send) throw faults.send;
      closingWork.push(work);
    },
    bank: {
      ...bank.bank,
      async learnDebit(key: string) {
        if (faults.debit) throw faults.debit;
        return bank.bank.learnDebit(key);
      },
      async debit(...order: Parameters<typeof bank.bank.debit>) {
        const answer = await bank.bank.debit(...order);
        if (faults.debit) throw faults.debit;
        return answer;
      },
      async payBack(...order: Parameters<typeof bank.bank.payBack>) {
        const answer = await bank.bank.payBack(...order);
        if (faults.payBack) throw faults.payBack;
        return answer;
      },
    },
    executions: {
      async start({ id, actor }: { id: string; actor: number }) {
        if (faults.start) throw faults.start;
        started.push(`${id}.${actor}`);
      },
      state: async (id: string, actor: number) =>
        started.includes(`${id}.${actor}`) ? ('running' as const) : ('absent' as const),
    },
    parking: {
      park: parking.park,
      async settle(...asked: Parameters<typeof parking.settle>) {
        if (faults.settle) throw faults.settle;
        return parking.settle(...asked);
      },
    },
  };
  /** Asks a door as its handler does: the route parses what comes in, and what goes out is what it promises. */
  const asking =
    <R extends RouteDefinition>(route: R, door: Door) =>
    async (caller: Caller, { language = 'en', idempotencyKey = 'key-1', ...asked }: Asked = {}) => {
      const part = (name: 'path' | 'query' | 'body') =>
        (route.request[name] as z.ZodType | undefined)?.parse(asked[name] ?? {});
      const request = {
        path: part('path'),
        query: part('query'),
        body: part('body'),
        caller,
        language,
        idempotencyKey: route.idempotent ? idempotencyKey : undefined,
        say: (name: string, facts: object = {}) =>
          say(
            { ...houseMessages, ...messages, ...refundMessages, ...topUpMessages, ...closingMessages },
            name,
            facts,
            language,
          ),
      };
      const context = { correlationId: 'correlation', traceparent: 'trace', remainingMs: () => 5_000 };
      const answer = await door(ports as never)(request as never, context as never);
      // As the house answers: nothing leaves that the contract does not name.
      const promised = route.answers[answer.status] as z.ZodType;
      return { ...answer, body: promised.parse(answer.body) } as {
        status: number;
        headers?: { Location: string };
        body: z.output<NonNullable<R['answers'][keyof R['answers'] & number]>>;
      };
    };
  return {
    ports,
    store,
    clock,
    bank,
    started,
    closingWork,
    /** Of what a person was told, ever, and of what there are letters still. */
    parked: () => parked.flatMap(({ subject }) => Object.values(subject)),
    letters: () => letters.flatMap(({ subject }) => Object.values(subject)),
    faults,
    sweep: () => sweepOnce(ports),
    startPayment: asking(routes.startPayment, startPayment),
    rerunPayment: asking(routes.rerunPayment, rerunPayment),
    getPayment: asking(routes.getPayment, getPayment),
    listPaymentHistory: asking(routes.listPaymentHistory, listPaymentHistory),
    resumePayment: asking(routes.resumePayment, resumePayment),
    listPayments: asking(routes.listPayments, listPayments),
    topUpWallet: asking(routes.topUpWallet, topUpWallet),
    listTopUps: asking(routes.listTopUps, listTopUps),
    resumeTopUp: asking(routes.resumeTopUp, resumeTopUp),
    refundPayment: asking(routes.refundPayment, refundPayment),
    listPaymentRefunds: asking(routes.listPaymentRefunds, listPaymentRefunds),
    getRefund: asking(routes.getRefund, getRefund),
    listRefunds: asking(routes.listRefunds, listRefunds),
    resumeRefund: asking(routes.resumeRefund, resumeRefund),
    createLink: asking(routes.createLink, createLink),
    endLink: asking(routes.endLink, endLink),
    getWallet: asking(routes.getWallet, getWallet),
    listWallets: asking(routes.listWallets, listWallets),
    createUser: asking(routes.createUser, createUser),
    changeUser: asking(routes.changeUser, changeUser),
    createMerchant: asking(routes.createMerchant, createMerchant),
    changeMerchant: asking(routes.changeMerchant, changeMerchant),
    listPostings: asking(routes.listPostings, listPostings),
    listClosings: asking(routes.listClosings, listClosings),
    getReconciliation: asking(routes.getReconciliation, getReconciliation),
    reconcileDay: asking(routes.reconcileDay, reconcileDay),
  };
};

/** Keeps the log to itself: the lines that are written from now on, until the mocks are restored. */
export const heardLog = () => {
  const lines: { readonly level: string; readonly message: string; readonly [field: string]: unknown }[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(JSON.parse(String(line)));
    return true;
  });
  return lines;
};

/** What an operator says of a new payer. */
export const asha = {
  reference: 'asha',
  name: payer.name,
  phone: payer.phone,
  kyc: payer.kyc,
  bankAccount: payer.bankAccount,
};
