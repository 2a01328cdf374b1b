import * as z from 'zod';
import type { Change, Telltale } from '../../../shared/effects/index.ts';
import { inRounds } from '../../../shared/effects/rounds.ts';
import { HouseError } from '../../../shared/errors/index.ts';
import { type MessageContext, queueConsumer } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { events } from '../contract.events.ts';
import { holdHasExpired, type Payment, SWEEPER, tried } from '../domain/payment.ts';
import type { Executions, Parked, Parking, Subject } from '../domain/ports.ts';
import type { Refund } from '../domain/refund.ts';
import { type BankPorts, bankPorts } from '../peers.ts';
import { park } from '../steps/park.ts';
import { executionsPort } from '../store/executions.ts';
import { happened } from '../store/history.ts';
import { parkedPort, parkingPort, settled } from '../store/parking.ts';
import { handedOver, holdExpired } from '../store/payments.ts';
import { finishRefund, refundSetAside, refundTried } from '../store/refunds.ts';
import { once } from '../store/saga.ts';
import { telling, toldOf } from '../store/telling.ts';
import { finishTopUp, type TopUp, topUpSetAside, topUpTried } from '../store/top-ups.ts';

export type SweepPorts = BankPorts & { executions: Executions; parking: Parking & Parked };

/** Younger than this, a saga is left to the door that is just starting it. */
const QUIET_SECONDS = 20;
/** After five executions, or five since a person has looked, a person has to look. */
const MOST_EXECUTIONS = 5;
/** After so many sweeps in vain, a minute apart, a person has to look at a top-up or refund. */
const MOST_TRIES = 15;
/** What one piece of work may take: the bank is asked for ten seconds at most. With less than this nothing begins. */
const A_PIECE_MS = 12_000;

type Surroundings = Pick<MessageContext, 'correlationId' | 'traceparent' | 'remainingMs'>;

/**
 * Finds what was left under way and sees to it that it goes on. It believes only the record and whether its
 * execution exists: a number without an execution is started, an ended execution of an unfinished payment is
 * followed by the next number. Whoever starts an execution raises the number first.
 *
 * It goes round the shards of payments, top-ups and refunds, and does the oldest of each. One that cannot go on is tried again
 * by the next sweep; so is what too little time was left for.
 */
export const sweep =
  (ports: SweepPorts) =>
  async (_: { sweep: 'payments' }, context: Surroundings): Promise<void> => {
    const quietSince = new Date(ports.now().getTime() - QUIET_SECONDS * 1000).toISOString();
    const { payments, topUps, refunds } = ports;
    const walks: AsyncGenerator<Piece>[] = [
      ...payments.walks().map((found) => piecesOf(found, (payment) => carryOn(ports, payment), quietSince)),
      ...topUps.walks().map((found) => piecesOf(found, finish(ports, context, topUpIn(ports)), quietSince)),
      ...refunds.walks().map((found) => piecesOf(found, finish(ports, context, refundIn(ports)), quietSince)),
      // These lie by when they were parked: one that was accepted just now says nothing of those behind it.
      ...payments.waiting().map((found) => piecesOf(found, (payment) => giveBack(ports, payment))),
    ];
    const isDone = await inRounds(walks, {
      work: ({ work }) => work(),
      failed: ({ id }, error) =>
        logger()[NO_FAULT.has(error.name) ? 'info' : 'error']('it could not go on', { id, error }),
      ...{ remainingMs: context.remainingMs, pieceMs: A_PIECE_MS },
    });
    if (!isDone) logger().warn('too little time is left; the next sweep goes on');
  };

interface Piece {
  readonly id: string;
  readonly work: () => Promise<unknown>;
}

async function* piecesOf<T extends { readonly id: string; readonly createdAt: string }>(
  found: AsyncGenerator<T>,
  work: (one: T) => Promise<unknown>,
  quietSince?: string,
): AsyncGenerator<Piece> {
  for await (const one of found) {
    // The oldest come first: behind a young one there are only younger ones.
    if (quietSince !== undefined && one.createdAt >= quietSince) return;
    yield { id: one.id, work: () => work(one) };
  }
}

/** The bank's no ends a top-up; the others mean that somebody else has taken the saga over, or ended it. */
const NO_FAULT: ReadonlySet<string> = new Set([
  'PaymentDeclinedError',
  'SupersededError',
  'SagaTurnedError',
  'TopUpEndedError',
  'RefundEndedError',
]);

/**
 * Turns a payment back for which nobody came in time, so that its payer has the money again: it goes on once more, as
 * when a person lets it go on. Where that fails too, it waits for one.
 */
const giveBack = async (ports: SweepPorts, payment: Payment): Promise<void> => {
  const at = ports.now();
  if (!holdHasExpired(payment, at)) return;
  const { id, actor, direction, attention = 'NeedsAttention' } = payment;
  const { correlationId, traceparent } = payment;
  const execution = actor + 1;
  const resumption = {
    ...{ at: at.toISOString(), by: SWEEPER, reason: 'the hold expired', after: attention, execution },
  };
  const facts = { by: SWEEPER, note: resumption.reason, after: attention, next: execution };
  const { repeated } = await ports.effects.commit({
    ...once(id, 'hold-expired', `${id}.${actor}`),
    ...(direction === 'back'
      ? happened(id, 'resumed', facts)
      : happened(id, 'turned_back', { ...facts, error: 'DeadlinePassedError' })),
    ...telling(payment, `${id}.${actor}`, {
      changes: holdExpired(payment, resumption),
      events: [
        events.resumed.of({
          ...{ correlationId, traceparent, subject: id },
          data: { ...toldOf(payment), reason: attention },
        }),
      ],
    }),
    answer: execution,
  });
  // Whoever was first starts it, and takes out what was parked before; what was parked since is another matter.
  if (repeated) return;
  await ports.executions.start({ ...payment, actor: execution });
  logger().warn('nobody came in time: the payment is turned back', { paymentId: id, execution });
  await settled(ports.parking, { payment: id }, resumption.at);
};

const carryOn = async (ports: SweepPorts, payment: Payment): Promise<void> => {
  const { id, actor, correlationId, traceparent } = payment;
  const state = await ports.executions.state(id, actor);
  if (state === 'running') return;
  if (state === 'absent') return ports.executions.start(payment);
  const executionId = `${id}.${actor}`;
  if (tried(payment) >= MOST_EXECUTIONS) {
    const input = { payment: id, correlationId, traceparent, error: 'TooManyExecutionsError' };
    await park(ports)(input, { executionId });
    return;
  }
  await ports.effects.commit({
    ...once(id, `execution-${actor + 1}`, executionId),
    ...happened(id, 'handed_over', { by: SWEEPER, next: actor + 1 }),
    changes: [handedOver(id, actor + 1)],
    answer: actor + 1,
  });
  await ports.executions.start({ ...payment, actor: actor + 1 });
  logger().info('saga started anew', { paymentId: id, execution: actor + 1 });
};

/** What the sweeper brings to its end by itself: a top-up, or a refund. */
interface Order {
  readonly id: string;
  readonly tries?: number;
  readonly resumptions?: readonly unknown[];
}

/** How an order of a kind goes on. */
interface Kind<O extends Order> {
  readonly subject: (id: O['id']) => Subject;
  readonly work: (id: O['id']) => Promise<unknown>;
  readonly tried: (id: O['id'], tries: number) => Change;
  readonly setAside: (id: O['id'], error: string, at: string) => Change;
  /** What is said of it in the history of its payment. @default nothing */
  readonly told?: (order: O, error: string) => { readonly history: Telltale };
}

/**
 * Brings an order to its end, or counts that it could not; after too many tries it is parked for a person, and at once
 * where no retry can help.
 */
const finish =
  <O extends Order>(ports: SweepPorts, { correlationId, traceparent }: Surroundings, kind: Kind<O>) =>
  async (order: O): Promise<void> => {
    const { id, tries: before = 0, resumptions = [] } = order;
    try {
      await kind.work(id);
    } catch (caught) {
      const error = HouseError.from(caught);
      if (NO_FAULT.has(error.name)) throw error;
      const tries = before + 1;
      if (error.retryable && tries < MOST_TRIES) {
        await ports.effects.commit({
          effect: { owner: id, name: `try-${resumptions.length}-${tries}`, keepDays: 1 },
          changes: [kind.tried(id, tries)],
          answer: tries,
        });
        throw error;
      }
      const { name, message: cause } = error;
      const subject = kind.subject(id);
      await ports.parking.park({ subject, error: name, cause, correlationId, traceparent });
      await ports.effects.commit({
        effect: { owner: id, name: `park-${resumptions.length}` },
        ...kind.told?.(order, name),
        changes: [kind.setAside(id, name, ports.now().toISOString())],
        answer: name,
      });
      logger().error('parked: a person has to look', { ...subject, tries, error });
    }
  };

const topUpIn = (ports: SweepPorts): Kind<TopUp> => ({
  subject: (topUp) => ({ topUp }),
  work: (id) => finishTopUp(ports)(id),
  tried: topUpTried,
  setAside: topUpSetAside,
});

const refundIn = (ports: SweepPorts): Kind<Refund> => ({
  subject: (refund) => ({ refund }),
  work: finishRefund(ports),
  tried: refundTried,
  setAside: refundSetAside,
  told: ({ id, payment }, error) => happened(payment, 'refund_needs_attention', { refund: id, error }),
});

export const handler = queueConsumer({
  accepts: z.object({ sweep: z.literal('payments') }),
  handle: sweep,
  ports: () => ({
    ...bankPorts(),
    executions: executionsPort(),
    parking: { ...parkingPort(), ...parkedPort() },
  }),
});
