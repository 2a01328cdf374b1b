/** Charts for tests: coaches as the classes have them, and people who stand anywhere on them. */
import { fc } from '@fast-check/vitest';
import type { BerthOnChart, ChartView, Occupant } from '../../functions/irctc-booking/contract.charts.ts';
import {
  type BerthKind,
  type ClassCode,
  JourneyDate,
  TrainNumber,
} from '../../functions/irctc-booking/contract.codes.ts';
import { BookingId, RacSeat } from '../../functions/irctc-booking/contract.views.ts';

const EIGHT = ['LB', 'MB', 'UB', 'LB', 'MB', 'UB', 'SL', 'SU'] as const;
const SIX = ['LB', 'UB', 'LB', 'UB', 'SL', 'SU'] as const;
const CABIN = ['LB', 'UB', 'LB', 'UB'] as const;
const COUPE = ['LB', 'UB'] as const;
const ROW = ['WS', 'MS', 'AS', 'AS', 'WS'] as const;

/** Two bays of each kind that a class has, in a coach. */
export const BAYS: { readonly [C in ClassCode]: readonly (readonly BerthKind[])[] } = {
  ...{ SL: [EIGHT, EIGHT], '3A': [EIGHT, EIGHT], '2A': [SIX, CABIN] },
  ...{ '1A': [CABIN, COUPE], CC: [ROW, ROW.slice(0, 3)] },
};

export const occupant = (n: number, passenger = 1): Occupant => ({
  ...{ booking: BookingId.parse(`booking_${n}`), passenger, name: 'R*** S***', age: 32, gender: 'M' },
});

/** The berths of a coach; those that are changed by their number. */
export const berthsIn = (
  cls: ClassCode,
  changed: { readonly [number: number]: Partial<BerthOnChart> } = {},
): BerthOnChart[] =>
  BAYS[cls]
    .flatMap((kinds, bay) => kinds.map((kind) => ({ kind, bay: bay + 1 })))
    .map(({ kind, bay }, index) => ({
      ...{ number: index + 1, kind, bay, quota: 'GN', state: 'free' },
      ...changed[index + 1],
    }));

export const list = (of: Partial<ChartView['lists'][number]> = {}): ChartView['lists'][number] => ({
  ...{ quota: 'GN', state: 'open', free: 0, rac: 0, sharing: [] },
  waiting: { length: 0, most: 25, first: [] },
  ...of,
});

export const chart = (of: Partial<ChartView> = {}): ChartView => ({
  ...{ train: TrainNumber.parse('12951'), date: JourneyDate.parse('2026-12-05'), class: '3A' },
  ...{ departure: '2026-12-05T11:30:00.000Z', chartAt: '2026-12-05T01:30:00.000Z' },
  coaches: [{ coach: 'B1', berths: berthsIn('3A') }],
  lists: [list()],
  ...of,
});

/** Somebody on a list, at its end. */
export const entry = (n: number, place: number, passenger = 1) => ({
  ...{ place, number: place, booking: BookingId.parse(`booking_${n}`), passenger, gender: 'M' as const },
});
export const sharer = (n: number, place: number, seat: string) => ({
  ...entry(n, place),
  seat: RacSeat.parse(seat),
});

/** Nine people, each somewhere: with a berth, in RAC, waiting, or nowhere; each place has one of them at most. */
export const anyChart = (): fc.Arbitrary<ChartView> =>
  fc
    .tuple(
      fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8]),
      fc.array(fc.constantFrom('held', 'rac', 'waiting', 'taken'), { minLength: 9, maxLength: 9 }),
    )
    .map(([people, places]) => {
      const at = (where: string) => people.filter((_, index) => places[index] === where);
      const whole = [
        ...at('held').map((n) => ['held', n] as const),
        ...at('taken').map((n) => ['taken', n] as const),
      ];
      const berths = Object.fromEntries(
        whole.map(([state, n], index) => [index + 1, { state, by: occupant(n) }] as const),
      );
      const sharing = at('rac').map((n, index) =>
        sharer(n, index + 1, `B1-${7 + 8 * (index >> 1)}${'ab'[index % 2]}`),
      );
      const first = at('waiting').map((n, index) => entry(n, index + 1));
      return chart({
        coaches: [{ coach: 'B1', berths: berthsIn('3A', berths) }],
        lists: [
          list({ rac: sharing.length, sharing, waiting: { length: first.length, most: 25, first } }),
          list({ quota: 'TQ' }),
        ],
      });
    });
