import { gauge } from '../../shared/lambda/metrics.ts';
import { operatorRoutes } from '../sandbox-bank/contract.operators.ts';
import type { Statement } from './domain/reconciliation.ts';
import { bankClient, CLEARING } from './peers.bank.ts';
import { type ClosingTablePorts, closingTablePorts } from './store/closing-ports.ts';
import { type ClosingQueue, closingQueue } from './store/closing-queue.ts';

const A_PAGE = 500;

/** The sandbox bank's statement of our clearing account, asked with our own service token. */
const sandboxStatement = (): Statement => {
  const { getStatement } = operatorRoutes;
  const bank = bankClient({ getStatement });
  return {
    async page(from) {
      const query = { limit: A_PAGE, ...(from === undefined ? {} : { cursor: from }) };
      const { body } = await bank.getStatement({ path: { id: CLEARING }, query });
      return body;
    },
  };
};

export interface ClosingPorts extends ClosingTablePorts, ClosingQueue {
  readonly statement: Statement;
  /** Says how many differences there are, so that an alarm can ring. */
  readonly differ: (differences: number) => void;
}

/** What the closing of days works with: table, queue, the bank's statement, and the metric `Differences`. */
export const closingPorts = (): ClosingPorts => ({
  ...closingTablePorts(),
  ...closingQueue(),
  statement: sandboxStatement(),
  differ: (differences) => gauge('Differences', differences),
});
