import { type Allowance, changing, often } from '../../../shared/allowances/allowance.ts';

/** One for each door, so that nobody who looks for a train is kept from booking. */
export const ALLOWANCES = {
  health: often('health'),
  listTrains: often('list-trains'),
  publishTrain: changing('publish-train'),
  getAvailability: often('get-availability'),
  /** Two may be under way at once; of the rest this many come to nothing. */
  requestBooking: { name: 'request-booking', quota: 10, seconds: 60 },
  /** Whoever waits for a berth looks often. */
  getBooking: { name: 'get-booking', quota: 120, seconds: 60, borrow: 10 },
  listBookings: often('list-bookings'),
  cancelBooking: { name: 'cancel-booking', quota: 10, seconds: 60 },
  /** Who has neither number nor phone has to guess both, and has this long for each guess. */
  getPnr: { name: 'get-pnr', quota: 20, seconds: 60 },
  /** The console looks every two seconds, at more than one page of a long train. */
  getChart: { name: 'get-chart', quota: 120, seconds: 60, borrow: 10 },
  requestChart: changing('request-chart'),
  listNotices: often('list-notices'),
} as const satisfies { readonly [door: string]: Allowance };
