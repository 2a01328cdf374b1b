import { inRounds } from '../../../shared/effects/rounds.ts';
import { type MessageContext, queueConsumer } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { BackOfficeRequested, type OperationKey } from '../contract.ts';
import { overdue } from '../domain/due.ts';
import type { BankPorts } from '../domain/ports.ts';
import { bankPorts } from '../store/ports.ts';

/** With less than this left nothing begins: a write is a tenth of a second, and is tried eight times at most. */
const A_PIECE_MS = 3_000;

/**
 * Does what time does to charges: requests that nobody answered and holds that nobody captured expire, captures settle.
 * Each is one write, on the condition that the charge is as it was read: an answer or a capture that is faster wins.
 *
 * It goes round the shards and does what has been due the longest in each. One that cannot be written stays due, and the next
 * round, a minute later, tries it again; so it does with what too little time was left for.
 */
export const backOffice =
  (ports: Pick<BankPorts, 'books' | 'now'>) =>
  async (_: BackOfficeRequested, { remainingMs }: Pick<MessageContext, 'remainingMs'>): Promise<void> => {
    const isDone = await inRounds(ports.books.due(ports.now()), {
      work: (key) => end(ports, key),
      failed: (key, error) => logger().error('it could not be done', { key, error }),
      ...{ remainingMs, pieceMs: A_PIECE_MS },
    });
    if (!isDone) logger().warn('too little time is left; the next round goes on');
  };

const end = async ({ books, now }: Pick<BankPorts, 'books' | 'now'>, key: OperationKey): Promise<void> => {
  const found = await books.charge(key);
  // The index lags: what it shows may have been answered, captured or done since.
  const decision = found && overdue(found.record, now());
  if (found === undefined || decision === undefined) return;
  const { record, ...does } = decision;
  if (!(await books.write({ ...does, writes: [{ record, revision: found.revision }] }))) {
    logger().info('somebody was faster', { key, happening: does.happening });
  }
};

export const handler = queueConsumer({
  accepts: BackOfficeRequested,
  handle: backOffice,
  ports: bankPorts,
});
