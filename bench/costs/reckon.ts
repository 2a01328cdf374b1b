/** From what a payment asks of AWS to what a thousand of them cost. */
import type { Item, Measured, PaymentUse, Prices } from './measured.ts';

export const PAYMENTS = 1_000;

/** A message is sent, received and deleted. */
const REQUESTS_A_MESSAGE = 3;

/** For how many of its unit the price of an item is. */
const LOTS: { readonly [item in Item]: number } = {
  transitions: 1_000,
  invocations: 1e6,
  gbSeconds: 1,
  writes: 1e6,
  reads: 1e6,
  events: 1e6,
  queueRequests: 1e6,
  apiRequests: 1e6,
  logGigabytes: 1,
};

export type Amounts = { readonly [item in Item]: number };

/**
 * What one payment uses of each item.
 * @param starts how often it went through the API: once to start, and who looks how it stands pays for that look
 */
export const usedBy = (use: PaymentUse, { memory }: Pick<Measured, 'memory'>, starts = 1): Amounts => ({
  transitions: use.transitions,
  invocations: use.invocations,
  gbSeconds: (use.lambdaMs / 1_000) * (memory / 1_024),
  writes: use.writes,
  reads: use.reads,
  events: use.events,
  queueRequests: use.messages * REQUESTS_A_MESSAGE,
  apiRequests: starts,
  logGigabytes: use.logBytes / 1e9,
});

/** Dollars for {@link PAYMENTS} payments, by item. */
export const dollarsFor = (used: Amounts, { items }: Pick<Prices, 'items'>): Amounts => {
  const cost = (item: Item): number => (used[item] * PAYMENTS * items[item].usd) / LOTS[item];
  return Object.fromEntries(Object.keys(LOTS).map((item) => [item, cost(item as Item)])) as Amounts;
};

export const totalOf = (dollars: Amounts): number =>
  Object.values(dollars).reduce((sum, one) => sum + one, 0);

/**
 * What direct integrations in place of Lambdas would save in dollars for {@link PAYMENTS} payments: of so many calls
 * the call, its time and its log. The transitions stay, and so does what is written.
 */
export const savedWithout = (calls: number, used: Amounts, dollars: Amounts): number =>
  (calls / used.invocations) * (dollars.invocations + dollars.gbSeconds + dollars.logGigabytes);
