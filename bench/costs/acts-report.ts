/** What a thousand acts of a system cost, as its pages show it. */
import { ACTS, type ActsOfSystem, type ActsSystem, type Language } from './acts.ts';
import type { MeasuredActs, Prices } from './measured.ts';
import { dollarsFor, NEVER, totalOf, usedBy } from './reckon.ts';
import { type Column, costTables, thousand } from './tables.ts';

/** The tables and their sentences. @throws {Error} a kind was not measured */
export const actCosts = (
  system: ActsSystem,
  measured: MeasuredActs,
  prices: Prices,
  language: Language,
): string => {
  const { kinds, items, notes }: ActsOfSystem = ACTS[system];
  const columns = Object.entries(kinds).map(([kind, title]): Column => {
    const found = measured.kinds[kind];
    if (!found) throw new Error(`${kind} was not measured`);
    const used = usedBy(found.act, measured, found.act);
    const traces = totalOf(dollarsFor(usedBy(found.traces, measured, NEVER), prices));
    return { title: title[language], used, dollars: dollarsFor(used, prices), traces };
  });
  const say = TEXTS[language];
  const { perOne, perThousand } = say;
  return [
    say.measured(system, measured),
    notes[language],
    ...costTables(columns, { items, prices, language, perOne, perThousand, digits: DIGITS }),
    say.prices(prices),
  ].join('\n\n');
};

/** A thousand searches cost less than a cent. */
const DIGITS = 4;

const TEXTS = {
  en: {
    perOne: 'One uses',
    perThousand: `${thousand} cost`,
    measured: (system: ActsSystem, { times, commit, day, cores, memory }: MeasuredActs) =>
      `Written by \`npm run bench:costs -- ${system}\` from ${times} of each with ${commit} on ${day}, on a machine with ${cores} cores; functions have ${memory} MB. [How it is measured](../../bench/README.md#how-the-costs-are-measured)`,
    prices: ({ rupeesPerDollar: { rate, asOf } }: Prices) =>
      `¹ The price of us-east-1, as none of Mumbai was found. List prices before tax and free tiers, with their sources in [bench/costs/prices.json](../../bench/costs/prices.json); ₹${rate} to the dollar, the newest rate that was found (${asOf}). Left out: what is paid by the month whatever is done (alarms, metrics, storage, polled queues, sweepers), and data that leaves AWS. What Lambda reads of a stream is taken as free.`,
  },
  hi: {
    perOne: 'एक में लगता है',
    perThousand: `${thousand} की लागत`,
    measured: (system: ActsSystem, { times, commit, day, cores, memory }: MeasuredActs) =>
      `\`npm run bench:costs -- ${system}\` ने हर तरह के ${times} से लिखा: ${commit}, ${day}, ${cores} cores वाली मशीन; हर function के पास ${memory} MB। [कैसे मापा जाता है](../../bench/README.md#how-the-costs-are-measured)`,
    prices: ({ rupeesPerDollar: { rate, asOf } }: Prices) =>
      `¹ us-east-1 की दर, क्योंकि मुंबई की नहीं मिली। सूची की दरें, कर और मुफ़्त हिस्से से पहले; स्रोत [bench/costs/prices.json](../../bench/costs/prices.json) में; डॉलर ₹${rate} का, जो मिली हुई सबसे नई दर है (${asOf})। शामिल नहीं: जो हर महीने लगता है चाहे कुछ हो या न हो (अलार्म, metrics, storage, queue की निगरानी, sweeper), और AWS से बाहर जाने वाला data। Lambda का stream पढ़ना मुफ़्त माना गया है।`,
  },
} as const;
