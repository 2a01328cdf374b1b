/** A train: when it leaves, and how its berths are divided when its sale opens. Tickets are for its whole way only. */
import { kolkata } from '../../../shared/time/index.ts';
import {
  type BerthCode,
  ClassCode,
  type JourneyDate,
  type Quota,
  type StationCode,
  type TrainNumber,
  Weekday,
} from '../contract.codes.ts';
import { type Dated, ruleOn } from './dated.ts';
import { type Berth, coachBerths, isAc } from './layout.ts';

export interface Train {
  readonly number: TrainNumber;
  readonly name: string;
  readonly from: StationCode;
  readonly to: StationCode;
  readonly kilometres: number;
  /** On the clock of Asia/Kolkata: `17:00`. */
  readonly departs: string;
  /** The days on which it leaves its first station. */
  readonly runsOn: readonly Weekday[];
  /** The names of its coaches in each class that it has. */
  readonly coaches: { readonly [C in ClassCode]?: readonly string[] };
  /** The merchant who is paid for its tickets, as the payment saga calls it. */
  readonly paidTo: string;
}

/** Whether it leaves its first station on a day. */
export const runs = (train: Train, date: JourneyDate): boolean => {
  const day = Weekday.options[new Date(`${date}T00:00:00Z`).getUTCDay()];
  return train.runsOn.some((one) => one === day);
};

/** When it leaves its first station, whether or not it {@link runs} on that day. */
export const departureAt = (train: Train, date: JourneyDate): Date =>
  new Date(`${date}T${train.departs}:00+05:30`);

/** Each berth of a class of a train in one of the lists; in each as coaches and numbers follow each other. */
export type Allocation = { readonly [Q in Quota]: readonly BerthCode[] } & {
  /** Side lower berths, each for two who have a seat until somebody cancels. */
  readonly rac: readonly BerthCode[];
};

/** Berths of a coach that two share: scrrailnews.blogspot.com, Dec 2016, for coaches that are not LHB. */
const RAC: { readonly [C in ClassCode]: number } = { '1A': 0, '2A': 3, '3A': 4, SL: 7, CC: 0 };

/**
 * Lower berths of a coach for seniors and women of 45 and more, in a train of one coach of the class and of more:
 * zeenews.india.com, 27 Dec 2018. No lower berths are set aside in 1A, and a chair car has none. Synthetic: a Rajdhani is
 * no exception; there the page has five in 3A and four in 2A.
 */
const SENIORS: { readonly [C in ClassCode]: readonly [alone: number, each: number] } = {
  '1A': [0, 0],
  '2A': [3, 4],
  '3A': [4, 4],
  SL: [6, 7],
  CC: [0, 0],
};

/** Synthetic: a share of all the berths of the class, whole berths only, in percent. The railways set it by train. */
const TATKAL_PERCENT = 20;

/**
 * How the berths of a class are divided when the sale opens. A class that the train has not has none in any list.
 */
export const allocationOf = (train: Train, cls: ClassCode): Allocation => {
  const coaches = (train.coaches[cls] ?? []).map((coach) => coachBerths(cls, coach));
  const all = coaches.flat();
  // Synthetic: which side lower berths are shared is nowhere published; the first of each coach are.
  const rac = coaches.flatMap((berths) => berths.filter(isOf('SL')).slice(0, RAC[cls]));
  // Six berths in the whole train (mv-organizing.com, of SL). Synthetic: a bay of the first coach, without its side berths.
  const ladies = cls === 'SL' || cls === '3A' ? (coaches[0] ?? []).slice(0, 6) : [];
  const eachCoach = SENIORS[cls][coaches.length > 1 ? 1 : 0];
  // Synthetic: the first lower berths of each coach that are not the ladies'.
  const seniors = coaches.flatMap((berths) => without(berths.filter(isOf('LB')), ladies).slice(0, eachCoach));
  const rest = without(all, [...rac, ...ladies, ...seniors]);
  // Synthetic: the last of what is left, so that Tatkal sells berths of every kind, beside each other.
  const tatkal = last(rest, Math.floor((all.length * TATKAL_PERCENT) / 100));
  return {
    GN: codesOf(without(rest, tatkal)),
    TQ: codesOf(tatkal),
    LD: codesOf(ladies),
    SS: codesOf(seniors),
    rac: codesOf(rac),
  };
};

const isOf =
  (kind: Berth['kind']) =>
  (berth: Berth): boolean =>
    berth.kind === kind;

/** `slice(-0)` would be all of them. */
const last = <T>(list: readonly T[], count: number): readonly T[] => list.slice(list.length - count);

const without = (berths: readonly Berth[], gone: readonly Berth[]): readonly Berth[] => {
  const those = new Set(gone);
  return berths.filter((berth) => !those.has(berth));
};

const codesOf = (berths: readonly Berth[]): readonly BerthCode[] => berths.map(({ code }) => code);

/** How many may wait, of a class with so many berths in the quota: domain/india.md, section 4.3. */
type WaitingRule = (cls: ClassCode, berths: number) => number;

const percent =
  (ac: number, other: number): WaitingRule =>
  (cls, berths) =>
    Math.floor((berths * (isAc(cls) ? ac : other)) / 100);

const UNTIL_2025: { readonly [C in ClassCode]: number } = {
  '1A': 30,
  '2A': 100,
  '3A': 300,
  SL: 400,
  CC: 300,
};

const WAITING: readonly Dated<WaitingRule>[] = [
  // Older than GST, before which no ticket is fared here.
  { from: '2017-07-01', rule: (cls) => UNTIL_2025[cls] },
  { from: '2025-06-16', rule: percent(25, 25) },
  { from: '2025-06-28', rule: percent(60, 30) },
];

/** Only the general quota has berths that two share; whoever waits for a Tatkal berth gets a whole one or none. */
export const hasRac = (quota: Quota): boolean => quota === 'GN';

/**
 * How many passengers may wait for a berth of a quota. LD and SS have no waiting list.
 * @param on when the ticket is bought: the rule has changed twice
 */
export const waitingCap = (train: Train, cls: ClassCode, quota: Quota, on: Date): number => {
  if (quota === 'LD' || quota === 'SS') return 0;
  const allocation = allocationOf(train, cls);
  // Synthetic: a berth that two share counts as one of the general quota.
  const berths = allocation[quota].length + (hasRac(quota) ? allocation.rac.length : 0);
  return berths === 0 ? 0 : ruleOn(WAITING, kolkata(on).date)(cls, berths);
};

/** The classes that a train has. */
export const classesOf = ({ coaches }: Pick<Train, 'coaches'>): readonly ClassCode[] =>
  ClassCode.options.filter((cls) => (coaches[cls] ?? []).length > 0);
