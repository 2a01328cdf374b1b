/** Looks for personal data and secrets where none may be: in logs, traces, parked messages and dead letters. */
import {
  CloudWatchLogsClient,
  paginateDescribeLogGroups,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import type { CityFile } from '../cloud/city.ts';
import { credentials } from './city.ts';
import { queuesOf } from './queues.ts';
import { tableOf } from './table.ts';

/** What may stand nowhere, by what it is. */
export type Forbidden = ReadonlyMap<string, string>;

const ANY_TOKEN = /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/;

/** Which of the forbidden stand in a text, without showing what they are. */
export const leaksIn = (text: string, forbidden: Forbidden): string[] => [
  ...[...forbidden].filter(([, value]) => text.includes(value)).map(([what]) => what),
  ...(ANY_TOKEN.test(text) ? ['a token'] : []),
];

/** What was looked through, and where something stands that may not. */
export interface Looked {
  readonly looked: number;
  readonly leaks: readonly string[];
}

/** Every line that a function of the city has logged. */
export const leaksInLogs = async ({ endpoint, region }: CityFile, forbidden: Forbidden): Promise<Looked> => {
  const client = new CloudWatchLogsClient({ endpoint, region, credentials });
  const leaks = new Set<string>();
  let looked = 0;
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, {})) {
    for (const { logGroupName } of logGroups) {
      for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName })) {
        looked += events.length;
        const text = events.map(({ message }) => message).join('\n');
        for (const leak of leaksIn(text, forbidden)) leaks.add(`${logGroupName}: ${leak}`);
      }
    }
  }
  return { looked, leaks: [...leaks] };
};

/** Every span and line that the city keeps of its traces. */
export const leaksInTraces = async (city: CityFile, forbidden: Forbidden): Promise<Looked> => {
  const items = await tableOf(city, 'platform', 'TracesName').all();
  return { looked: items.length, leaks: leaksIn(JSON.stringify(items), forbidden) };
};

/** Every message that lies aside: parked ones, and dead letters. */
export const leaksAside = async (
  city: CityFile,
  forbidden: Forbidden,
): Promise<Looked & { readonly queues: readonly string[] }> => {
  const queues = Object.values(city.systems).flatMap(({ queues: all }) =>
    (all as readonly { name: string; deadLetters?: string }[]).map(
      ({ name, deadLetters }) => deadLetters ?? name,
    ),
  );
  const leaks: string[] = [];
  let looked = 0;
  for (const name of queues) {
    const messages = await queuesOf(city).look(name);
    looked += messages.length;
    leaks.push(...leaksIn(messages.join('\n'), forbidden).map((leak) => `${name}: ${leak}`));
  }
  return { looked, leaks, queues };
};
