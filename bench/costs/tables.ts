/** The two tables of a page of costs: what one act uses, and what a thousand of them cost. */
import { table } from '../table.ts';
import type { Language, Text } from './acts.ts';
import type { Item, Prices } from './measured.ts';
import { type Amounts, THOUSAND, totalOf } from './reckon.ts';

/** A kind of act. */
export interface Column {
  readonly title: string;
  readonly used: Amounts;
  readonly dollars: Amounts;
  /** Dollars for the traces of a thousand. */
  readonly traces: number;
}

const ITEM_TEXTS: { readonly [item in Item]: Text } = {
  transitions: { en: 'Step Functions, state transitions', hi: 'Step Functions, state transitions' },
  invocations: { en: 'Lambda, calls', hi: 'Lambda, कॉल' },
  gbSeconds: { en: 'Lambda, GB-seconds', hi: 'Lambda, GB-seconds' },
  writes: { en: 'DynamoDB, write units', hi: 'DynamoDB, लिखने की इकाइयाँ' },
  reads: { en: 'DynamoDB, read units', hi: 'DynamoDB, पढ़ने की इकाइयाँ' },
  events: { en: 'EventBridge, events', hi: 'EventBridge, events' },
  queueRequests: { en: 'SQS, requests', hi: 'SQS, अनुरोध' },
  fifoQueueRequests: { en: 'SQS FIFO, requests', hi: 'SQS FIFO, अनुरोध' },
  topicRequests: { en: 'SNS, events', hi: 'SNS, events' },
  fifoTopicRequests: { en: 'SNS FIFO, events', hi: 'SNS FIFO, events' },
  apiRequests: { en: 'API Gateway, requests', hi: 'API Gateway, अनुरोध' },
  socketMessages: { en: 'API Gateway, WebSocket messages', hi: 'API Gateway, WebSocket संदेश' },
  connectionMinutes: { en: 'API Gateway, connection minutes', hi: 'API Gateway, connection के मिनट' },
  logGigabytes: { en: 'CloudWatch Logs, GB taken in', hi: 'CloudWatch Logs, लिए गए GB' },
};

/** A laptop gives a function more of a processor than Lambda with 256 MB: so many times as long is shown as well. */
const SLOWER = 5;

/** Dollars and rupees. @param digits of the dollars, after the point */
export const moneyBy =
  ({ rupeesPerDollar }: Pick<Prices, 'rupeesPerDollar'>, digits = 3) =>
  (dollars: number): string =>
    `$${dollars.toFixed(digits)} (₹${(dollars * rupeesPerDollar.rate).toFixed(2)})`;

/** @param perOne the heads of the first columns */
export const costTables = (
  columns: readonly Column[],
  {
    items,
    prices,
    language,
    ...heads
  }: {
    readonly items: readonly Item[];
    readonly prices: Prices;
    readonly language: Language;
    readonly perOne: string;
    readonly perThousand: string;
    /** Of the dollars, after the point. @default 3 */
    readonly digits?: number;
  },
): string[] => {
  const money = moneyBy(prices, heads.digits);
  const say = TEXTS[language];
  const titles = columns.map(({ title }) => title);
  const uses = items.map((item) => [
    ITEM_TEXTS[item][language] + (prices.items[item].region === 'ap-south-1' ? '' : ' ¹'),
    ...columns.map(({ used }) => figures(used[item])),
    `$${prices.items[item].usd} / ${prices.items[item].unit}`,
  ]);
  const bills = items.map((item) => [
    ITEM_TEXTS[item][language],
    ...columns.map(({ dollars }) => money(dollars[item])),
  ]);
  const slower = ({ dollars }: Column) => totalOf(dollars) + (SLOWER - 1) * dollars.gbSeconds;
  return [
    table([heads.perOne, ...titles, say.price], uses),
    table(
      [heads.perThousand, ...titles],
      [
        ...bills,
        [`**${say.total}**`, ...columns.map(({ dollars }) => `**${money(totalOf(dollars))}**`)],
        [say.slower, ...columns.map((one) => money(slower(one)))],
        [say.traces, ...columns.map(({ traces }) => money(traces))],
      ],
    ),
  ];
};

/** `1,000`: how many of them. */
export const thousand = THOUSAND.toLocaleString('en-IN');

const TEXTS = {
  en: {
    price: 'Price',
    total: 'In all',
    slower: `the same, if Lambda takes ${SLOWER} times as long`,
    traces: 'and the traces that `dabba trace` reads',
  },
  hi: {
    price: 'दर',
    total: 'कुल',
    slower: `वही, अगर Lambda को ${SLOWER} गुना समय लगे`,
    traces: 'और वे traces जिन्हें `dabba trace` पढ़ता है',
  },
} as const;

/** What is worth reading of a number: 25, 4.3, 0.00012. */
const figures = (value: number): string => {
  if (value === 0) return '0';
  return value >= 1
    ? String(Math.round(value * 10) / 10)
    : value.toPrecision(2).replace(/e-(\d+)$/, ' × 10⁻$1');
};
