/**
 * Where riders were last and where they are going, out of lists and of pushes: of each the newest place counts, and nothing is
 * made up in between.
 */
import type { PositionView, Riding } from '../../functions/swiggy-tracking/contract.views.ts';
import type { OrderUnderWay } from '../../functions/zomato-ordering/contract.views.ts';
import { headingOf } from './meters.ts';

/** A rider on the map: one for each order, since a rider who brings two says where they are for each. */
export interface Marker {
  readonly order: string;
  readonly rider: string;
  readonly position: PositionView;
  /** Degrees clockwise from north; undefined as long as they have not moved while we looked. */
  readonly heading?: number;
}

export type Markers = ReadonlyMap<string, Marker>;

export const NO_MARKERS: Markers = new Map();

/** A marker with a newer position; one that is older, or another rider's before it, changes nothing. */
const movedTo = (known: Marker | undefined, order: string, position: PositionView): Marker => {
  const isSame = known?.rider === position.rider;
  if (isSame && Date.parse(position.at) <= Date.parse(known.position.at)) return known;
  const heading = isSame ? (headingOf(known.position, position) ?? known.heading) : undefined;
  return { order, rider: position.rider, position, ...(heading === undefined ? {} : { heading }) };
};

/** After a push of one order. */
export const withPosition = (markers: Markers, order: string, position: PositionView): Markers => {
  const known = markers.get(order);
  const marker = movedTo(known, order, position);
  return marker === known ? markers : new Map(markers).set(order, marker);
};

/** After a list of all who ride: who is not in it any more rides no longer. */
export const withRiders = (markers: Markers, riders: readonly Riding[]): Markers =>
  new Map(
    riders.flatMap(({ order, position }) =>
      position === undefined ? [] : [[order, movedTo(markers.get(order), order, position)]],
    ),
  );

/** An order in the table beside the map: what ordering says of it, and where its rider is. */
export interface OrderRow {
  readonly id: string;
  readonly state: OrderUnderWay['state'];
  /** Absent where tracking alone has told of it. */
  readonly ordered?: OrderUnderWay;
  readonly rider?: string;
  readonly marker?: Marker;
}

/** Every order under way, newest first. */
export const rowsOf = (
  orders: readonly OrderUnderWay[],
  riders: readonly Riding[],
  markers: Markers,
): readonly OrderRow[] => {
  const ordered = new Map<string, OrderUnderWay>(orders.map((order) => [order.id, order]));
  const ridden = new Map<string, Riding>(riders.map((riding) => [riding.order, riding]));
  const ids = [...new Set([...ordered.keys(), ...ridden.keys()])];
  return ids
    .toSorted((one, other) => (one < other ? 1 : -1))
    .flatMap((id): OrderRow[] => {
      const [order, riding, marker] = [ordered.get(id), ridden.get(id), markers.get(id)];
      const state = order?.state ?? riding?.state;
      if (state === undefined) return [];
      const rider = riding?.rider ?? order?.rider;
      return [
        {
          ...{ id, state },
          ...(order ? { ordered: order } : {}),
          ...(rider === undefined ? {} : { rider }),
          ...(marker ? { marker } : {}),
        },
      ];
    });
};
