/**
 * The berths of a coach, as they are numbered and lie. All coaches are of the Integral Coach Factory (ICF): 72 berths in
 * SL, 64 in 3A, 46 in 2A, 18 in 1A, 73 seats in CC. Those of LHB coaches are more, and not found (domain/india.md, section 8).
 */
import { type BerthCode, type BerthKind, type ClassCode, COACH_LETTER } from '../contract.codes.ts';

export interface Berth {
  readonly code: BerthCode;
  readonly coach: string;
  readonly number: number;
  readonly kind: BerthKind;
  /** The how-manieth bay, cabin or row from the coach's first door, from 1. */
  readonly bay: number;
}

/** A bay, cabin or row: what stands in it, in the order of its numbers. */
type Bay = readonly BerthKind[];

const BAY_OF_EIGHT: Bay = ['LB', 'MB', 'UB', 'LB', 'MB', 'UB', 'SL', 'SU'];
const BAY_OF_SIX: Bay = ['LB', 'UB', 'LB', 'UB', 'SL', 'SU'];
const CABIN: Bay = ['LB', 'UB', 'LB', 'UB'];
const COUPE: Bay = ['LB', 'UB'];
/** Three seats on one side of the aisle, two on the other. */
const ROW: Bay = ['WS', 'MS', 'AS', 'AS', 'WS'];

const times = (count: number, bay: Bay): Bay[] => Array.from({ length: count }, () => bay);

const BAYS: { readonly [C in ClassCode]: readonly Bay[] } = {
  SL: times(9, BAY_OF_EIGHT),
  '3A': times(8, BAY_OF_EIGHT),
  // Synthetic: seven bays make 42 of the 46 berths; that the last four have no side berths is read off the numbering.
  '2A': [...times(7, BAY_OF_SIX), CABIN],
  // 18 berths, three cabins before three coupes (railtravels.org); other pages count 24 in LHB coaches.
  '1A': [...times(3, CABIN), ...times(3, COUPE)],
  // Synthetic: 73 seats leave three in the last row; the order within a row is nowhere published.
  CC: [...times(14, ROW), ROW.slice(0, 3)],
};

/** Air-conditioned, which is what Tatkal hours, taxes and waiting lists go by. */
export const isAc = (cls: ClassCode): boolean => cls !== 'SL';

type Place = Omit<Berth, 'code' | 'coach'>;

/** Made once: each request looks at it. */
const ofEachClass = <T>(make: (bays: readonly Bay[]) => T): { readonly [C in ClassCode]: T } => ({
  ...{ SL: make(BAYS.SL), '3A': make(BAYS['3A']), '2A': make(BAYS['2A']) },
  ...{ '1A': make(BAYS['1A']), CC: make(BAYS.CC) },
});

/** What stands in every coach of a class, by its number. */
const LAYOUT = ofEachClass((bays): readonly Place[] =>
  bays
    .flatMap((kinds, bay) => kinds.map((kind) => ({ kind, bay: bay + 1 })))
    .map(({ kind, bay }, index) => ({ number: index + 1, kind, bay })),
);

const KINDS = ofEachClass((bays): ReadonlySet<BerthKind> => new Set(bays.flat()));

/** The kinds that there are in a class. */
export const kindsOf = (cls: ClassCode): ReadonlySet<BerthKind> => KINDS[cls];

const berthAt = (coach: string, { number, kind, bay }: Place): Berth => ({
  ...{ code: `${coach}-${number}` as BerthCode, coach, number, kind, bay },
});

/** The berths of one coach, by their number. */
export const coachBerths = (cls: ClassCode, coach: string): readonly Berth[] =>
  LAYOUT[cls].map((place) => berthAt(coach, place));

/**
 * The berth of a code.
 * @throws {RangeError} coaches of this class have no such berth: a defect of the caller
 */
export const berthOf = (cls: ClassCode, code: BerthCode): Berth => {
  const [, coach, letter, number] = /^(([A-Z])[1-9][0-9]?)-([1-9][0-9]?)$/.exec(code) ?? [];
  const place = letter === COACH_LETTER[cls] ? LAYOUT[cls][Number(number) - 1] : undefined;
  if (coach === undefined || place === undefined) throw new RangeError(`${code} is no berth of ${cls}`);
  return berthAt(coach, place);
};
