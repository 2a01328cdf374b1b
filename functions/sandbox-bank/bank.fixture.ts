/** Test help: the bank in memory, asked through the use cases of its doors. */
import { expect } from 'vitest';
import * as z from 'zod';
import { eventOf, type MemoryStore } from '../../shared/effects/index.ts';
import type { Caller } from '../../shared/http/index.ts';
import type { CallContext } from '../../shared/lambda/index.ts';
import type { CloudEvent } from '../../shared/messaging/events.ts';
import { rupees } from '../../shared/money/index.ts';
import { backOffice } from './consumers/back-office.ts';
import {
  AccountId,
  AccountView,
  type Behaviour,
  ClearingAlias,
  OperationKey,
  OperationView,
  type PlaceHold,
  StatementView,
} from './contract.ts';
import type { BankPorts } from './domain/ports.ts';
import { answerRequest } from './doors/answer-request.ts';
import { cancelCapture } from './doors/cancel-capture.ts';
import { cancelDebit } from './doors/cancel-debit.ts';
import { captureHold } from './doors/capture-hold.ts';
import { changeAccount } from './doors/change-account.ts';
import { debitAccount } from './doors/debit-account.ts';
import { getAccount } from './doors/get-account.ts';
import { getOperation } from './doors/get-operation.ts';
import { getStatement } from './doors/get-statement.ts';
import { openAccount } from './doors/open-account.ts';
import { placeHold } from './doors/place-hold.ts';
import { refundCharge } from './doors/refund-charge.ts';
import { voidHold } from './doors/void-hold.ts';
import { bankOn } from './store/ports.ts';

export const operator: Caller = { subject: 'operator', roles: ['operator'] };
export const saga: Caller = { subject: 'service:paytm-saga', roles: ['service'] };
export const clearing = ClearingAlias.parse('clearing:paytm-saga');
const keyOf = (key: string) => OperationKey.parse(key);
const Answer = z.union([AccountView, OperationView, StatementView]);
/** The call that every request of a test comes with. */
export const CALL: CallContext = {
  correlationId: 'c1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  remainingMs: () => 5_000,
};
const rest = { idempotencyKey: undefined, language: 'en', say: () => '', query: undefined } as never;

export const bankIn = (store: MemoryStore) => {
  let ids = 0;
  const clock = { at: Date.parse('2026-11-24T10:00:00Z') };
  const pauses: number[] = [];
  const ports: BankPorts = bankOn(store, {
    now: () => {
      clock.at += 1;
      return new Date(clock.at);
    },
    ids: () => {
      ids += 1;
      return `0193a5c0-0000-7000-8000-${String(ids).padStart(12, '0')}`;
    },
    chance: () => 0,
    deadline: () => 5_000,
    pause: async (ms) => {
      pauses.push(ms);
    },
  });
  const ask = async <R>(
    door: (ports: BankPorts) => (request: never, context: CallContext) => Promise<{ body: R }>,
    request: object,
    caller: Caller,
  ) => {
    const { body } = await door(ports)({ ...(rest as object), ...request, caller } as never, CALL);
    // Every answer is one of the contract, and nothing of the inside shows in it.
    expect(Answer.parse(body)).toEqual(body);
    return body;
  };
  const terms = { amount: rupees(1_000), instrument: 'upi' };
  return {
    ports,
    clock,
    pauses,
    openClearing: (reference: string) =>
      ask(openAccount, { body: { reference, kind: 'clearing', openingBalance: 0 } }, operator),
    open: async (openingBalance = rupees(1_500), reference = 'asha') => {
      const account = await ask(
        openAccount,
        { body: { reference, kind: 'customer', openingBalance } },
        operator,
      );
      return AccountId.parse(account.id);
    },
    account: (id: string) => ask(getAccount, { path: { id } }, operator),
    behave: (id: AccountId, body: Partial<Behaviour>) => ask(changeAccount, { path: { id }, body }, operator),
    hold: (account: AccountId, key = 'p1', caller = saga, more: Partial<PlaceHold> = {}) =>
      ask(placeHold, { path: { key: keyOf(key) }, body: { account, ...terms, ...more } }, caller),
    answer: (decision: 'approve' | 'decline', key = 'p1') =>
      ask(answerRequest, { path: { key: keyOf(key) }, body: { decision } }, operator),
    capture: (key = 'p1', caller = saga) =>
      ask(captureHold, { path: { key: keyOf(key) }, body: { into: clearing } }, caller),
    void: (key = 'p1') => ask(voidHold, { path: { key: keyOf(key) } }, saga),
    cancelCapture: (key = 'p1') => ask(cancelCapture, { path: { key: keyOf(key) } }, saga),
    debit: (account: AccountId, key = 'd1') =>
      ask(debitAccount, { path: { key: keyOf(key) }, body: { account, into: clearing, ...terms } }, saga),
    cancelDebit: (key = 'd1') => ask(cancelDebit, { path: { key: keyOf(key) } }, saga),
    refund: (of: string, amount: number, key = 'r1') =>
      ask(refundCharge, { path: { key: keyOf(key) }, body: { of: keyOf(of), amount: rupees(amount) } }, saga),
    /** The back office comes round once. */
    comeRound: (remainingMs = () => 30_000) => backOffice(ports)({ backOffice: 'due' }, { remainingMs }),
    did: (kind: string, key: string, caller = saga) =>
      ask(getOperation, { path: { kind, key: keyOf(key) } }, caller),
    statement: (id: string, query: object = {}, caller = operator) =>
      ask(getStatement, { path: { id }, query: { limit: 200, ...query } }, caller),
  };
};

/** What the clients were told, in the order of the events of each hold. */
export const toldIn = (store: MemoryStore): readonly CloudEvent[] =>
  store
    .all()
    .filter(({ pk }) => String(pk).startsWith('OUTBOX#'))
    .map(eventOf)
    .sort((one, two) => (one.sequence ?? 0) - (two.sequence ?? 0));

/** The sum of all lines of the bank's ledger: nothing comes from nowhere. */
export const ledgerSum = (store: MemoryStore): number =>
  store
    .all()
    .filter(({ pk }) => String(pk).startsWith('LEDGER#'))
    .reduce((sum, { amount }) => sum + Number(amount), 0);
