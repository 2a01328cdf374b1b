/** What is asked of railway booking's doors by whoever tries them all. */
import type { TrainNumber } from '../../../functions/irctc-booking/contract.ts';
import { uuidV7 } from '../../../shared/ids/index.ts';
import { dayFromNow } from '../../story/trains.ts';
import type { Said } from '../described-api.ts';

/** The day of every request that names one. */
export const day = dayFromNow(7);
/** A train runs on all days but this one. */
export const dayOff = dayFromNow(8);

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const weekday = (date: string) => DAYS[new Date(`${date}T00:00:00Z`).getUTCDay()];

/** As a train is published that has one coach of 3A. */
export const special = (over: object = {}) => ({
  ...{
    name: 'The Fuzz',
    from: 'MMCT',
    to: 'ST',
    kilometres: 263,
    departs: '17:00',
    coaches: { '3A': ['B1'] },
  },
  runsOn: DAYS.filter((one) => one !== weekday(dayOff)),
  ...{ paidTo: `merchant_${uuidV7()}`, ...over },
});

/** As places are asked for, by somebody who would pay by a code that nobody scans. */
export const wish = (train: string, over: object = {}) => ({
  ...{ train, date: day, class: '3A', quota: 'GN', phone: '+919876543210', email: 'rahul@example.in' },
  passengers: [{ name: 'Rahul Sharma', age: 32, gender: 'M', berth: 'LB' }],
  payment: { method: 'upi_qr', link: `link_${uuidV7()}` },
  ...over,
});

/** @param customer the token of one of several customers, another each time */
export const requestsOf = (
  { nowhere, fresh }: { readonly nowhere: TrainNumber; readonly fresh: TrainNumber },
  tokens: { readonly [who: string]: string },
  customer: () => string,
) => {
  /** For each operation a request that is right but for what it names: nothing is there by these names. */
  const rightButMissing = (): { readonly [operation: string]: Said } => {
    const key = () => ({ 'idempotency-key': uuidV7() });
    const operator = { token: tokens.operator ?? '' };
    const token = customer();
    const booking = { token, path: { bookingId: `booking_${uuidV7()}` } };
    const chart = { ...operator, path: { train: nowhere, date: day } };
    return {
      health: {},
      'list-trains': { token, query: { limit: '5' } },
      'publish-train': { ...operator, path: { train: fresh }, body: special() },
      'get-availability': { token, path: { train: nowhere }, query: { date: day, class: '3A' } },
      'request-booking': { token, body: wish(nowhere), headers: key() },
      'list-bookings': { token },
      'get-booking': booking,
      'cancel-booking': { ...booking, body: { passengers: [1] }, headers: key() },
      'get-pnr': { token, path: { pnr: '9999999999' } },
      'get-chart': { ...chart, query: { class: '3A' } },
      'request-chart': { ...chart, headers: key() },
      'list-notices': booking,
      openapi: {},
    };
  };
  return { rightButMissing };
};
