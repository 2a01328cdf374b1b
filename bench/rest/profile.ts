/** What a door asks others for, by what it says of itself. */
import type { FunctionLog } from '../payments/profile.ts';

/** One kind of question, on the average of the requests of a round. */
export interface Asked {
  /** `DynamoDB GetItem`, or the handler itself. */
  readonly what: string;
  readonly times: number;
  /** Each. */
  readonly ms: number;
}

/** What was asked most of the time first. @param requests of which the spans are */
export const askedIn = (spans: FunctionLog['spans'], requests: number): readonly Asked[] =>
  [...Map.groupBy(spans, ({ name }) => name)]
    .map(([what, of]) => ({
      what,
      times: of.length / requests,
      ms: of.reduce((sum, { ms }) => sum + ms, 0) / of.length,
    }))
    .sort((one, other) => other.times * other.ms - one.times * one.ms);
