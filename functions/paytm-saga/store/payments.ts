import {
  absent,
  type Change,
  type EffectStore,
  equals,
  type Guard,
  type Item,
  missing,
  put,
  update,
  when,
} from '../../../shared/effects/index.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import type { Page, PageOf } from '../../../shared/http/index.ts';
import type { PaymentId, StepName, UserId } from '../contract.ts';
import {
  NothingToResumeError,
  PivotPassedError,
  ReferenceTakenError,
  SagaTurnedError,
} from '../domain/errors.ts';
import {
  type CompensatedStep,
  type Facts as ErrorFacts,
  type Payment,
  PIVOT,
  type Resumption,
  type Undone,
} from '../domain/payment.ts';
import { openSince, ownedBy, paymentKey, paymentsOf, referenceKey } from './keys.ts';
import { pageOfOpen, walksOfOpen } from './open.ts';

// Conditions by name. `actor`, the number of the execution that may act, is the commit's own to check.

const running = (id: string): Guard =>
  when(equals('status', 'in_progress'), () => new SagaTurnedError({ payment: id }));
const forward = (id: string): Guard =>
  when(equals('direction', 'forward'), () => new SagaTurnedError({ payment: id }));
const back = (id: string): Guard =>
  when(equals('direction', 'back'), () => new SagaTurnedError({ payment: id }));
const beforePivot = (id: string): Guard =>
  when(missing(`steps.${PIVOT}`), () => new PivotPassedError({ payment: id }));

/** Writes a new payment, once: its id and the payer's reference must be free. */
export const opened = (payment: Payment): Change[] => [
  put(
    paymentKey(payment.id),
    {
      ...payment,
      ...ownedBy(paymentsOf(payment.payer), `${payment.createdAt}#${payment.id}`),
      ...openSince('payment', payment.id, payment.createdAt),
    } as unknown as Item,
    when(absent(), () => new ReferenceTakenError({ reference: payment.reference })),
  ),
  put(
    referenceKey(payment.payer, payment.reference),
    { payment: payment.id },
    when(absent(), () => new ReferenceTakenError({ reference: payment.reference })),
  ),
];

type Facts = { readonly [fact: string]: string | number | boolean };

/** A step is done, with its facts; only while the saga goes forward. */
export const stepDone = (id: PaymentId, step: StepName, at: string, facts: Facts = {}): Change =>
  update(
    paymentKey(id),
    { set: { [`steps.${step}`]: { ...facts, state: 'done', at } } },
    running(id),
    forward(id),
  );

/** A remote effect is about to be asked for: from here on it may have happened. */
export const stepAsked = (id: PaymentId, step: StepName, at: string): Change =>
  update(paymentKey(id), { set: { [`steps.${step}`]: { state: 'asked', at } } }, running(id), forward(id));

/** It was asked for, and the bank has said that it is open. */
export const stepOpen = (id: PaymentId, step: StepName, at: string): Change =>
  update(
    paymentKey(id),
    { set: { [`steps.${step}`]: { state: 'asked', at, open: true } } },
    running(id),
    forward(id),
  );

/** Whoever waits for the bank, and what wakes it. The newest wait counts: whoever waited before has gone on. */
export const waitKept = (id: PaymentId, waiting: NonNullable<Payment['waiting']>): Change =>
  update(paymentKey(id), { set: { waiting: { ...waiting } } }, running(id), forward(id));

/** What the bank tells of a step that it had left open, as long as somebody may wait for it. */
export const heardFromBank = (id: PaymentId, heard: NonNullable<Payment['heard']>): Change =>
  update(paymentKey(id), { set: { heard: { ...heard } } }, running(id), forward(id));

/** A step is undone; only while the saga goes back. */
export const stepUndone = (id: PaymentId, step: CompensatedStep, undone: Undone): Change =>
  update(paymentKey(id), { set: { [`undone.${step}`]: { ...undone } } }, running(id), back(id));

/** The one write that turns a saga back. It and the pivot exclude each other. */
export const turnedBack = (id: PaymentId, turn: NonNullable<Payment['turn']>): Change =>
  update(
    paymentKey(id),
    { set: { direction: 'back', turn: { ...turn } } },
    running(id),
    forward(id),
    beforePivot(id),
  );

/** The last write of a saga: its ending, and out of everybody's sight who looks at what is not finished. */
export const ended = (
  id: PaymentId,
  status: Exclude<Payment['status'], 'in_progress' | 'needs_attention'>,
  at: string,
  facts: { readonly [field: string]: string | string[] } = {},
): Change =>
  update(
    paymentKey(id),
    { set: { ...facts, status, endedAt: at }, remove: ['openShard', 'openSince'] },
    running(id),
  );

/** The last write before a person looks: out of the sweeper's sight, and among those that need attention. */
export const setAside = (id: PaymentId, attention: string, at: string, facts: ErrorFacts = {}): Change =>
  update(
    paymentKey(id),
    {
      set: {
        ...{ status: 'needs_attention', attention, attentionFacts: { ...facts }, endedAt: at },
        ...openSince('attention', id, at),
      },
    },
    running(id),
  );

/**
 * A person has looked, and it goes on from where its record stands, by another execution: `resumption` is kept. Which
 * ones there are already is the reader's to know, who is the only one to write as long as `actor` is as it was read.
 */
export const resumed = ({ id, createdAt, resumptions = [] }: Payment, resumption: Resumption): Change =>
  update(
    paymentKey(id),
    {
      set: {
        status: 'in_progress',
        actor: resumption.execution,
        resumptions: [...resumptions, resumption].map((one) => ({ ...one })),
        ...openSince('payment', id, createdAt),
      },
      remove: ['attention', 'attentionFacts', 'endedAt'],
    },
    when(
      equals('status', 'needs_attention'),
      (found) => new NothingToResumeError({ subject: id, status: String(found?.status) }),
    ),
  );

/** As {@link resumed}, without a person: the hold has expired, and the way is back, before the pivot alone. */
export const holdExpired = (payment: Payment, resumption: Resumption): Change[] => {
  const { id, direction } = payment;
  const turn = { error: 'DeadlinePassedError', cause: resumption.reason, facts: {}, at: resumption.at };
  return [
    resumed(payment, resumption),
    direction === 'back'
      ? update(paymentKey(id), {}, beforePivot(id))
      : update(paymentKey(id), { set: { direction: 'back', turn } }, beforePivot(id)),
  ];
};

/** The next execution may act, and the one before it no more. */
export const handedOver = (id: PaymentId, to: number): Change =>
  update(paymentKey(id), { set: { actor: to } }, running(id));

export interface Payments {
  /** @throws {NotFoundError} there is no such payment */
  load(id: PaymentId): Promise<Payment>;
  find(id: PaymentId): Promise<Payment | undefined>;
  byReference(payer: UserId, reference: string): Promise<Payment | undefined>;
  of(payer: UserId, page: Page): Promise<PageOf<Payment>>;
  /** Those that are not finished, of one kind: in progress, or for a person to look at. The oldest of each shard first. */
  open(kind: 'payment' | 'attention', page: Page): Promise<PageOf<Payment>>;
  /** Those in progress, in one walk for each shard, the oldest first. */
  walks(): AsyncGenerator<Payment>[];
  /** Those that need attention, in one walk for each shard, the longest parked first. */
  waiting(): AsyncGenerator<Payment>[];
}

export const payments = (store: EffectStore): Payments => {
  const find = async (id: PaymentId) => (await store.get(paymentKey(id))) as unknown as Payment | undefined;
  return {
    find,
    async load(id) {
      const found = await find(id);
      if (!found) throw new NotFoundError({ what: 'payment', id });
      return found;
    },
    async byReference(payer, reference) {
      const alias = await store.get(referenceKey(payer, reference));
      return alias ? find(alias.payment as PaymentId) : undefined;
    },
    async of(payer, { cursor, limit }) {
      const page = await store.query({
        index: 'byOwner',
        pk: paymentsOf(payer),
        limit,
        newestFirst: true,
        ...(cursor ? { from: cursor } : {}),
      });
      return page as unknown as PageOf<Payment>;
    },
    walks: () => walksOfOpen(store, 'payment'),
    waiting: () => walksOfOpen(store, 'attention'),
    open: (kind, page) => pageOfOpen(store, kind, page),
  };
};
