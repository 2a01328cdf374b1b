/** Payments against a running city, and what each kind of them asked of AWS. */
import type { CityFile } from '../../localstack/cloud/city.ts';
import { openDoor } from './door.ts';
import { readLogs, transitionsIn } from './logs.ts';
import { KINDS, type Kind, type Measured } from './measured.ts';
import { redirection } from './redirect.ts';
import { endIn, historyIn, waysIn } from './ways.ts';

/** What runs each minute whatever is paid, and what serves only who looks. */
const NOT_OF_A_PAYMENT = /-(sweep|sweep-outbox|close-days|openapi)$|-(get|list|create|change|resume|top-up)-/;
/** Keeps what every function says of itself, for `dabba trace`; its share is told apart. */
const TRACES = 'platform-collect-spans';
/** Asks once a minute who a caller is. */
const AUTHORIZER = 'platform-authorizer';

/** Plays so many payments of each kind; the functions go back to their own addresses at the end. */
export const measurePayments = async (
  city: CityFile,
  count: number,
): Promise<Pick<Measured, 'kinds' | 'memory'>> => {
  const aws = { endpoint: city.endpoint, region: city.region };
  const functions = [...functionsOf(city).filter((name) => !NOT_OF_A_PAYMENT.test(name)), AUTHORIZER];
  const doors = { payment: await openDoor(aws), traces: await openDoor(aws) };
  const quiet = () => Promise.all(Object.values(doors).map((door) => door.quiet()));
  const redirected = redirection(aws);
  const logged = readLogs(aws);
  const historyOf = historyIn(city);

  /** Everything of a kind, from the first start to the last line of its traces. */
  const measured = async (way: () => Promise<string>) => {
    await quiet();
    for (const door of Object.values(doors)) door.taken();
    const from = Date.now();
    let transitions = 0;
    for (let n = 0; n < count; n += 1) transitions += transitionsIn(await endIn(historyOf, await way()));
    await quiet();
    const payment = await logged(functions, from, count, doors.payment.taken());
    const traces = await logged([TRACES], from, count, doors.traces.taken());
    return { payment: { ...payment, transitions: transitions / count }, traces };
  };

  try {
    for (const name of functions) await redirected.through(doors.payment.address, name);
    await redirected.through(doors.traces.address, TRACES);
    const ways = await waysIn(city, historyOf);
    // One of each before: starting a worker is not what is measured.
    for (const kind of KINDS) await endIn(historyOf, await ways[kind]());
    const kinds: [Kind, Awaited<ReturnType<typeof measured>>][] = [];
    for (const kind of KINDS) kinds.push([kind, await measured(ways[kind])]);
    return { kinds: Object.fromEntries(kinds) as Measured['kinds'], memory: redirected.memory() };
  } finally {
    await redirected.back();
    for (const door of Object.values(doors)) await door.close();
  }
};

const functionsOf = ({ systems }: CityFile): readonly string[] =>
  (systems['paytm-saga']?.functions as readonly string[] | undefined) ?? [];
