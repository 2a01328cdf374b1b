import { paise } from '../../../shared/money/index.ts';
import type { PaymentView, StepName } from '../contract.ts';
import { upiLink } from './instruments.ts';
import { COMPENSATIONS, type Payment, STEPS } from './payment.ts';

/** What a caller sees of a payment; the reason is told in the reader's language by `say`. */
export const viewOf = (payment: Payment, say: (errorName: string, facts: object) => string): PaymentView => {
  const { steps, undone, turn } = payment;
  const settled = steps.settle_merchant;
  const transactionId = steps.process_payment?.transactionId;
  const reason = turn?.error ?? payment.attention;
  return {
    id: payment.id,
    reference: payment.reference,
    payer: payment.payer,
    merchant: payment.merchant,
    amount: payment.amount,
    currency: 'INR',
    method: payment.method,
    ...(payment.description === undefined ? {} : { description: payment.description }),
    ...(payment.link === undefined ? {} : { link: payment.link }),
    ...(payment.emiMonths === undefined ? {} : { emiMonths: payment.emiMonths }),
    status: payment.status,
    ...approvalIn(payment),
    steps: STEPS.flatMap((step: StepName) => {
      const known = steps[step];
      return known ? [{ step, state: known.state, at: known.at }] : [];
    }),
    undone: COMPENSATIONS.flatMap(({ step }) => {
      const known = undone[step];
      return known ? [{ step, outcome: known.outcome, at: known.at }] : [];
    }),
    ...(reason === undefined
      ? {}
      : { reason: { name: reason, detail: say(reason, turn?.facts ?? payment.attentionFacts ?? {}) } }),
    ...(transactionId === undefined ? {} : { transactionId: String(transactionId) }),
    ...(settled === undefined
      ? {}
      : {
          merchantAmount: paise(Number(settled.merchantAmount)),
          commission: paise(Number(settled.commission)),
          gst: paise(Number(settled.gst)),
        }),
    ...(payment.refunded === undefined ? {} : { refunded: payment.refunded }),
    createdAt: payment.createdAt,
    ...(payment.endedAt === undefined ? {} : { endedAt: payment.endedAt }),
  };
};

/** Where to approve it, while the payer is waited for. */
const approvalIn = ({ id, status, direction, steps, approval, merchant, amount }: Payment) => {
  const reserve = steps.reserve_funds;
  // Before the bank has said that it is open, there is nothing to approve.
  const isOpen = status === 'in_progress' && direction === 'forward' && reserve?.open;
  if (!isOpen || !approval) return {};
  const { flow, expiresAt } = approval;
  if (flow !== 'intent' && flow !== 'qr') return { approval: { flow, expiresAt } };
  const name = String(steps.validate_merchant?.name ?? merchant);
  // Of the id its digits alone: a UPI reference has no other signs.
  const reference = id.replace(/^.*_/, '').replaceAll('-', '');
  return { approval: { flow, link: upiLink({ merchant, name, amount, reference }), expiresAt } };
};

/** What an operator sees besides, where there is something to see. */
export const auditOf = ({
  rerunOf,
  resumptions,
  attention,
}: Payment): Pick<PaymentView, 'rerunOf' | 'resumptions' | 'attention'> => ({
  ...(rerunOf === undefined ? {} : { rerunOf }),
  ...(attention === undefined ? {} : { attention }),
  ...(resumptions === undefined ? {} : { resumptions: resumptions.map((one) => ({ ...one })) }),
});
