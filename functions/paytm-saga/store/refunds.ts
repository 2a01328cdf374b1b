import {
  absent,
  type Change,
  credit,
  debit,
  type EffectStore,
  equals,
  missing,
  oneOf,
  type Posting,
  put,
  type Telltale,
  update,
  VersionConflictError,
  when,
} from '../../../shared/effects/index.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import type { Page, PageOf } from '../../../shared/http/index.ts';
import type { OutgoingEvent } from '../../../shared/messaging/events.ts';
import { paise } from '../../../shared/money/index.ts';
import { events, type PaymentId, type RefundId } from '../contract.ts';
import {
  BANK_CLEARING,
  COMMISSION,
  GST_OUTPUT,
  merchantOf,
  REFUNDS_DUE,
  walletOf,
} from '../domain/accounts.ts';
import { PaymentNotCompletedError, RefundEndedError } from '../domain/errors.ts';
import { bankKey, type Payment, type Resumption } from '../domain/payment.ts';
import type { Refund } from '../domain/refund.ts';
import type { BankPorts } from '../peers.ts';
import { happened } from './history.ts';
import { openSince, ownedBy, paymentKey, refundKey, refundsOf } from './keys.ts';
import { pageOfOpen, walksOfOpen } from './open.ts';
import { orderResumed, orderSetAside, orderTried } from './orders.ts';
import { walletCredited } from './wallets.ts';

/** What writes a refund down: its record, the merchant's money that becomes due, and, where it ends at once, its end. */
interface Accepted {
  readonly changes: Change[];
  readonly postings: { readonly facts: { payment: string; step: string }; readonly lines: Posting[] };
  readonly events: OutgoingEvent[];
  readonly history: Telltale;
}

/**
 * Accepts a refund of a payment as it was read. The payment keeps the sum of its refunds: who comes second with the same
 * sum reads again. A wallet is ours, so its payer has the money in the same transaction; a bank is asked afterwards.
 */
export const refundAccepted = (payment: Payment, refund: Refund): Accepted => {
  const { id, merchant, payer, amount, parts, method } = refund;
  const atOnce = method === 'paytm_wallet';
  const record: Refund = atOnce ? { ...refund, status: 'completed', endedAt: refund.createdAt } : refund;
  return {
    changes: [
      refundedMore(payment, refund),
      put(
        refundKey(id),
        {
          ...record,
          parts: { ...parts },
          resumptions: undefined,
          ...ownedBy(refundsOf(refund.payment), `${refund.createdAt}#${id}`),
          ...(atOnce ? {} : openSince('refund', id, refund.createdAt)),
        },
        when(absent(), () => new RefundEndedError({ refund: id })),
      ),
      ...(atOnce ? [walletCredited(payer, amount)] : []),
    ],
    postings: {
      facts: { payment: refund.payment, step: 'refund' },
      lines: [
        debit(merchantOf(merchant), parts.merchant),
        debit(COMMISSION, parts.commission),
        debit(GST_OUTPUT, parts.gst),
        credit(REFUNDS_DUE, amount),
        ...(atOnce ? [debit(REFUNDS_DUE, amount), credit(walletOf(payer), amount)] : []),
      ].filter((line) => line.amount !== 0),
    },
    events: atOnce ? told(refund) : [],
    ...happened(refund.payment, atOnce ? 'refund_paid' : 'refund_accepted', {
      ...{ refund: id, amount, by: refund.by, note: refund.reason },
    }),
  };
};

/** The one write on which all refunds of a payment meet: never more than was paid, however many come at once. */
const refundedMore = ({ id, refunded = paise(0) }: Payment, { amount }: Refund): Change =>
  update(
    paymentKey(id),
    { set: { refunded: refunded + amount } },
    when(
      equals('status', 'completed'),
      (found) => new PaymentNotCompletedError({ payment: id, status: String(found?.status) }),
    ),
    when(
      refunded === 0 ? missing('refunded') : equals('refunded', refunded),
      (found) => new VersionConflictError({ expected: refunded, found: Number(found?.refunded ?? 0) }),
    ),
  );

/** That the payer has the money: a fact for the city, and a notice for them. */
const told = ({ id, payment, payer, merchant, amount, method, ...refund }: Refund) => {
  const { reference, startedBy, correlationId, traceparent } = refund;
  const origin = { correlationId, traceparent, causationId: id, subject: id };
  return [
    events.refundCompleted.of({
      ...origin,
      sequence: 1,
      data: {
        ...{ refund: id, payment, payer, merchant, amount, method },
        ...(reference === undefined ? {} : { reference }),
        ...(startedBy === undefined ? {} : { startedBy }),
      },
    }),
    events.noticeRequested.of({
      ...origin,
      sequence: 2,
      data: { payment, kind: 'refund_notice', refund: id, recipient: payer, amount },
    }),
  ];
};

const underWay = (id: RefundId) =>
  when(equals('status', 'in_progress'), () => new RefundEndedError({ refund: id }));

const refundEnded = (id: RefundId, to: { endedAt: string; transactionId: string }): Change =>
  update(
    refundKey(id),
    { set: { ...to, status: 'completed' }, remove: ['openShard', 'openSince', 'attention'] },
    when(oneOf('status', ['in_progress', 'needs_attention']), () => new RefundEndedError({ refund: id })),
  );

/** The sweeper has tried in vain. */
export const refundTried = (id: RefundId, tries: number): Change =>
  orderTried(refundKey(id), tries, underWay(id));

/** A person has to look: out of the sweeper's sight. What is due stays due. */
export const refundSetAside = (id: RefundId, attention: string, at: string): Change =>
  orderSetAside(refundKey(id), { kind: 'refund-attention', id, attention, at }, underWay(id));

/** A person has looked, and the sweeper tries again. */
export const refundResumed = (refund: Refund, resumption: Omit<Resumption, 'execution'>): Change =>
  orderResumed(refundKey(refund.id), 'refund', refund, resumption);

/**
 * Asks the bank to pay the payer back, under the refund's own key, and books it, once each, however often it is called.
 * @throws {CreditsBlockedError} the payer's account takes no money; it stays due
 */
export const finishRefund =
  ({ refunds, bank, effects, now }: Pick<BankPorts, 'refunds' | 'bank' | 'effects' | 'now'>) =>
  async (id: RefundId): Promise<void> => {
    const refund = await refunds.load(id);
    if (refund.status === 'completed') return;
    const { payment, amount } = refund;
    const { reference } = await bank.payBack(id, { of: bankKey(payment), amount });
    await effects.commit({
      effect: { owner: id, name: 'pay-back' },
      changes: [refundEnded(id, { endedAt: now().toISOString(), transactionId: reference })],
      postings: {
        facts: { payment, step: 'refund_paid', key: id },
        lines: [debit(REFUNDS_DUE, amount), credit(BANK_CLEARING, amount)],
      },
      events: told(refund),
      ...happened(payment, 'refund_paid', { refund: id, amount }),
      answer: id,
    });
  };

export interface Refunds {
  /** @throws {NotFoundError} */
  load(id: RefundId): Promise<Refund>;
  /** A payment's refunds, newest first. */
  of(payment: PaymentId, page: Page): Promise<PageOf<Refund>>;
  /** Those that are not finished, of one kind: in progress, or for a person to look at. The oldest of each shard first. */
  open(kind: 'refund' | 'refund-attention', page: Page): Promise<PageOf<Refund>>;
  /** Those that the sweeper has to finish, in one walk for each shard, the oldest first. */
  walks(): AsyncGenerator<Refund>[];
}

export const refunds = (store: EffectStore): Refunds => ({
  async load(id) {
    const found = await store.get(refundKey(id));
    if (!found) throw new NotFoundError({ what: 'refund', id });
    return found as unknown as Refund;
  },
  async of(payment, { cursor, limit }) {
    const page = await store.query({
      ...{ index: 'byOwner', pk: refundsOf(payment), limit, newestFirst: true },
      ...(cursor ? { from: cursor } : {}),
    });
    return page as unknown as PageOf<Refund>;
  },
  open: (kind, page) => pageOfOpen(store, kind, page),
  walks: () => walksOfOpen(store, 'refund'),
});
