import { describe, expect, it } from 'vitest';
import { events } from '../contract.events.ts';
import { child, openRail, priya, rahul, smallPool } from '../rail.fixture.ts';

/** What the city is told of a booking, each with its version. */
const toldOf = (rail: Awaited<ReturnType<typeof openRail>>, id: string) =>
  rail
    .told()
    .filter(({ subject, type }) => subject === id && type === events.moved.type)
    .map((event) => events.moved.schema.parse(event))
    .toSorted((one, other) => (one.sequence ?? 0) - (other.sequence ?? 0));

describe('whoever follows a booking', () => {
  it('is told that it was asked for, and of each change how it stood and stands', async () => {
    const rail = await openRail([smallPool([1], { shared: [7] })]);
    const first = await rail.ticket([rahul]);
    for (const _ of [1, 2]) await rail.ticket([priya]);
    const { id } = await rail.ticket([rahul, child]);
    await rail.cancel(first.id);
    await rail.promote();
    const tellings = toldOf(rail, id).map(({ data }) => data);
    expect(tellings[0]).toEqual({
      ...{ booking: id, customer: 'customer_asha', pool: '12951.2026-12-06.3A.GN' },
      ...{ departure: expect.any(String), state: 'INITIATED', passengers: [], mark: 'INITIATED' },
    });
    const seats = tellings.map(({ passengers }) =>
      passengers.map(({ status, berth }) => (berth ? `${status} ${berth}` : status)).join(', '),
    );
    // By the place on the list as it was then: the third who shared is the second now.
    expect(seats).toEqual(['', 'GNWL 1', 'GNWL 1, NB', 'RAC 2 B1-7, NB']);
    expect(tellings.slice(1).map(({ state, by }) => [state, by])).toEqual([
      ['PAYMENT_PENDING', 'allocation'],
      ['WAITLISTED', 'payment'],
      ['RAC', 'promotion'],
    ]);
    expect(tellings.slice(1).map(({ follows }) => follows)).toEqual(
      tellings.slice(0, -1).map(({ mark }) => mark),
    );
  });

  it('is told of who goes, though the booking goes on as it was', async () => {
    const rail = await openRail([smallPool([1, 2])]);
    const { id } = await rail.ticket([rahul, priya]);
    await rail.cancel(id, { passengers: [1] });
    const last = toldOf(rail, id).at(-1);
    expect(last?.data).not.toHaveProperty('by');
    expect(last?.data).toMatchObject({
      state: 'CONFIRMED',
      passengers: [
        { passenger: 1, status: 'CAN' },
        { passenger: 2, status: 'CNF', berth: expect.stringMatching(/^B1-\d$/) },
      ],
    });
  });

  it('is told nothing where only money moved, and never who travels', async () => {
    const rail = await openRail([smallPool([1])]);
    const { id } = await rail.ticket([rahul]);
    await rail.cancel(id);
    const before = toldOf(rail, id).length;
    await rail.refund(id);
    await rail.hear(id, 'RefundCompleted', { refund: `refund.1.${id}` });
    expect(toldOf(rail, id)).toHaveLength(before);
    expect(JSON.stringify(toldOf(rail, id))).not.toMatch(/Rahul|Sharma|9876543210|"age"|"gender"/);
  });

  it('is one of few whom a cancellation moves: three bookings at once, however many wait', async () => {
    const rail = await openRail([smallPool([1], { shared: [7], mayWait: 20 })]);
    const first = await rail.ticket([rahul]);
    for (let n = 0; n < 20; n += 1) await rail.ticket([priya]);
    const before = rail.told().length;
    await rail.cancel(first.id);
    const moved = rail
      .told()
      .slice(before)
      .filter(({ type }) => type === events.moved.type);
    expect(moved.map(({ data }) => (data as { state: string }).state)).toEqual([
      ...['CANCELLED', 'CONFIRMED', 'RAC'],
    ]);
    expect(await rail.promote()).toBe(0);
  });
});
