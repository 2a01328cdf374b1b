/** Lets functions of a city go through doors of the bench, and tells what they were asked for meanwhile. */
import type { CityFile } from '../../localstack/cloud/city.ts';
import { openDoor } from './door.ts';
import { readLogs, type Ways } from './logs.ts';
import type { Use } from './measured.ts';
import { redirection } from './redirect.ts';

/** Keeps what every function says of itself, for `dabba trace`; its share is told apart. */
const TRACES = 'platform-collect-spans';
/** Asks once a minute who a caller is. */
const AUTHORIZER = 'platform-authorizer';

/** What so many acts used, each on the average, from the first of them to the last line of their traces. */
export interface Counted<R> {
  readonly use: Use;
  readonly traces: Use;
  /** What each gave. */
  readonly gave: readonly R[];
  /** When the first began, in epoch milliseconds. */
  readonly from: number;
}
export type Counting = <R>(times: number, act: (nth: number) => Promise<R>) => Promise<Counted<R>>;

/**
 * @param functions that are counted, and the authorizer before them; all go back to their own addresses at the end
 * @param ways where its events go, where not all go to the bus
 */
export const throughDoors = async <T>(
  city: CityFile,
  functions: readonly string[],
  work: (counting: Counting) => Promise<T>,
  ways?: Ways,
): Promise<{ readonly found: T; readonly memory: number }> => {
  const aws = { endpoint: city.endpoint, region: city.region };
  const names = [...functions, AUTHORIZER];
  const doors = { own: await openDoor(aws), traces: await openDoor(aws) };
  const quiet = () => Promise.all(Object.values(doors).map((door) => door.quiet()));
  const redirected = redirection(aws);
  const logged = readLogs(aws, ways);
  const counting: Counting = async (times, act) => {
    await quiet();
    for (const door of Object.values(doors)) door.taken();
    const from = Date.now();
    const gave: Awaited<ReturnType<typeof act>>[] = [];
    for (let nth = 0; nth < times; nth += 1) gave.push(await act(nth));
    await quiet();
    return {
      use: await logged(names, from, times, doors.own.taken()),
      traces: await logged([TRACES], from, times, doors.traces.taken()),
      ...{ gave, from },
    };
  };
  try {
    for (const name of names) await redirected.through(doors.own.address, name);
    await redirected.through(doors.traces.address, TRACES);
    return { found: await work(counting), memory: redirected.memory() };
  } finally {
    await redirected.back();
    for (const door of Object.values(doors)) await door.close();
  }
};

/** The functions of a system, as the city knows them. */
export const functionsOf = ({ systems }: CityFile, system: string): readonly string[] =>
  (systems[system]?.functions as readonly string[] | undefined) ?? [];
