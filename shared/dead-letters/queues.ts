/** Which queues of a city hold dead letters, by what its systems say they consist of. */

/** A queue, as a stack writes it down. */
export interface CityQueue {
  readonly name: string;
  readonly deadLetters?: string | undefined;
  readonly consumer?: string | undefined;
}

/** The `deadLetters` of each queue, and each queue that nobody consumes: there people look. */
export const deadQueuesIn = (queues: readonly CityQueue[]): readonly string[] => [
  ...new Set(
    queues.flatMap(({ name, deadLetters, consumer }) => [
      ...(deadLetters === undefined ? [] : [deadLetters]),
      ...(consumer === undefined && deadLetters === undefined ? [name] : []),
    ]),
  ),
];
