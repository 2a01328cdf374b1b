/** How far two places are from each other, and in which direction one is seen from the other. */
import type { Position } from '../../functions/zomato-ordering/contract.views.ts';

const METERS_A_DEGREE = 111_195;
const RADIANS = Math.PI / 180;

/** East and north of another place, in metres. Within a city the earth is flat. */
const offset = (from: Position, to: Position): readonly [east: number, north: number] => {
  const narrow = Math.cos(((from.latitude + to.latitude) / 2) * RADIANS);
  return [
    (to.longitude - from.longitude) * narrow * METERS_A_DEGREE,
    (to.latitude - from.latitude) * METERS_A_DEGREE,
  ];
};

export const metersBetween = (from: Position, to: Position): number => Math.hypot(...offset(from, to));

/** A phone that lies still wanders by as much. */
const STILL_METERS = 8;

/** Degrees clockwise from north, 0 to 360; undefined where it did not move. */
export const headingOf = (from: Position, to: Position): number | undefined => {
  const [east, north] = offset(from, to);
  if (Math.hypot(east, north) < STILL_METERS) return undefined;
  return (Math.atan2(east, north) / RADIANS + 360) % 360;
};
