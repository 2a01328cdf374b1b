/** Where something happened: the charts of which the newest events tell. */
import type { CityEvent } from '../../functions/console/contract.ts';
import type { ClassCode, JourneyDate, TrainNumber } from '../../functions/irctc-booking/contract.codes.ts';
import { PoolId } from '../../functions/irctc-booking/contract.views.ts';

export interface Busy {
  readonly train: TrainNumber;
  readonly date: JourneyDate;
  readonly class: ClassCode;
  /** When the newest of its events happened (ISO 8601). */
  readonly at: string;
}

/** Payloads are texts and are not parsed, so that no number in them changes. */
const POOL = /"pool"\s*:\s*"([^"\\]*)"/;

/** Each train, date and class once, the latest first. @param events newest first @param most so many at most */
export const busyOf = (events: readonly CityEvent[], most: number): readonly Busy[] => {
  const seen = new Map<string, Busy>();
  for (const { data, time } of events) {
    const pool = PoolId.safeParse(POOL.exec(data.text ?? '')?.[1]).data;
    if (pool === undefined) continue;
    const [train, date, cls] = pool.split('.') as [TrainNumber, JourneyDate, ClassCode];
    const key = `${train} ${date} ${cls}`;
    if (!seen.has(key)) seen.set(key, { train, date, class: cls, at: time });
    if (seen.size === most) break;
  }
  return [...seen.values()];
};
