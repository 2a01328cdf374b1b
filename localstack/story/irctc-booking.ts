import { routes as consoleRoutes } from '../../functions/console/contract.ts';
import {
  type BookingId,
  type BookingView,
  type ClassCode,
  events,
  type JourneyDate,
  type TrainNumber,
} from '../../functions/irctc-booking/contract.ts';
import { formatPaise, rupees } from '../../shared/money/index.ts';
import { waitFor } from '../../shared/testing/index.ts';
import { castOf, type Person } from './cast.ts';
import { bookingFollower } from './live.ts';
import type { Expectation, Script, Story } from './run.ts';
import type { Stage } from './stage.ts';
import type { Text } from './texts.ts';
import {
  dayFromNow,
  publishSpecial,
  publishTrains,
  type RailDoors,
  railAs,
  specialNumber,
  trainNumbers,
} from './trains.ts';

/** Somebody who books, and pays from a wallet. */
export interface Traveller {
  readonly doors: RailDoors;
  readonly payer: Person;
  readonly link: string;
}

/** The same subject pays at the saga and travels here: their link says so. */
export const traveller = async (stage: Stage, run: string, payer: Person): Promise<Traveller> => {
  const { body: link } = await payer.doors.createLink({
    idempotencyKey: `${run}.rail.${payer.id}`,
    body: { system: 'irctc-booking', customer: payer.id, upTo: rupees(10_000) },
  });
  return { payer, link: link.id, doors: railAs(stage, stage.subject(payer.id, 'customer')) };
};

/** Rahul and Priya, and who travels with them. */
const PARTY = [
  { name: 'Rahul Sharma', age: 32, gender: 'M' as const },
  { name: 'Priya Sharma', age: 28, gender: 'F' as const },
  { name: 'Kamla Sharma', age: 64, gender: 'F' as const },
  { name: 'Mohan Sharma', age: 67, gender: 'M' as const },
  { name: 'Asha Sharma', age: 19, gender: 'F' as const },
  { name: 'Rohan Sharma', age: 17, gender: 'M' as const },
];

export interface Journey {
  readonly train: TrainNumber;
  readonly date: JourneyDate;
  /** @default '3A' */
  readonly class?: ClassCode;
}

/** Asks for places, for so many of the party. */
export const book = async (
  { doors, link }: Traveller,
  { train, date, class: cls = '3A' }: Journey,
  { key, people = PARTY.length, quota = 'GN' }: { key: string; people?: number; quota?: 'GN' | 'TQ' | 'LD' },
): Promise<BookingView> => {
  const { body } = await doors.requestBooking({
    idempotencyKey: key,
    body: {
      ...{ train, date, class: cls, quota, passengers: PARTY.slice(0, people) },
      ...{ phone: '+919876543210' as never, email: 'rahul@example.in' },
      payment: { method: 'wallet', link },
    },
  });
  return body;
};

/** Waits until a booking is in one of these states. */
export const bookingIn = (
  { doors }: Pick<Traveller, 'doors'>,
  bookingId: BookingId,
  ...states: readonly BookingView['state'][]
): Promise<BookingView> =>
  waitFor(
    async (seen) => {
      const { body } = await doors.getBooking({ path: { bookingId } });
      seen(body.state);
      return states.includes(body.state) && body;
    },
    { what: `booking ${bookingId} to be ${states.join(' or ')}`, timeoutMs: 100_000, everyMs: 700 },
  );

const told = ({ pnr, state, passengers }: BookingView): Text => {
  const seats = passengers
    .map(({ now, coach, berth }) => (coach ? `${now} ${coach}-${berth}` : now))
    .join(', ');
  return { en: `${pnr ?? '–'} ${state}: ${seats}`, hi: `${pnr ?? '–'} ${state}: ${seats}` };
};

/** How many passengers of all bookings have what. */
const counted = (bookings: readonly BookingView[]): string => {
  const kinds = bookings.flatMap(({ passengers }) =>
    passengers.map(({ now }) => now.split(' ')[0] as string),
  );
  return ['CNF', 'RAC', 'GNWL']
    .map((kind) => `${kind} ${kinds.filter((one) => one === kind).length}`)
    .join(', ');
};

/**
 * Booking a train with few berths: nine parties ask, one cannot pay, one is cancelled, and what is freed goes to whoever is
 * first in line, which the last of them hears live; a notice that cannot be sent is parked, and sent back. Every run has a train of its own.
 */
export const irctcBooking: Story = async ({ stage, run, tell }: Script): Promise<Expectation[]> => {
  const operator = railAs(stage, stage.operator);
  const cast = castOf(stage, run);
  await publishTrains(stage);
  const train = await publishSpecial(stage, { number: specialNumber(run) });
  const date = dayFromNow(7) as JourneyDate;
  const all = await trainNumbers(operator);
  const availability = async () =>
    (await operator.getAvailability({ path: { train }, query: { date, class: '3A', quota: 'GN' } })).body
      .text;
  const before = await availability();
  tell('a train with few berths', {
    lines: [{ en: `${train} ${date} 3A: ${before}`, hi: `${train} ${date} 3A: ${before}` }],
  });

  const payers = await Promise.all([
    cast.person('poor', { wallet: 0 }),
    ...['rahul', 'priya', 'amit', 'kavita'].map((name) => cast.person(name, { wallet: 9_000 })),
  ]);
  const [poor, ...others] = await Promise.all(payers.map((payer) => traveller(stage, run, payer)));
  if (!poor) throw new Error('somebody has no money');
  const journey = { train, date };
  const unpaid = await book(poor, journey, { key: `${run}.0` });
  const asked: { readonly who: Traveller; readonly id: BookingId }[] = [];
  for (const round of [1, 2])
    for (const [nth, who] of others.entries())
      asked.push({ who, id: (await book(who, journey, { key: `${run}.${round}.${nth}` })).id });
  tell('nine parties of six');

  const settled = async () =>
    Promise.all(asked.map(({ who, id }) => bookingIn(who, id, 'CONFIRMED', 'RAC', 'WAITLISTED')));
  const atRest = (counts: string) =>
    waitFor(
      async (seen) => {
        const bookings = await settled();
        seen(counted(bookings));
        return counted(bookings) === counts && bookings;
      },
      { what: `the lists to be ${counts}`, timeoutMs: 100_000, everyMs: 700 },
    );
  const failed = await bookingIn(poor, unpaid.id, 'FAILED');
  const tickets = await atRest('CNF 38, RAC 8, GNWL 2');
  tell('confirmed, RAC, waiting', { lines: tickets.map(told) });

  const { who: rahul, id: first } = asked[0] as (typeof asked)[number];
  const last = asked.at(-1) as (typeof asked)[number];
  const listener = bookingFollower(stage, stage.subject(last.who.payer.id, 'customer'));
  const guesser = bookingFollower(stage, stage.subject(rahul.payer.id, 'customer'));
  await listener.knows(last.id);
  for (const one of [listener, guesser]) one.follow(last.id);
  await listener.hasState('WAITLISTED');
  await guesser.has('a refusal', () => guesser.refused.length > 0);
  // What is told meanwhile is asked for over the next connection.
  listener.cut();
  const { body: cancellation } = await rahul.doors.cancelBooking({
    path: { bookingId: first },
    idempotencyKey: `${run}.cancel`,
    body: {},
  });
  const left = asked.slice(1);
  const after = await waitFor(
    async (seen) => {
      const bookings = await Promise.all(
        left.map(({ who, id }) => bookingIn(who, id, 'CONFIRMED', 'RAC', 'WAITLISTED')),
      );
      seen(counted(bookings));
      return counted(bookings) === 'CNF 38, RAC 4, GNWL 0' && bookings;
    },
    { what: 'the lists to be at rest', timeoutMs: 100_000, everyMs: 700 },
  );
  tell('one is cancelled', { lines: [...after.map(told), kept(cancellation)] });
  await listener.hasState('RAC');
  for (const { tracking } of [listener, guesser]) tracking.close();
  tell('followed on the list', {
    lines: listener.items.map(
      ({ sequence, text }): Text => ({ en: `${sequence} ${text}`, hi: `${sequence} ${text}` }),
    ),
  });

  // A sender of another city, say, that writes a word wrong.
  const notice = events.noticeWanted.of({
    ...{ subject: last.id, correlationId: run, data: { booking: last.id, kind: 'promoted' } },
  });
  const wrong = {
    ...notice,
    id: `${run}.wrong`,
    time: new Date().toISOString(),
    data: { booking: last.id, kind: 'promted' },
  };
  await stage.post('irctc-booking-send-sms', wrong);
  const letters = stage.as(stage.operator, 'console', consoleRoutes);
  const poison = await waitFor(
    async () => {
      const query = { queue: 'irctc-booking-parking', limit: 100 };
      return (await letters.listDeadLetters({ query })).body.items.find(({ about }) => about === last.id);
    },
    { what: 'the notice that could not be sent', timeoutMs: 100_000, everyMs: 1_000 },
  );
  const { trail } = poison;
  await letters.redriveDeadLetters({
    body: {
      ...{ trails: [trail], dryRun: false, ratePerSecond: 1 },
      edits: { [trail]: [{ path: '/data/kind', json: '"promoted"' }] },
    },
  });
  const mended = await waitFor(
    async () => {
      const { body } = await last.who.doors.listNotices({ path: { bookingId: last.id }, query: {} });
      return body.items.find(({ event }) => event === wrong.id);
    },
    { what: 'the notice to be sent after all', timeoutMs: 100_000, everyMs: 700 },
  );
  tell('a notice that could not be sent');

  const [whose] = tickets;
  const pnr = whose?.pnr ?? ('0' as never);
  const stranger = others[1] as Traveller;
  const byPhone = await stranger.doors.getPnr({ path: { pnr }, query: { phone: '+919876543210' as never } });
  const refunded = await waitFor(
    async () => {
      const { body } = await rahul.doors.getBooking({ path: { bookingId: first } });
      return body.refunds.every(({ state }) => state === 'done') && body;
    },
    { what: 'the money to be back', timeoutMs: 100_000, everyMs: 700 },
  );
  const { body: wallet } = await rahul.payer.doors.getWallet({ path: { userId: rahul.payer.id } });
  tell('endings', { lines: [told(refunded)] });

  const fare = refunded.fare.total;
  return [
    {
      what: 'the original’s five trains are published',
      expected: 5,
      seen: all.filter((number) => !number.startsWith('0')).length,
    },
    { what: 'the train has 38 berths for everybody', expected: 'AVAILABLE 38', seen: before },
    { what: 'whoever cannot pay has no ticket', expected: 'FAILED', seen: failed.state },
    { what: 'and is told why', expected: 'InsufficientFundsError', seen: failed.payment.reason },
    {
      what: 'every ticket has a PNR of its own',
      expected: asked.length,
      seen: new Set(tickets.map((one) => one.pnr)).size,
    },
    {
      what: 'who waits is told of each step, over a connection that was cut',
      expected: 'INITIATED, PAYMENT_PENDING, WAITLISTED, RAC',
      seen: [...new Set(listener.items.map(({ state }) => state))].join(', '),
    },
    {
      what: 'and of none twice',
      expected: listener.items.length,
      seen: listener.items.at(-1)?.sequence,
    },
    {
      what: 'a stranger is told that there is none',
      expected: 'NotFoundError',
      seen: guesser.refused.join(),
    },
    { what: 'no berth is given twice', expected: 38, seen: new Set(after.flatMap(berths)).size },
    { what: 'the cancelled one is cancelled', expected: 'CANCELLED', seen: refunded.state },
    {
      what: 'the railway keeps its charge, and the fee',
      expected: fare - cancellation.refund,
      seen: cancellation.kept + feeOf(refunded),
    },
    {
      what: 'the rest is back in the wallet',
      expected: rupees(9_000) - fare - (fare - cancellation.refund),
      seen: wallet.balance,
    },
    {
      what: 'a message with a wrong word is parked, and why',
      expected: 'InvalidInputError',
      seen: poison.error,
    },
    { what: 'with the word mended it is sent', expected: 'promoted', seen: mended.kind },
    { what: 'a PNR is looked up with the phone', expected: 'CANCELLED', seen: byPhone.body.state },
  ];
};

const berths = ({ passengers }: BookingView): string[] =>
  passengers.flatMap(({ now, coach, berth }) => (now === 'CNF' ? [`${coach}-${berth}`] : []));
const feeOf = ({ fare }: BookingView): number => fare.convenience + fare.gstOnConvenience;
const kept = ({ refund, kept: charge }: { readonly refund: number; readonly kept: number }): Text => ({
  en: `back: ${formatPaise(refund as never, 'en')}, kept: ${formatPaise(charge as never, 'en')}`,
  hi: `वापस: ${formatPaise(refund as never, 'hi')}, रखा गया: ${formatPaise(charge as never, 'hi')}`,
});
