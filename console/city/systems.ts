/** What the console knows of single systems: which machine is whose saga, where its books are, and what can be done. */
import { type HistoryEntry, historyRoutes } from '../../functions/paytm-saga/contract.history.ts';
import { paymentRoutes } from '../../functions/paytm-saga/contract.payments.ts';
import { rerunRoutes } from '../../functions/paytm-saga/contract.reruns.ts';
import { resumeRoutes } from '../../functions/paytm-saga/contract.resume.ts';
import type { PaymentView } from '../../functions/paytm-saga/contract.views.ts';
import { ask } from './ask.ts';

/** The saga behind a machine, for what Step Functions does not know of it. */
export interface SagaOfSystem {
  readonly system: string;
  /** How it stands, as its door says. */
  view(saga: string, signal: AbortSignal): Promise<PaymentView>;
  /** All that happened to it, with its postings, oldest first. Operators alone are told of postings. */
  history(saga: string, signal: AbortSignal): Promise<readonly HistoryEntry[]>;
  /** Lets it go on after it had needed attention. */
  resume(saga: string, reason: string, idempotencyKey: string): Promise<unknown>;
  /** The same once more, under a new id, every call with this correlation id. In a local city alone. */
  rerun(saga: string, correlationId: string): Promise<{ readonly id: string }>;
}

const MOST_PAGES = 20;

const paytmSaga: SagaOfSystem = {
  system: 'paytm-saga',
  view: (paymentId, signal) =>
    ask('paytm-saga', paymentRoutes.getPayment, { path: { paymentId } }, { signal }),
  history: async (paymentId, signal) => {
    const entries: HistoryEntry[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const { items, next } = await ask(
        'paytm-saga',
        historyRoutes.listPaymentHistory,
        { path: { paymentId }, query: { cursor, limit: 100 } },
        { signal },
      );
      entries.push(...items);
      if (next === undefined) return entries;
      cursor = next;
    }
    throw new Error(`more than ${MOST_PAGES} pages of history`);
  },
  resume: (paymentId, reason, idempotencyKey) =>
    ask(
      'paytm-saga',
      resumeRoutes.resumePayment,
      { path: { paymentId }, body: { reason } },
      { idempotencyKey },
    ),
  rerun: (paymentId, correlationId) =>
    // One correlation id, one rerun: asked again, the first answer comes back.
    ask(
      'paytm-saga',
      rerunRoutes.rerunPayment,
      { path: { paymentId } },
      { correlationId, idempotencyKey: correlationId },
    ),
};

const SAGAS: { readonly [machine: string]: SagaOfSystem } = { 'paytm-saga-payment': paytmSaga };

/** Undefined for a machine whose system tells nothing more. */
export const sagaOfMachine = (machine: string): SagaOfSystem | undefined =>
  Object.hasOwn(SAGAS, machine) ? SAGAS[machine] : undefined;
