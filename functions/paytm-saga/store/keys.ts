import type { Key } from '../../../shared/effects/index.ts';

// Keys and index attributes of the table, in one place. They must not be written anywhere else.

export const paymentKey = (id: string): Key => ({ pk: `PAYMENT#${id}`, sk: 'PAYMENT' });
/** One payer's own name for a payment. */
export const referenceKey = (payer: string, reference: string): Key => ({
  pk: `REFERENCE#${payer}`,
  sk: reference,
});
export const userKey = (id: string): Key => ({ pk: `USER#${id}`, sk: 'USER' });
export const merchantKey = (id: string): Key => ({ pk: `MERCHANT#${id}`, sk: 'MERCHANT' });
/** What a merchant has been paid on a day of Asia/Kolkata. */
export const merchantDayKey = (id: string, day: string): Key => ({ pk: `MERCHANT#${id}`, sk: `DAY#${day}` });
export const walletKey = (user: string): Key => ({ pk: `WALLET#${user}`, sk: 'WALLET' });
/** What was brought into a wallet in a month of Asia/Kolkata. */
export const walletMonthKey = (user: string, month: string): Key => ({
  pk: `WALLET#${user}`,
  sk: `MONTH#${month}`,
});
export const topUpKey = (id: string): Key => ({ pk: `TOPUP#${id}`, sk: 'TOPUP' });
export const refundKey = (id: string): Key => ({ pk: `REFUND#${id}`, sk: 'REFUND' });
export const linkKey = (id: string): Key => ({ pk: `LINK#${id}`, sk: 'LINK' });
export const noticeKey = (payment: string, kind: string): Key => ({
  pk: `PAYMENT#${payment}`,
  sk: `NOTICE#${kind}`,
});

/** How far the closing of the books has come, and how far that of a day. */
export const booksKey: Key = { pk: 'BOOKS', sk: 'BOOKS' };
export const dayKey = (day: string): Key => ({ pk: `DAY#${day}`, sk: 'CLOSING' });
export const reconciliationKey = (day: string, kind: 'final' | 'interim'): Key => ({
  pk: `DAY#${day}`,
  sk: `RECONCILIATION#${kind}`,
});
/** What was counted of a day so far, by account; another attempt counts anew. */
export const tallyPartition = (day: string, attempt: number): string => `TALLY#${day}#${attempt}`;
/** What an account was closed with, by day. */
export const closingPartition = (account: string): string => `CLOSING#${account}`;

/** How many partitions share what the whole city lists: open sagas and wallets. */
export const SHARDS = 4;

/** Index `byOwner`: a payer's payments and a payment's refunds, newest last; a shard's wallets; a day's closings. */
export const ownedBy = (owner: string, sort: string) => ({ ownerPk: owner, ownerSk: sort });
export const paymentsOf = (payer: string): string => `PAYER#${payer}`;
export const refundsOf = (payment: string): string => `REFUNDS#${payment}`;
export const closingsOf = (day: string): string => `CLOSINGS#${day}`;
export const walletsOf = (shard: number): string => `WALLETS#${shard}`;

/** What is not finished: `payment`, `topup` and `refund` are the sweeper's to look at, the others are for a person. */
export type Open = 'payment' | 'topup' | 'refund' | 'attention' | 'topup-attention' | 'refund-attention';

/** Index `open`, sparse: everything that is not finished; the attributes go when it is. */
export const openSince = (kind: Open, id: string, at: string) => ({
  openShard: openShard(kind, shardOf(id)),
  openSince: `${at}#${id}`,
});
export const openShard = (kind: Open, shard: number): string => `OPEN#${kind}#${shard}`;

/** A stable spread of ids: the last hexadecimal digit of a UUID v7 is random. */
export const shardOf = (id: string): number => Number.parseInt(id.slice(-1), 16) % SHARDS;
