import { VersionConflictError } from '../../../shared/effects/index.ts';
import { type MessageContext, queueConsumer } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { ClosingWork } from '../contract.closing.ts';
import { dayAfter, dayOf, isOver } from '../domain/days.ts';
import { type ClosingPorts, closingPorts } from '../peers.closing.ts';
import { closePiece } from '../store/close-day.ts';
import { finalOf, reconcilePiece } from '../store/reconcile-day.ts';

export type CloseDaysPorts = Pick<
  ClosingPorts,
  'closings' | 'reconciliations' | 'statement' | 'ledger' | 'effects' | 'now' | 'differ' | 'send'
>;

/** What one piece of work may take: the bank is asked for ten seconds at most. With less than this nothing begins. */
const A_PIECE_MS = 15_000;

type Surroundings = Pick<MessageContext, 'correlationId' | 'traceparent' | 'remainingMs'>;

/**
 * Closes every day that is over, oldest first, then reconciles every day that is closed with the bank's statement, then
 * today so far, if it was asked to. A day is begun when the one before it is closed; the first is that of the bank's first
 * line, since all money comes from there. When too little time is left, it goes on by a message of its own.
 * @throws {PeerUnavailableError} the bank does not answer; what is closed stays closed, and a retry can help
 */
export const closeDays =
  (ports: CloseDaysPorts) =>
  async (work: ClosingWork, { remainingMs, ...origin }: Surroundings): Promise<void> => {
    let known: string | undefined;
    const first = async () => {
      known ??= await firstDay(ports.statement);
      return known;
    };
    for (;;) {
      const piece = await next({ ...ports, first }, work, origin);
      if (piece === undefined) return;
      if (remainingMs() < A_PIECE_MS) return ports.send(work);
      await piece().catch((error: unknown) => {
        // Another message had the same piece, or an interim one was asked for anew: what is written decides.
        if (!(error instanceof VersionConflictError)) throw error;
        logger().info('somebody else was faster', { error });
      });
    }
  };

type Piece = () => Promise<void>;

const next = async (
  ports: CloseDaysPorts & { readonly first: () => Promise<string | undefined> },
  { interim }: ClosingWork,
  origin: Omit<Surroundings, 'remainingMs'>,
): Promise<Piece | undefined> => {
  const { closings, reconciliations, now } = ports;
  const books = await closings.books();
  const first = books.first ?? (await ports.first());
  if (first !== undefined) {
    const toClose = books.closed === undefined ? first : dayAfter(books.closed);
    if (isOver(toClose, now())) return () => closePiece(ports)(toClose, first);
    const toReconcile = books.reconciled === undefined ? first : dayAfter(books.reconciled);
    if (books.closed !== undefined && toReconcile <= books.closed) {
      const run = (await reconciliations.find(toReconcile, 'final')) ?? finalOf(toReconcile, now());
      return () => reconcilePiece(ports)(run, origin);
    }
  }
  const asked = interim === undefined ? undefined : await reconciliations.find(interim, 'interim');
  return asked === undefined || asked.status === 'done'
    ? undefined
    : () => reconcilePiece(ports)(asked, origin);
};

/** Of the first line of the bank's statement; none when it has none yet. */
const firstDay = async ({ page }: CloseDaysPorts['statement']): Promise<string | undefined> => {
  let from: string | undefined;
  do {
    const { lines, next } = await page(from);
    const [line] = lines;
    if (line !== undefined) return dayOf(new Date(line.at));
    from = next;
  } while (from !== undefined);
  return undefined;
};

export const handler = queueConsumer({ accepts: ClosingWork, handle: closeDays, ports: closingPorts });
