/** What the console knows of single systems: which machine is whose saga, and where its books are. */
import { type HistoryEntry, historyRoutes } from '../../functions/paytm-saga/contract.history.ts';
import { ask } from './ask.ts';

/** The saga behind a machine, for what Step Functions does not know of it. */
export interface SagaOfSystem {
  readonly system: string;
  /** All that happened to it, with its postings, oldest first. Operators alone are told of postings. */
  history(saga: string, signal: AbortSignal): Promise<readonly HistoryEntry[]>;
}

const MOST_PAGES = 20;

const paytmSaga: SagaOfSystem = {
  system: 'paytm-saga',
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
};

const SAGAS: { readonly [machine: string]: SagaOfSystem } = { 'paytm-saga-payment': paytmSaga };

/** Undefined for a machine whose system tells nothing more. */
export const sagaOfMachine = (machine: string): SagaOfSystem | undefined =>
  Object.hasOwn(SAGAS, machine) ? SAGAS[machine] : undefined;
