/** How far it is along roads, and how long one who rides there needs. */
import type { Position } from '../../zomato-ordering/contract.views.ts';
import { JUNCTIONS, type Junction, ROADS } from '../contract.mumbai.ts';

/** By how much a road is longer than the straight line between its ends; nobody has measured ours. */
const WINDING = 1.2;
const EARTH_METERS = 6_371_000;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** The straight line between two points, in metres (haversine). */
export const metersBetween = (one: Position, other: Position): number => {
  const latitude = radians(other.latitude - one.latitude) / 2;
  const longitude = radians(other.longitude - one.longitude) / 2;
  const chord =
    Math.sin(latitude) ** 2 +
    Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * Math.sin(longitude) ** 2;
  return 2 * EARTH_METERS * Math.asin(Math.min(1, Math.sqrt(chord)));
};

/** Where somebody comes onto the roads: a point of one road, so far from each of its ends. */
interface Entry {
  readonly road: number;
  /** Metres from the point to the road, and along the road to its ends. */
  readonly aside: number;
  readonly ends: readonly [readonly [Junction, number], readonly [Junction, number]];
  /** How far along it is, from the first end. */
  readonly along: number;
}

const LENGTHS = ROADS.map(([from, to]) => WINDING * metersBetween(JUNCTIONS[from], JUNCTIONS[to]));

const NEIGHBOURS = new Map<Junction, (readonly [Junction, number])[]>();
for (const [road, [from, to]] of ROADS.entries()) {
  const length = LENGTHS[road] ?? 0;
  NEIGHBOURS.set(from, [...(NEIGHBOURS.get(from) ?? []), [to, length]]);
  NEIGHBOURS.set(to, [...(NEIGHBOURS.get(to) ?? []), [from, length]]);
}

/** The nearest point of any road. A city is small enough to be flat. */
const entryOf = (point: Position): Entry => {
  const scale = Math.cos(radians(point.latitude));
  const plane = ({ latitude, longitude }: Position) => [longitude * scale, latitude] as const;
  const [x, y] = plane(point);
  const entries = ROADS.map(([from, to], road): Entry => {
    const [fromX, fromY] = plane(JUNCTIONS[from]);
    const [toX, toY] = plane(JUNCTIONS[to]);
    const [runX, runY] = [toX - fromX, toY - fromY];
    const part = ((x - fromX) * runX + (y - fromY) * runY) / (runX ** 2 + runY ** 2);
    const share = Math.min(1, Math.max(0, part));
    const foot = { latitude: fromY + share * runY, longitude: (fromX + share * runX) / scale };
    const length = LENGTHS[road] ?? 0;
    const along = share * length;
    return {
      ...{ road, along, aside: WINDING * metersBetween(point, foot) },
      ends: [
        [from, along],
        [to, length - along],
      ],
    };
  });
  return entries.reduce((best, entry) => (entry.aside < best.aside ? entry : best));
};

/** The shortest way along the roads, in metres: to the nearest road, along it and others, and from there to the end. */
export const roadMeters = (from: Position, to: Position): number => {
  const [start, end] = [entryOf(from), entryOf(to)];
  const aside = start.aside + end.aside;
  const straight = WINDING * metersBetween(from, to);
  // Who is nearer to the end than to any road goes straight there.
  if (straight <= aside) return straight;
  const together = start.road === end.road ? Math.abs(start.along - end.along) : Number.POSITIVE_INFINITY;
  const reached = shortest(start.ends);
  const over = end.ends.map(
    ([junction, meters]) => (reached.get(junction) ?? Number.POSITIVE_INFINITY) + meters,
  );
  return aside + Math.min(together, ...over);
};

/** Dijkstra from some junctions, each already so far away; thirty of them need no heap. */
const shortest = (starts: Entry['ends']): ReadonlyMap<Junction, number> => {
  const open = new Map<Junction, number>();
  for (const [junction, meters] of starts) open.set(junction, meters);
  const settled = new Map<Junction, number>();
  while (open.size > 0) {
    const [nearest, meters] = [...open].reduce((best, one) => (one[1] < best[1] ? one : best));
    open.delete(nearest);
    settled.set(nearest, meters);
    for (const [next, length] of NEIGHBOURS.get(nearest) ?? []) {
      if (settled.has(next)) continue;
      open.set(next, Math.min(open.get(next) ?? Number.POSITIVE_INFINITY, meters + length));
    }
  }
  return settled;
};

/** Metres a second. Nobody in Mumbai is faster for long, and who stands at a light will ride on. */
const SLOWEST = 10 / 3.6;
const FASTEST = 40 / 3.6;
/** 18 km/h: what is taken for a rider who has not moved yet. */
export const USUAL_SPEED = 18 / 3.6;
/** How much the newest stretch counts: a light or a lane does not turn the estimate over. */
const NEWEST = 0.3;

/** How fast somebody goes, in metres a second, after another stretch of theirs. */
export const speedAfter = (before: number, meters: number, seconds: number): number => {
  if (seconds <= 0) return before;
  const now = Math.min(FASTEST, Math.max(SLOWEST, (WINDING * meters) / seconds));
  return NEWEST * now + (1 - NEWEST) * before;
};

/** When somebody is there. */
export const arrivalOf = (
  { from, to, speed }: { readonly from: Position; readonly to: Position; readonly speed: number },
  at: string,
): { readonly meters: number; readonly at: string } => {
  const meters = Math.round(roadMeters(from, to));
  return { meters, at: new Date(Date.parse(at) + Math.round((meters / speed) * 1000)).toISOString() };
};
