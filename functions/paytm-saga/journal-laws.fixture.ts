/** Test help: laws about the order of what was written, transaction by transaction. */
import { deepStrictEqual, ok } from 'node:assert/strict';
import { type Change, eventOf, type Key } from '../../shared/effects/index.ts';
import { PAYER } from './city.fixture.ts';
import type { PaymentId } from './contract.ts';
import { walletOf } from './domain/accounts.ts';
import type { Seen } from './saga-trial.fixture.ts';
import { walletKey } from './store/keys.ts';

/** 1, 2, 3 … in the order in which they were committed, and each says what led to it. */
export const eventsAreNumbered = (journal: Seen['journal'], id: PaymentId): void => {
  const told = journal
    .flat()
    .flatMap((change) => (change.does === 'put' && change.key.pk.startsWith('OUTBOX#') ? [change.item] : []))
    .map((item) => eventOf({ pk: 'OUTBOX#', ...item }))
    .filter(({ subject }) => subject === id);
  const numbers = told.map(({ sequence }) => sequence);
  deepStrictEqual(
    numbers,
    Array.from(told, (_, n) => n + 1),
    'the events of a payment are numbered without a gap',
  );
  ok(
    told.every(({ causationid }) => causationid),
    'an event says what led to it',
  );
};

/** Not only in the end: in every transaction, so that whoever reads the books in between finds them right. */
export const walletMovesAsItIsPosted = (journal: Seen['journal']): void => {
  for (const changes of journal) {
    const moved = changes.flatMap((change) =>
      isUpdateOf(walletKey(PAYER))(change) ? [change.add.balance ?? 0] : [],
    );
    const posted = changes.flatMap((change) =>
      change.does === 'put' && change.item.account === walletOf(PAYER) ? [Number(change.item.amount)] : [],
    );
    deepStrictEqual(moved, posted, 'the wallet moves as it is posted');
  }
};

export const isUpdateOf =
  ({ pk, sk }: Key) =>
  (change: Change): change is Extract<Change, { readonly does: 'update' }> =>
    change.does === 'update' && change.key.pk === pk && change.key.sk === sk;
