import { routes as sagaRoutes } from '../../functions/paytm-saga/contract.ts';
import { routes as bankRoutes } from '../../functions/sandbox-bank/contract.ts';
import { type Closing, closeBooks, type Equation } from './books.ts';
import { readBooks } from './read-books.ts';
import type { Stage } from './stage.ts';

/**
 * Reads the books of a running city, through its operator doors, until they hold.
 * @throws {Error} they cannot be read: a system is missing, or does not answer
 */
export const closeCityBooks = (stage: Stage, closing?: Closing): Promise<Equation[]> => {
  const operator = stage.as(stage.operator, 'paytm-saga', sagaRoutes);
  const bank = stage.as(stage.operator, 'sandbox-bank', bankRoutes);
  return closeBooks(() => readBooks({ operator, bank }), closing);
};
