/** From what a payment, or another act, asks of AWS to what a thousand of them cost. */
import type { ApiUse, Item, Measured, Prices, Use } from './measured.ts';

/** So many payments, or other acts, are a lot. */
export const THOUSAND = 1_000;

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
  fifoQueueRequests: 1e6,
  topicRequests: 1e6,
  fifoTopicRequests: 1e6,
  apiRequests: 1e6,
  socketMessages: 1e6,
  connectionMinutes: 1e6,
  logGigabytes: 1,
};

export type Amounts = { readonly [item in Item]: number };

/** What goes through an API and what is looked at apart: once to start a payment, and nothing for its traces. */
export const ONCE: ApiUse = { requests: 1, socketMessages: 0, connectionMinutes: 0 };
export const NEVER: ApiUse = { ...ONCE, requests: 0 };

/** What one payment or another act uses of each item. @param api who looks how it stands pays for that look */
export const usedBy = (
  use: Use,
  { memory }: Pick<Measured, 'memory'>,
  { requests, socketMessages, connectionMinutes }: ApiUse,
): Amounts => ({
  transitions: use.transitions,
  invocations: use.invocations,
  gbSeconds: (use.lambdaMs / 1_000) * (memory / 1_024),
  writes: use.writes,
  reads: use.reads,
  events: use.events,
  queueRequests: use.messages * REQUESTS_A_MESSAGE,
  fifoQueueRequests: (use.fifoMessages ?? 0) * REQUESTS_A_MESSAGE,
  topicRequests: use.topicEvents ?? 0,
  fifoTopicRequests: use.fifoTopicEvents ?? 0,
  apiRequests: requests,
  socketMessages,
  connectionMinutes,
  logGigabytes: use.logBytes / 1e9,
});

/** Dollars for {@link THOUSAND} payments, by item. */
export const dollarsFor = (used: Amounts, { items }: Pick<Prices, 'items'>): Amounts => {
  const cost = (item: Item): number => (used[item] * THOUSAND * items[item].usd) / LOTS[item];
  return Object.fromEntries(Object.keys(LOTS).map((item) => [item, cost(item as Item)])) as Amounts;
};

export const totalOf = (dollars: Amounts): number =>
  Object.values(dollars).reduce((sum, one) => sum + one, 0);

/**
 * What direct integrations in place of Lambdas would save in dollars for {@link THOUSAND} payments: of so many calls
 * the call, its time and its log. The transitions stay, and so does what is written.
 */
export const savedWithout = (calls: number, used: Amounts, dollars: Amounts): number =>
  (calls / used.invocations) * (dollars.invocations + dollars.gbSeconds + dollars.logGigabytes);
