/** How a system does, out of what CloudWatch and SQS say. Pure. */
import type { FunctionState, QueueDepth, QueueState, SystemView } from '../contract.ts';

const MINUTE_MS = 60_000;
/** Functions are asked about in pieces of five minutes, on which CloudWatch begins them. */
const PIECE_SECONDS = 300;
const AN_HOUR_MS = 60 * MINUTE_MS;
/** An age that was told longer ago says nothing about now. */
const FRESH_MS = 5 * MINUTE_MS;

/** One metric of one thing, to be asked for. */
export interface Metric {
  readonly namespace: 'AWS/Lambda' | 'AWS/SQS';
  readonly dimension: { readonly name: 'FunctionName' | 'QueueName'; readonly value: string };
  readonly metric: string;
  readonly statistic: 'Sum' | 'Maximum' | 'SampleCount';
  readonly periodSeconds: number;
}

/** What a metric was, a point for each period that has data. */
export interface Point {
  readonly at: Date;
  readonly value: number;
}

/** The last hour; its beginning lies on five full minutes. */
export const lastHour = (now: Date): { readonly from: Date; readonly to: Date } => {
  const pieceMs = PIECE_SECONDS * 1_000;
  return { from: new Date(Math.floor((now.getTime() - AN_HOUR_MS) / pieceMs) * pieceMs), to: now };
};

/** The queues of a system, and where what they give up goes. */
export const queuesOf = ({ queues }: Pick<SystemView, 'queues'>): readonly string[] => [
  ...new Set(queues.flatMap(({ name, deadLetters }) => [name, ...(deadLetters ? [deadLetters] : [])])),
];

const OF_FUNCTION = [
  ...(['Invocations', 'Errors', 'Throttles'] as const).map((metric) => ({
    metric,
    statistic: 'Sum' as const,
  })),
  { metric: 'Duration', statistic: 'Sum' },
  { metric: 'Duration', statistic: 'SampleCount' },
  { metric: 'Duration', statistic: 'Maximum' },
] as const;

export const metricsOfFunction = (value: string): readonly Metric[] =>
  OF_FUNCTION.map((asked) => ({
    ...{ namespace: 'AWS/Lambda', dimension: { name: 'FunctionName', value } },
    ...{ ...asked, periodSeconds: PIECE_SECONDS },
  }));

/** How many there are, SQS itself knows better. */
export const ageOfQueue = (value: string): Metric => ({
  ...{ namespace: 'AWS/SQS', dimension: { name: 'QueueName', value } },
  ...{ metric: 'ApproximateAgeOfOldestMessage', statistic: 'Maximum', periodSeconds: 60 },
});

/** @param points in the order of {@link metricsOfFunction} */
export const functionState = (name: string, points: readonly (readonly Point[])[]): FunctionState => {
  const [invocations, errors, throttles, durations, durationCount] = points.map(sum);
  const [, , , , , longest = []] = points;
  return {
    name,
    ...(invocations === undefined ? {} : { invocations }),
    ...(errors === undefined ? {} : { errors }),
    ...(throttles === undefined ? {} : { throttles }),
    ...(durations === undefined || !durationCount ? {} : { meanMs: tenths(durations / durationCount) }),
    ...(longest.length === 0 ? {} : { maxMs: tenths(Math.max(...longest.map(({ value }) => value))) }),
  };
};

/** Of nothing it is not known. */
const sum = (points: readonly Point[]): number | undefined =>
  points.length === 0 ? undefined : points.reduce((total, { value }) => total + value, 0);

const tenths = (value: number): number => Math.round(value * 10) / 10;

export const queueState = (
  name: string,
  counts: Omit<QueueDepth, 'name'>,
  ages: readonly Point[],
  now: Date,
): QueueState => {
  const [newest] = ages.toSorted((one, other) => other.at.getTime() - one.at.getTime());
  const isEmpty = counts.visible === 0 && counts.inFlight === 0;
  const isKnown = newest && now.getTime() - newest.at.getTime() <= FRESH_MS && !isEmpty;
  return { name, ...counts, ...(isKnown ? { oldestSeconds: tenths(newest.value) } : {}) };
};
