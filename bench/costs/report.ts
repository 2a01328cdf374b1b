/** What a thousand payments cost, as the pages show it. */
import type { Language, Text } from './acts.ts';
import { type Item, KINDS, type Kind, type Measured, type Prices } from './measured.ts';
import { dollarsFor, NEVER, ONCE, savedWithout, totalOf, usedBy } from './reckon.ts';
import { costTables, moneyBy, thousand } from './tables.ts';

const KIND_TEXTS: { readonly [K in Kind]: Text } = {
  at_once: { en: 'by UPI, approved at once', hi: 'UPI, तुरंत मंज़ूर' },
  approved: { en: 'by QR, waited for', hi: 'QR, प्रतीक्षा के साथ' },
  wallet: { en: 'from the wallet', hi: 'वॉलेट से' },
  compensated: { en: 'by QR, compensated at the pivot', hi: 'QR, pivot पर compensated' },
};

const ITEMS: readonly Item[] = [
  ...(['transitions', 'invocations', 'gbSeconds', 'writes', 'reads', 'events'] as const),
  ...(['queueRequests', 'apiRequests', 'logGigabytes'] as const),
];

/** States that ask for something by an event, and states that touch nothing but our own table. */
const ASKING = 3;
const ON_OUR_TABLE = 10;

/** The tables and their sentences, from what was measured and what it costs. */
export const costs = (measured: Measured, prices: Prices, language: Language): string => {
  const money = moneyBy(prices);
  const columns = KINDS.map((kind) => {
    const { payment, traces } = measured.kinds[kind];
    const used = usedBy(payment, measured, ONCE);
    const kept = totalOf(dollarsFor(usedBy(traces, measured, NEVER), prices));
    return { title: KIND_TEXTS[kind][language], used, dollars: dollarsFor(used, prices), traces: kept };
  });
  const say = TEXTS[language];
  const { perOne, perThousand } = say;
  const [first] = columns;
  const saved = (calls: number) => money(first ? savedWithout(calls, first.used, first.dollars) : 0);
  return [
    say.measured(measured),
    ...costTables(columns, { items: ITEMS, prices, language, perOne, perThousand }),
    say.notes(prices),
    say.direct(saved(ASKING), saved(ON_OUR_TABLE), money(first?.dollars.transitions ?? 0)),
  ].join('\n\n');
};

const TEXTS = {
  en: {
    perOne: 'One payment uses',
    perThousand: `${thousand} payments cost`,
    measured: ({ payments, commit, day, cores, memory }: Measured) =>
      `Written by \`npm run bench:costs\` from ${payments} payments of each kind with ${commit} on ${day}, on a machine with ${cores} cores; functions have ${memory} MB. [How it is measured](../../bench/README.md#how-the-costs-are-measured)`,
    notes: ({ rupeesPerDollar: { rate, asOf } }: Prices) =>
      `¹ The price of us-east-1, as none of Mumbai was found. List prices before tax and free tiers, with their sources in [bench/costs/prices.json](../../bench/costs/prices.json); ₹${rate} to the dollar, the newest rate that was found (${asOf}). Left out: what is paid by the month whatever is paid (alarms, metrics, storage, polled queues, sweepers), looks through the door, and the bank, which is not ours. What Lambda reads of a stream is taken as free.`,
    direct: (asking: string, all: string, transitions: string) =>
      `Direct integrations in place of the Lambdas of the first column would save ${asking} for the ${ASKING} best-effort states, and at most ${all} for all ${ON_OUR_TABLE} that touch nothing but our own table. The transitions stay, ${transitions}, and so does what is written.`,
  },
  hi: {
    perOne: 'एक भुगतान में लगता है',
    perThousand: `${thousand} भुगतानों की लागत`,
    measured: ({ payments, commit, day, cores, memory }: Measured) =>
      `\`npm run bench:costs\` ने हर तरह के ${payments} भुगतानों से लिखा: ${commit}, ${day}, ${cores} cores वाली मशीन; हर function के पास ${memory} MB। [कैसे मापा जाता है](../../bench/README.md#how-the-costs-are-measured)`,
    notes: ({ rupeesPerDollar: { rate, asOf } }: Prices) =>
      `¹ us-east-1 की दर, क्योंकि मुंबई की नहीं मिली। सूची की दरें, कर और मुफ़्त हिस्से से पहले; स्रोत [bench/costs/prices.json](../../bench/costs/prices.json) में; डॉलर ₹${rate} का, जो मिली हुई सबसे नई दर है (${asOf})। शामिल नहीं: जो हर महीने लगता है चाहे भुगतान हों या न हों (अलार्म, metrics, storage, queue की निगरानी, sweeper), दरवाज़े से देखना, और बैंक, जो हमारा नहीं है। Lambda का stream पढ़ना मुफ़्त माना गया है।`,
    direct: (asking: string, all: string, transitions: string) =>
      `पहले स्तंभ के Lambda की जगह सीधे integration हों तो ${ASKING} best-effort अवस्थाओं में ${asking} बचेंगे, और उन सभी ${ON_OUR_TABLE} में, जो केवल हमारी table छूती हैं, अधिक से अधिक ${all}। transitions, ${transitions}, वही रहेंगे, और लिखना भी।`,
  },
} as const;
