/** What a thousand payments cost, as the pages show it. */
import { table } from '../table.ts';
import { type Item, KINDS, type Kind, type Measured, type Prices } from './measured.ts';
import { dollarsFor, PAYMENTS, savedWithout, totalOf, usedBy } from './reckon.ts';

export type Language = 'en' | 'hi';
type Text = { readonly [L in Language]: string };

const KIND_TEXTS: { readonly [K in Kind]: Text } = {
  at_once: { en: 'by UPI, approved at once', hi: 'UPI, तुरंत मंज़ूर' },
  approved: { en: 'by QR, waited for', hi: 'QR, प्रतीक्षा के साथ' },
  wallet: { en: 'from the wallet', hi: 'वॉलेट से' },
  compensated: { en: 'by QR, compensated at the pivot', hi: 'QR, pivot पर compensated' },
};

const ITEM_TEXTS: { readonly [item in Item]: Text } = {
  transitions: { en: 'Step Functions, state transitions', hi: 'Step Functions, state transitions' },
  invocations: { en: 'Lambda, calls', hi: 'Lambda, कॉल' },
  gbSeconds: { en: 'Lambda, GB-seconds', hi: 'Lambda, GB-seconds' },
  writes: { en: 'DynamoDB, write units', hi: 'DynamoDB, लिखने की इकाइयाँ' },
  reads: { en: 'DynamoDB, read units', hi: 'DynamoDB, पढ़ने की इकाइयाँ' },
  events: { en: 'EventBridge, events', hi: 'EventBridge, events' },
  queueRequests: { en: 'SQS, requests', hi: 'SQS, अनुरोध' },
  apiRequests: { en: 'API Gateway, requests', hi: 'API Gateway, अनुरोध' },
  logGigabytes: { en: 'CloudWatch Logs, GB taken in', hi: 'CloudWatch Logs, लिए गए GB' },
};

const ITEMS = Object.keys(ITEM_TEXTS) as Item[];

/** A laptop gives a function more of a processor than Lambda with 256 MB: so many times as long is shown as well. */
const SLOWER = 5;

/** States that ask for something by an event, and states that touch nothing but our own table. */
const ASKING = 3;
const ON_OUR_TABLE = 10;

/** The tables and their sentences, from what was measured and what it costs. */
export const costs = (measured: Measured, prices: Prices, language: Language): string => {
  const { rate } = prices.rupeesPerDollar;
  const money = (dollars: number): string => `$${dollars.toFixed(3)} (₹${(dollars * rate).toFixed(2)})`;
  const columns = KINDS.map((kind) => {
    const { payment, traces } = measured.kinds[kind];
    const used = usedBy(payment, measured);
    const dollars = dollarsFor(used, prices);
    return { used, dollars, traces: totalOf(dollarsFor(usedBy(traces, measured, 0), prices)) };
  });
  const kinds = KINDS.map((kind) => KIND_TEXTS[kind][language]);
  const say = TEXTS[language];
  const uses = ITEMS.map((item) => [
    ITEM_TEXTS[item][language] + (prices.items[item].region === 'ap-south-1' ? '' : ' ¹'),
    ...columns.map(({ used }) => figures(used[item])),
    `$${prices.items[item].usd} / ${prices.items[item].unit}`,
  ]);
  const bills = ITEMS.map((item) => [
    ITEM_TEXTS[item][language],
    ...columns.map(({ dollars }) => money(dollars[item])),
  ]);
  const [first] = columns;
  const saved = (calls: number) => money(first ? savedWithout(calls, first.used, first.dollars) : 0);
  return [
    say.measured(measured),
    table([say.perPayment, ...kinds, say.price], uses),
    table(
      [say.perThousand, ...kinds],
      [
        ...bills,
        [`**${say.total}**`, ...columns.map((one) => `**${money(totalOf(one.dollars))}**`)],
        [
          say.slower,
          ...columns.map((one) => money(totalOf(one.dollars) + (SLOWER - 1) * one.dollars.gbSeconds)),
        ],
        [say.traces, ...columns.map((one) => money(one.traces))],
      ],
    ),
    say.notes(prices),
    say.direct(saved(ASKING), saved(ON_OUR_TABLE), money(first?.dollars.transitions ?? 0)),
  ].join('\n\n');
};

const TEXTS = {
  en: {
    perPayment: 'One payment uses',
    perThousand: `${PAYMENTS.toLocaleString('en-IN')} payments cost`,
    price: 'Price',
    total: 'In all',
    slower: `the same, if Lambda takes ${SLOWER} times as long`,
    traces: 'and the traces that `dabba trace` reads',
    measured: ({ payments, commit, day, cores, memory }: Measured) =>
      `Written by \`npm run bench:costs\` from ${payments} payments of each kind with ${commit} on ${day}, on a machine with ${cores} cores; functions have ${memory} MB. [How it is measured](../../bench/README.md#how-the-costs-are-measured)`,
    notes: ({ rupeesPerDollar: { rate, asOf } }: Prices) =>
      `¹ The price of us-east-1, as none of Mumbai was found. List prices before tax and free tiers, with their sources in [cost/prices.json](cost/prices.json); ₹${rate} to the dollar, the newest rate that was found (${asOf}). Left out: what is paid by the month whatever is paid (alarms, metrics, storage, polled queues, sweepers), looks through the door, and the bank, which is not ours. What Lambda reads of a stream is taken as free.`,
    direct: (asking: string, all: string, transitions: string) =>
      `Direct integrations in place of the Lambdas of the first column would save ${asking} for the ${ASKING} best-effort states, and at most ${all} for all ${ON_OUR_TABLE} that touch nothing but our own table. The transitions stay, ${transitions}, and so does what is written.`,
  },
  hi: {
    perPayment: 'एक भुगतान में लगता है',
    perThousand: `${PAYMENTS.toLocaleString('en-IN')} भुगतानों की लागत`,
    price: 'दर',
    total: 'कुल',
    slower: `वही, अगर Lambda को ${SLOWER} गुना समय लगे`,
    traces: 'और वे traces जिन्हें `dabba trace` पढ़ता है',
    measured: ({ payments, commit, day, cores, memory }: Measured) =>
      `\`npm run bench:costs\` ने हर तरह के ${payments} भुगतानों से लिखा: ${commit}, ${day}, ${cores} cores वाली मशीन; हर function के पास ${memory} MB। [कैसे मापा जाता है](../../bench/README.md#how-the-costs-are-measured)`,
    notes: ({ rupeesPerDollar: { rate, asOf } }: Prices) =>
      `¹ us-east-1 की दर, क्योंकि मुंबई की नहीं मिली। सूची की दरें, कर और मुफ़्त हिस्से से पहले; स्रोत [cost/prices.json](cost/prices.json) में; डॉलर ₹${rate} का, जो मिली हुई सबसे नई दर है (${asOf})। शामिल नहीं: जो हर महीने लगता है चाहे भुगतान हों या न हों (अलार्म, metrics, storage, queue की निगरानी, sweeper), दरवाज़े से देखना, और बैंक, जो हमारा नहीं है। Lambda का stream पढ़ना मुफ़्त माना गया है।`,
    direct: (asking: string, all: string, transitions: string) =>
      `पहले स्तंभ के Lambda की जगह सीधे integration हों तो ${ASKING} best-effort अवस्थाओं में ${asking} बचेंगे, और उन सभी ${ON_OUR_TABLE} में, जो केवल हमारी table छूती हैं, अधिक से अधिक ${all}। transitions, ${transitions}, वही रहेंगे, और लिखना भी।`,
  },
} as const;

/** What is worth reading of a number: 25, 4.3, 0.00012. */
const figures = (value: number): string => {
  if (value === 0) return '0';
  return value >= 1
    ? String(Math.round(value * 10) / 10)
    : value.toPrecision(2).replace(/e-(\d+)$/, ' × 10⁻$1');
};
