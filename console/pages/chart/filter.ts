/** Which chart is meant, as it stands in the address of the page, and which one where nothing does. */
import {
  BerthCode,
  ClassCode,
  JourneyDate,
  TrainNumber,
} from '../../../functions/irctc-booking/contract.codes.ts';
import type { TrainView } from '../../../functions/irctc-booking/contract.trains.ts';

export interface Chart {
  readonly train: TrainNumber;
  readonly date: JourneyDate;
  readonly class: ClassCode;
}

export interface Chosen extends Partial<Chart> {
  /** A berth of it: `B1-23`. */
  readonly berth?: BerthCode;
  readonly view: 'drawn' | 'table';
}

/** What of it is to be another one; undefined is none any more. */
export type Change = { readonly [name in keyof Chosen]?: Chosen[name] | undefined };

export const chosenIn = (address: URLSearchParams): Chosen => {
  const [train, date, cls, berth] = [
    TrainNumber.safeParse(address.get('train')).data,
    JourneyDate.safeParse(address.get('date')).data,
    ClassCode.safeParse(address.get('class')).data,
    BerthCode.safeParse(address.get('berth')).data,
  ];
  return {
    ...(train === undefined ? {} : { train }),
    ...(date === undefined ? {} : { date }),
    ...(cls === undefined ? {} : { class: cls }),
    ...(berth === undefined ? {} : { berth }),
    view: address.get('view') === 'table' ? 'table' : 'drawn',
  };
};

/** The name of what stands there and is no train, date or class; undefined where all is well. */
export const mistypedIn = (address: URLSearchParams): string | undefined => {
  const chosen = chosenIn(address);
  return (['train', 'date', 'class'] as const)
    .filter((name) => chosen[name] === undefined)
    .map((name) => address.get(name) ?? '')
    .find((text) => text !== '');
};

export const addressOf = (chosen: Change): { readonly [name: string]: string } => {
  const { train = '', date = '', class: cls = '', berth = '', view } = chosen;
  const all = { train, date, class: cls, berth, view: view === 'table' ? 'table' : '' };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
};

export const linkTo = (chart: Chart): string => `#/chart?${new URLSearchParams(addressOf(chart)).toString()}`;

const CLASSES = ClassCode.options;
/** The sale opens so many days before; on the day after a train has left its chart is still of interest. */
const DAYS_AHEAD = 60;
const DAYS_BACK = 1;
const A_DAY_MS = 24 * 60 * 60_000;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

export const classesOf = ({ coaches }: Pick<TrainView, 'coaches'>): readonly ClassCode[] =>
  CLASSES.filter((cls) => (coaches[cls] ?? []).length > 0);

/**
 * The days of a train that one may look at, the earliest first.
 * @param today as Asia/Kolkata has it
 */
export const datesOf = ({ runsOn }: Pick<TrainView, 'runsOn'>, today: string): readonly JourneyDate[] =>
  Array.from({ length: DAYS_BACK + DAYS_AHEAD + 1 }, (_, n) => dayAfter(today, n - DAYS_BACK))
    .filter((day) => runsOn.some((one) => one === WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]))
    .map((day) => JourneyDate.parse(day));

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * A_DAY_MS).toISOString().slice(0, 10);

/** The day it is on the clock of Asia/Kolkata, which has no summer time. */
export const todayIn = (now: number): string => new Date(now + 5.5 * 60 * 60_000).toISOString().slice(0, 10);

/**
 * The chart that is shown: what stands in the address counts, then where something happened last, then the first of what there
 * is. A train that is in no list, or does not run that day, is asked for all the same: its system says why not.
 * @param busy where something happened, the latest first
 * @returns undefined where no train is known and none was chosen
 */
export const completed = (
  chosen: Chosen,
  {
    trains,
    busy,
    today,
  }: { readonly trains: readonly TrainView[]; readonly busy: readonly Chart[]; readonly today: string },
): Chart | undefined => {
  const lately = busy.find(
    (one) =>
      (chosen.train ?? one.train) === one.train &&
      (chosen.date ?? one.date) === one.date &&
      (chosen.class ?? one.class) === one.class,
  );
  const number = chosen.train ?? lately?.train ?? trains[0]?.number;
  if (number === undefined) return undefined;
  const train = trains.find((one) => one.number === number);
  const [first, next] = train === undefined ? [] : datesOf(train, today);
  const date = chosen.date ?? lately?.date ?? (first !== undefined && first < today ? next : first);
  const cls = chosen.class ?? lately?.class ?? (train === undefined ? undefined : classesOf(train)[0]);
  return {
    train: number,
    date: date ?? JourneyDate.parse(today),
    class: cls ?? '3A',
  };
};
