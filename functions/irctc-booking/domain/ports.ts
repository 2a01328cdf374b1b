/** What the use cases of railway booking need of the world. */
import type { Effects } from '../../../shared/effects/index.ts';
import type { Insist } from '../../../shared/effects/until-unchanged.ts';
import type { Page, PageOf } from '../../../shared/http/index.ts';
import type { Ids } from '../../../shared/ids/index.ts';
import type { Now } from '../../../shared/time/index.ts';
import type { ClassCode, JourneyDate, PnrNumber, TrainNumber } from '../contract.codes.ts';
import type { BookingId, PoolId } from '../contract.views.ts';
import type { Booking } from './booking.ts';
import type { Notice } from './noticing.ts';
import type { Pool } from './pool.ts';
import type { Train } from './train.ts';

export interface Bookings {
  find(id: BookingId): Promise<Booking | undefined>;
  /** @throws {NotFoundError} */
  load(id: BookingId): Promise<Booking>;
  /** Whose number it is. */
  ofPnr(pnr: PnrNumber): Promise<Booking | undefined>;
  ofCustomer(customer: string, page: Page): Promise<PageOf<Booking>>;
  /** Those that have, or had, places in a class of a train that day. */
  ofClass(train: TrainNumber, date: JourneyDate, cls: ClassCode, page: Page): Promise<PageOf<Booking>>;
}

export interface Pools {
  find(id: PoolId): Promise<Pool | undefined>;
}

export interface Trains {
  /** @throws {NotFoundError} */
  load(number: TrainNumber): Promise<Train>;
  list(page: Page): Promise<PageOf<Train>>;
  /** The same again changes nothing. @throws {CoachesFixedError} it is known with other coaches */
  publish(train: Train): Promise<void>;
}

/** A request in its line: which booking, and the pool that its places are of. */
export interface Requested {
  readonly booking: BookingId;
  readonly pool: PoolId;
}

/** What several requests are about. */
export interface InLine {
  /** In the order of the requests, each once. */
  readonly bookings: readonly Booking[];
  /** Those that are open by now. */
  readonly pools: readonly Pool[];
}

/** Reads in one call what requests are about. @throws {NotFoundError} of one there is no booking */
export type ReadRequested = (requests: readonly Requested[]) => Promise<InLine>;

/** The phone and the mailbox of the city. */
export interface Notices {
  /** False: it is there already. */
  send(notice: Notice): Promise<boolean>;
  /** Those of a booking, the first first. */
  ofBooking(booking: BookingId, page: Page): Promise<PageOf<Notice>>;
}

/** What time has something to do with. */
export type Due =
  | { readonly what: 'booking'; readonly booking: BookingId }
  | { readonly what: 'pool'; readonly pool: PoolId }
  | { readonly what: 'run'; readonly train: TrainNumber; readonly date: JourneyDate };

export interface Clockwork {
  /** What is due, the longest due first, in one walk for each shard. */
  due(at: Date): AsyncGenerator<Due>[];
}

export interface RailPorts {
  readonly bookings: Bookings;
  readonly pools: Pools;
  readonly trains: Trains;
  readonly clockwork: Clockwork;
  readonly effects: Effects;
  readonly insist: Insist;
  readonly now: Now;
  readonly ids: Ids;
  readonly chance: () => number;
}

/** What allocation needs beside: it alone reads many at once. */
export interface LinePorts extends RailPorts {
  readonly readRequested: ReadRequested;
}

/** How a payment stands. */
export type Paying =
  | {
      readonly status: 'in_progress';
      readonly payment: string;
      readonly approval?: { readonly link: string; readonly expiresAt: string };
    }
  | { readonly status: 'completed'; readonly payment: string }
  | { readonly status: 'failed'; readonly payment?: string; readonly reason: string };

/** What the payment saga does for us. */
export interface Cashier {
  /** Starts the payment of a booking, or says how it stands: asked again, the same one. */
  pay(booking: Booking): Promise<Paying>;
  look(payment: string): Promise<Paying>;
  /** Gives back the refund of that number; asked again, the same one. */
  refund(booking: Booking, number: number): Promise<{ readonly id: string; readonly done: boolean }>;
}
