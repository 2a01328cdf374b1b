/** Which executions of a list are meant: by status, what they wait for, when they began, and what they are called. */
import { type RunView, STATUSES } from '../../../functions/console/contract.ts';
import type { Waiting } from '../../model/waiting.ts';

/** As it stands in the address of the page. */
export interface Chosen {
  /** A status of Step Functions, or what a running one is doing: `retry`, `token`, `time`, `worker`. */
  readonly status: string;
  readonly search: string;
  /** How many hours ago at most; 0 for any time. */
  readonly hours: number;
}

type RunStatus = (typeof STATUSES)[number];

export const WAITS = ['retry', 'token', 'time', 'worker'] as const satisfies readonly Waiting['kind'][];

export const chosenIn = (address: URLSearchParams): Chosen => ({
  status: address.get('status') ?? '',
  search: address.get('search') ?? '',
  hours: Math.max(0, Number(address.get('hours') ?? 0) || 0),
});

/** What of it the door can filter by. */
export const askedStatus = ({ status }: Chosen): RunStatus | undefined =>
  waitOf(status) === undefined ? STATUSES.find((known) => known === status) : 'RUNNING';

export const waitOf = (status: string): (typeof WAITS)[number] | undefined =>
  WAITS.find((wait) => wait === status);

/** The id of a saga, whole: the door finds its executions however old they are. */
export const sagaIn = ({ search }: Chosen): string | undefined =>
  /^[a-z]+_[0-9a-f-]{36}$/.test(search.trim()) ? search.trim() : undefined;

/** Those of the loaded ones that are meant. */
export const meant = (
  runs: readonly RunView[],
  { search, hours }: Chosen,
  now: number,
): readonly RunView[] => {
  const text = search.trim().toLowerCase();
  const since = hours === 0 ? 0 : now - hours * 3_600_000;
  return runs.filter(
    ({ name, startedAt }) =>
      (text === '' || name.toLowerCase().includes(text)) && Date.parse(startedAt) >= since,
  );
};

/** Whether older ones may be meant as well: not where all that are older began too early. */
export const mayBeOlder = (runs: readonly RunView[], { hours }: Chosen, now: number): boolean => {
  const last = runs.at(-1);
  return hours === 0 || last === undefined || Date.parse(last.startedAt) >= now - hours * 3_600_000;
};
