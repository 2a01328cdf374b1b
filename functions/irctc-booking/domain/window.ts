/** From when until when a berth is sold, by the clock of Asia/Kolkata: domain/india.md, sections 4.1, 4.4 and 4.5. */
import { kolkata } from '../../../shared/time/index.ts';
import type { ClassCode, JourneyDate, Quota } from '../contract.codes.ts';
import { type Dated, ruleOn } from './dated.ts';
import { isAc } from './layout.ts';
import { departureAt, type Train } from './train.ts';

const HOUR_MS = 60 * 60 * 1000;

/** Since 1 Nov 2024, the journey day not counted (thehindubusinessline.com, 17 Oct 2024). */
const ADVANCE_DAYS = 60;
const OPENS = '08:00';

/** The day before the train leaves its first station, which is where every ticket here begins. */
const TATKAL_DAYS = 1;
const tatkalOpens = (cls: ClassCode): string => (isAc(cls) ? '10:00' : '11:00');

/** When the first chart is made, and with it the sale ends. */
interface ChartRule {
  /** Of trains that leave from 05:00 to 14:00: at this hour of the day before. Absent: as all others. */
  readonly dayTrains?: string;
  /** Of others: so long before they leave. */
  readonly hoursBefore: number;
}

const CHARTS: readonly Dated<ChartRule>[] = [
  { from: '2015-01-01', rule: { hoursBefore: 4 } },
  { from: '2025-07-15', rule: { dayTrains: '21:00', hoursBefore: 8 } },
  // Synthetic: the source says December, and no day.
  { from: '2025-12-15', rule: { dayTrains: '20:00', hoursBefore: 10 } },
];

/** When the chart of a train that leaves its first station then is made. The rule is that of the day on which it leaves. */
export const chartOf = (departure: Date): Date => {
  const { date } = kolkata(departure);
  const { dayTrains, hoursBefore } = ruleOn(CHARTS, date);
  // Synthetic: at 05:00 and at 14:00 sharp is by day.
  const byDay = departure >= at(date, '05:00') && departure <= at(date, '14:00');
  return dayTrains && byDay
    ? at(daysBefore(date, 1), dayTrains)
    : new Date(departure.getTime() - hoursBefore * HOUR_MS);
};

/** When the chart of a train's day is made. */
export const chartedAt = (train: Train, date: JourneyDate): Date => chartOf(departureAt(train, date));

/** From `opensAt` on and before `closesAt`. */
export interface BookingWindow {
  readonly opensAt: Date;
  readonly closesAt: Date;
}

/**
 * When berths of a quota are sold. Tatkal is sold in 1A too: so the newer pages; ndtv.com (2019) has it otherwise.
 * Synthetic: the sale ends with the first chart, and what is left then is not sold at all.
 */
export const bookingWindow = (
  train: Train,
  cls: ClassCode,
  quota: Quota,
  journeyDate: JourneyDate,
): BookingWindow => ({
  opensAt:
    quota === 'TQ'
      ? at(daysBefore(journeyDate, TATKAL_DAYS), tatkalOpens(cls))
      : at(daysBefore(journeyDate, ADVANCE_DAYS), OPENS),
  closesAt: chartedAt(train, journeyDate),
});

const at = (date: string, time: string): Date => new Date(`${date}T${time}:00+05:30`);

/** On the calendar, where India's days are all of 24 hours. */
const daysBefore = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - days * 24 * HOUR_MS).toISOString().slice(0, 10);
