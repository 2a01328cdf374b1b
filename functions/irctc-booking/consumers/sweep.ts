import { inRounds } from '../../../shared/effects/rounds.ts';
import { type MessageContext, queueConsumer } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { SweepRequested } from '../contract.sweep.ts';
import type { BookingId } from '../contract.views.ts';
import { expired, failed, isInFlight, poolOf, seatsOf } from '../domain/booking.ts';
import { NotAllocatedInTimeError } from '../domain/errors.ts';
import type { Cashier, Due, RailPorts } from '../domain/ports.ts';
import { notice } from '../domain/telling.ts';
import { cashier } from '../peers.saga.ts';
import { giveBack } from '../store/giving-back.ts';
import { railPorts } from '../store/ports.ts';
import { settle } from '../store/settlement.ts';
import { prepareChart } from './prepare-chart.ts';
import { takeStep } from './promote-waiting.ts';
import { giveMoneyBack } from './refund-booking.ts';

export type SweepPorts = RailPorts & { readonly cashier: Cashier };

/** With less than this left nothing begins: the payment saga is asked for ten seconds at most. */
const A_PIECE_MS = 12_000;

/**
 * Does what time does: gives up what nobody paid or allocated, asks again for money that should have gone back, makes charts,
 * and goes steps that no message brought. It goes round the shards and does what has been due the longest in each. What cannot
 * be done stays due, and the next sweep, a minute later, tries it again; so it does with what too little time was left for.
 */
export const sweep =
  (ports: SweepPorts) =>
  async (_: SweepRequested, { remainingMs }: Pick<MessageContext, 'remainingMs'>): Promise<void> => {
    const isDone = await inRounds(ports.clockwork.due(ports.now()), {
      work: sweepOne(ports),
      failed: (due, error) => logger().error('it could not be done', { due, error }),
      ...{ remainingMs, pieceMs: A_PIECE_MS },
    });
    if (!isDone) logger().warn('too little time is left; the next sweep goes on');
  };

/** Does what time has to do with one thing that is due. */
export const sweepOne =
  (ports: SweepPorts) =>
  async (due: Due): Promise<void> => {
    switch (due.what) {
      case 'booking':
        return sweepBooking(ports)(due.booking);
      case 'pool':
        return takeStep(ports)(due.pool, `swept:${ports.ids()}`);
      case 'run':
        return prepareChart(ports)({ data: due });
    }
  };

const sweepBooking =
  (ports: SweepPorts) =>
  async (id: BookingId): Promise<void> => {
    const booking = await ports.bookings.load(id);
    if (isInFlight(booking)) await giveUp(ports)(id);
    for (const { number, state } of booking.refunds)
      if (state === 'due') await giveMoneyBack(ports)(id, number);
  };

/** Whoever has paid, and nobody has said so, keeps the places: the payment saga is asked first. */
const giveUp =
  (ports: SweepPorts) =>
  async (id: BookingId): Promise<void> => {
    const { payment } = await ports.bookings.load(id);
    if (payment.id !== undefined)
      await settle(ports)(id, await ports.cashier.look(payment.id), `swept:${ports.ids()}`);
    await ports.insist(async () => {
      const booking = await ports.bookings.load(id);
      const at = ports.now().toISOString();
      if (!isInFlight(booking) || booking.holdUntil === undefined || booking.holdUntil > at) return;
      const after =
        booking.state === 'INITIATED'
          ? failed(booking, NotAllocatedInTimeError.name, { by: 'clock', at })
          : expired(booking, at);
      await giveBack(ports, {
        effect: { owner: id, name: 'given up', keepDays: 30 },
        ...{ before: booking, after, at, pool: poolOf(booking), places: seatsOf(booking) },
        told: [notice(after, 'not_booked')],
        answer: after.version,
      });
    });
  };

export const handler = queueConsumer({
  accepts: SweepRequested,
  handle: sweep,
  ports: () => ({ ...railPorts(), cashier: cashier() }),
});
