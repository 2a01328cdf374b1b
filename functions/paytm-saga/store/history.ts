import {
  type EffectStore,
  type HistoryLine,
  pageOfHistory,
  type Telltale,
} from '../../../shared/effects/index.ts';
import type { Page, PageOf } from '../../../shared/http/index.ts';
import type { HistoryWhat } from '../contract.history.ts';
import type { PaymentId } from '../contract.ts';

/** What an effect says in the history of a payment, for its commit; see `domain/history.ts` for who reads which facts. */
export const happened = (
  of: PaymentId,
  what: HistoryWhat,
  facts: NonNullable<Telltale['facts']> = {},
): { readonly history: Telltale } => ({ history: { of, what, facts } });

export interface History {
  /** One page of what has happened to a payment, oldest first. */
  of(payment: PaymentId, page: Page): Promise<PageOf<HistoryLine>>;
}

export const history = (store: EffectStore): History => ({
  of: (payment, { cursor, limit }) =>
    pageOfHistory(store, { of: payment, limit, ...(cursor ? { from: cursor } : {}) }),
});
