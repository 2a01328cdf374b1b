/** The chart of a class as it is drawn: coaches as bays with the aisle between, each place once, and what becomes of it. */
import type { BerthOnChart, ChartView, Occupant } from '../../functions/irctc-booking/contract.charts.ts';
import type { BerthKind, Quota } from '../../functions/irctc-booking/contract.codes.ts';

/** `vacant`: it was free when the chart was made, so that nobody can book it any more. */
export type Look = BerthOnChart['state'] | 'vacant';

/** What one passenger can have: a berth, or half of one. */
export interface Place {
  /** `B1-23`; of a half `B1-7a`. */
  readonly code: string;
  readonly look: Look;
  readonly by?: Occupant;
}

/** A berth at its place in its bay. */
export interface Cell {
  /** Coach and number: `B1-23`. */
  readonly code: string;
  readonly coach: string;
  readonly number: number;
  readonly kind: BerthKind;
  readonly quota: Quota;
  /** One; of a berth that two share its halves. */
  readonly places: readonly Place[];
  /** From 0, from the top to the bottom of the drawing; the aisle is a row of its own. */
  readonly row: number;
  /** From 0, within the bay. */
  readonly column: number;
  /** Over so many columns it lies: a side berth along the aisle over all of its bay. */
  readonly span: number;
}

export interface Bay {
  readonly number: number;
  readonly columns: number;
  readonly cells: readonly Cell[];
}

export interface Coach {
  readonly name: string;
  readonly bays: readonly Bay[];
  /** How many rows each bay has, and which of them is the aisle; there is none where nothing lies beyond it. */
  readonly rows: number;
  readonly aisle?: number;
}

/** From the window at the top to the one at the bottom. Seats are on both sides, so their kinds stand there twice. */
const BERTH_ROWS: readonly BerthKind[] = ['UB', 'MB', 'LB'];
const SIDE_ROWS: readonly BerthKind[] = ['SU', 'SL'];
const SEAT_ROWS: readonly BerthKind[] = ['WS', 'MS', 'AS'];
const FAR_SEAT_ROWS: readonly BerthKind[] = ['AS', 'WS'];

/** The chart is made for every quota. */
export const isCharted = ({ lists }: Pick<ChartView, 'lists'>): boolean =>
  lists.length > 0 && lists.every(({ state }) => state === 'charted');

export const coachesOf = (chart: ChartView): readonly Coach[] => {
  const charted = isCharted(chart);
  return chart.coaches.map(({ coach, berths }) => {
    const has = (kind: BerthKind) => berths.some((berth) => berth.kind === kind);
    const isSeats = SEAT_ROWS.some(has);
    const near = (isSeats ? SEAT_ROWS : BERTH_ROWS).filter(has);
    const far = (isSeats ? FAR_SEAT_ROWS : SIDE_ROWS).filter(has);
    const aisle = far.length > 0 ? near.length : undefined;
    const bays = [...Map.groupBy(berths, ({ bay }) => bay)];
    return {
      name: coach,
      rows: near.length + far.length + (aisle === undefined ? 0 : 1),
      ...(aisle === undefined ? {} : { aisle }),
      bays: bays.map(([number, of]) => bayOf({ number, coach, charted, near, far, isSeats }, of)),
    };
  });
};

interface Drawn {
  readonly number: number;
  readonly coach: string;
  readonly charted: boolean;
  readonly near: readonly BerthKind[];
  readonly far: readonly BerthKind[];
  readonly isSeats: boolean;
}

const bayOf = (drawn: Drawn, berths: readonly BerthOnChart[]): Bay => {
  const { near, far, isSeats, number } = drawn;
  const nth = new Map<BerthKind, number>();
  const spots = berths.map((berth) => {
    const before = nth.get(berth.kind) ?? 0;
    nth.set(berth.kind, before + 1);
    const isFar = isSeats ? before > 0 : !near.includes(berth.kind);
    const row = isFar ? near.length + 1 + far.indexOf(berth.kind) : near.indexOf(berth.kind);
    return { berth, isFar, row, column: isSeats ? Math.max(0, before - 1) : before };
  });
  const columns = Math.max(1, ...spots.map(({ isFar, column }) => (isFar && !isSeats ? 1 : column + 1)));
  return {
    ...{ number, columns },
    cells: spots.map(({ berth, isFar, row, column }) => ({
      ...cellOf(drawn, berth),
      ...{ row, column },
      span: isFar && !isSeats ? columns : 1,
    })),
  };
};

const cellOf = ({ coach, charted }: Drawn, { number, kind, quota, halves, ...berth }: BerthOnChart) => {
  const code = `${coach}-${number}`;
  const placeOf = (name: string, { state, by }: Pick<BerthOnChart, 'state' | 'by'>): Place => ({
    ...{ code: name, look: state === 'free' && charted ? 'vacant' : state },
    ...(by === undefined ? {} : { by }),
  });
  const places = halves?.map(({ half, ...rest }) => placeOf(`${code}${half}`, rest)) ?? [
    placeOf(code, berth),
  ];
  return { code, coach, number, kind, quota, places };
};

/** All berths in the order of coaches and numbers. */
export const cellsOf = (coaches: readonly Coach[]): readonly Cell[] =>
  coaches.flatMap(({ bays }) => bays.flatMap(({ cells }) => cells));

/** How many places look like what. */
export const countsOf = (cells: readonly Cell[]): { readonly [look in Look]: number } => {
  const looks = cells.flatMap(({ places }) => places.map(({ look }) => look));
  const of = (look: Look) => looks.filter((one) => one === look).length;
  return { free: of('free'), held: of('held'), taken: of('taken'), vacant: of('vacant') };
};

/**
 * A chart with the occupants that another page of it tells. A page names those of its own bookings alone; whether a
 * place is held is known with its occupant.
 */
export const withOccupants = (chart: ChartView, page: ChartView): ChartView => {
  const told = new Map(
    page.coaches.flatMap(({ coach, berths }) =>
      berths.map((berth) => [`${coach}-${berth.number}`, berth] as const),
    ),
  );
  const { next: _, ...known } = chart;
  return {
    ...known,
    ...(page.next === undefined ? {} : { next: page.next }),
    coaches: chart.coaches.map(({ coach, berths }) => ({
      coach,
      berths: berths.map((berth) => withOccupant(berth, told.get(`${coach}-${berth.number}`))),
    })),
  };
};

const withOccupant = (berth: BerthOnChart, told: BerthOnChart | undefined): BerthOnChart => {
  if (told?.halves === undefined || berth.halves === undefined) return told?.by === undefined ? berth : told;
  const halves = berth.halves.map((half) => {
    const other = told.halves?.find((one) => one.half === half.half);
    return other?.by === undefined ? half : other;
  });
  const has = (state: BerthOnChart['state']) => halves.some((half) => half.state === state);
  return { ...berth, halves, state: has('taken') ? 'taken' : has('held') ? 'held' : 'free' };
};

export type Direction = 'left' | 'right' | 'up' | 'down';

interface Spot {
  readonly cell: Cell;
  /** From the first door of the coach. */
  readonly column: number;
}

/** The berth beside another one of a coach as it is drawn; undefined at its end. */
export const besideOf = (coach: Coach, code: string, direction: Direction): Cell | undefined => {
  const spots = spotsOf(coach);
  const from = spots.find(({ cell }) => cell.code === code);
  if (from === undefined) return undefined;
  const far = (spot: Spot): number => {
    const aside = Math.abs(spot.cell.row - from.cell.row);
    const gap = gapOf(from, spot, direction);
    return gap > 0
      ? gap * FAR + (isAcross(direction) ? aside : Math.abs(spot.column - from.column))
      : Number.POSITIVE_INFINITY;
  };
  const reached = spots.filter((spot) => Number.isFinite(far(spot)));
  return reached.toSorted((one, other) => far(one) - far(other))[0]?.cell;
};

/** What lies in the direction comes first, however little it lies aside. */
const FAR = 1_000;

const isAcross = (direction: Direction): boolean => direction === 'left' || direction === 'right';

/** How far it is from one to the other in a direction, edge to edge; nothing above 0 where the other lies elsewhere. */
const gapOf = (from: Spot, to: Spot, direction: Direction): number => {
  switch (direction) {
    case 'left':
      return from.column - (to.column + to.cell.span - 1);
    case 'right':
      return to.column - (from.column + from.cell.span - 1);
    case 'up':
      return isOver(from, to) ? from.cell.row - to.cell.row : 0;
    case 'down':
      return isOver(from, to) ? to.cell.row - from.cell.row : 0;
  }
};

const isOver = (one: Spot, other: Spot): boolean =>
  one.column < other.column + other.cell.span && other.column < one.column + one.cell.span;

const spotsOf = ({ bays }: Coach): readonly Spot[] => {
  let before = 0;
  return bays.flatMap(({ columns, cells }) => {
    const spots = cells.map((cell) => ({ cell, column: before + cell.column }));
    before += columns;
    return spots;
  });
};
