/** Who asks for what, drawn from a seed: the same seed is the same rush. */
import { MOST_OF_ONE } from '../../functions/irctc-booking/rush/admitted.fixture.ts';
import { dice } from '../../shared/testing/dice.ts';

export interface Asked {
  /** Which line: a train's day. */
  readonly line: number;
  readonly customer: number;
  /** How many travel. */
  readonly people: number;
}

const MOST_PEOPLE = 6;

/** How many customers so many requests take: each has as many under way as they may. */
export const customersFor = (requests: number): number => Math.ceil(requests / MOST_OF_ONE);

/** So many requests, as many in each line as in the others, one line after the other. */
export const planOf = (
  seed: number,
  { requests, lines }: { readonly requests: number; readonly lines: number },
): readonly Asked[] => {
  const { between } = dice(seed);
  const customers = customersFor(requests);
  return Array.from({ length: requests }, (_, n) => ({
    line: n % lines,
    customer: n % customers,
    people: between(1, MOST_PEOPLE),
  }));
};
