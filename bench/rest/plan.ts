/** Who asks how often, so that nobody is refused: doors allow each person so many times a minute. */

/**
 * One person searches so often: fifty times are let through a minute, lent by tens to each worker that is asked, so five are
 * never refused, whichever workers have them.
 */
export const LOOKS = 5;

/** One customer orders so often in a run: ten times are let through a minute. */
export const ORDERS = 8;

/** How many customers so many orders take. */
export const customersFor = (orders: number): number => Math.ceil(orders / ORDERS);

/** The customer of the nth order of a run, of so many. */
export const customerOf = (nth: number, customers: number): number => nth % customers;

/** Who searches next over one connection: somebody {@link LOOKS} times, then somebody else. */
export const searching = (somebody: () => string): (() => string) => {
  let [who, looks] = ['', 0];
  return () => {
    if (looks % LOOKS === 0) who = somebody();
    looks += 1;
    return who;
  };
};

const BYTE = 256;

/** The address of somebody, of those that are nobody's on the Internet. */
export const addressOf = (number: number): string =>
  [10, ...[BYTE ** 2, BYTE, 1].map((of) => Math.floor(number / of) % BYTE)].join('.');
