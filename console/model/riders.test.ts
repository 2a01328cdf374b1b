import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Riding } from '../../functions/swiggy-tracking/contract.views.ts';
import { OrderId, type OrderUnderWay } from '../../functions/zomato-ordering/contract.views.ts';
import { type Markers, NO_MARKERS, rowsOf, withPosition, withRiders } from './riders.ts';

const order = (n: number) => OrderId.parse(`order_0193a5c0-0000-7000-8000-00000000000${n}`);
const [ONE, TWO] = [order(1), order(2)];
const at = (second: number, latitude = 19.0, rider = 'rider_ravi') => ({
  ...{ latitude, longitude: 72.85, rider },
  at: new Date(Date.UTC(2026, 10, 29, 12, 0, second)).toISOString(),
});
const riding = (id: OrderId, position?: ReturnType<typeof at>): Riding => ({
  ...{ rider: position?.rider ?? 'rider_ravi', order: id, state: 'OUT_FOR_DELIVERY' },
  ...(position ? { position } : {}),
});
const only = (markers: Markers) => [...markers.values()];

describe('the riders on the map', () => {
  it('are those who have said where they are, until they ride no longer', () => {
    const both = withRiders(NO_MARKERS, [riding(ONE, at(1)), riding(TWO)]);
    expect(only(both)).toEqual([{ order: ONE, rider: 'rider_ravi', position: at(1) }]);
    expect(only(withRiders(both, []))).toEqual([]);
  });

  it('point to where they go, and on when they stand', () => {
    let markers = withPosition(NO_MARKERS, ONE, at(1));
    expect(markers.get(ONE)).not.toHaveProperty('heading');
    markers = withPosition(markers, ONE, at(2, 19.01));
    expect(markers.get(ONE)?.heading).toBeCloseTo(0);
    markers = withPosition(markers, ONE, at(3, 19.01));
    expect(markers.get(ONE)).toMatchObject({ heading: expect.closeTo(0), position: at(3, 19.01) });
  });

  it('begin anew where another one has the order', () => {
    const before = withPosition(withPosition(NO_MARKERS, ONE, at(1)), ONE, at(5, 19.01));
    const after = withPosition(before, ONE, at(4, 19.05, 'rider_suresh'));
    expect(only(after)).toEqual([
      { order: ONE, rider: 'rider_suresh', position: at(4, 19.05, 'rider_suresh') },
    ]);
  });

  test.prop([fc.array(fc.tuple(fc.nat(59), fc.boolean()), { minLength: 1 })])(
    'are at the newest place that anybody told, in whatever order it comes, by list or by push',
    (told) => {
      const last = told.reduce<Markers>(
        (markers, [second, isPush]) =>
          isPush
            ? withPosition(markers, ONE, at(second))
            : withRiders(markers, [riding(ONE, at(second)), riding(TWO)]),
        NO_MARKERS,
      );
      expect(last.get(ONE)?.position.at).toBe(at(Math.max(...told.map(([second]) => second))).at);
    },
  );

  it('are the same markers where nothing is news', () => {
    const markers = withPosition(NO_MARKERS, ONE, at(5));
    expect(withPosition(markers, ONE, at(4))).toBe(markers);
  });
});

describe('the rows of the table', () => {
  const ordered = (id: OrderId, over: Partial<OrderUnderWay> = {}): OrderUnderWay => ({
    ...{ id, state: 'PLACED', total: 45_826 as OrderUnderWay['total'], restaurant: 'Leopold Cafe' },
    ...{ itemsCount: 2, placedAt: at(0).at, position: { latitude: 18.92, longitude: 72.83 } },
    ...over,
  });

  it('are all that either system knows, the newest first', () => {
    const markers = withRiders(NO_MARKERS, [riding(ONE, at(1))]);
    const rows = rowsOf([ordered(TWO)], [riding(ONE, at(1))], markers);
    expect(rows).toEqual([
      { id: TWO, state: 'PLACED', ordered: ordered(TWO) },
      { id: ONE, state: 'OUT_FOR_DELIVERY', rider: 'rider_ravi', marker: markers.get(ONE) },
    ]);
  });

  it('go by ordering for how an order stands, which owns it, and name a rider whom either knows', () => {
    const [row] = rowsOf([ordered(ONE, { state: 'READY', rider: 'rider_1' })], [], NO_MARKERS);
    expect(row).toMatchObject({ state: 'READY', rider: 'rider_1' });
    const [both] = rowsOf([ordered(ONE, { state: 'READY' })], [riding(ONE)], NO_MARKERS);
    expect(both).toMatchObject({ state: 'READY', rider: 'rider_ravi' });
  });
});
