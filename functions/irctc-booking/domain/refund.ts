/** What is kept of a passenger's fare who does not travel: domain/india.md, section 4.6. */
import { type Paise, paise, portion, rupees } from '../../../shared/money/index.ts';
import { kolkata } from '../../../shared/time/index.ts';
import type { ClassCode, Quota } from '../contract.codes.ts';
import { type Dated, ruleOn } from './dated.ts';
import { gstPercent, type PassengerFare } from './fare.ts';
import { chartOf } from './window.ts';

const HOUR_MS = 60 * 60 * 1000;

/** Of a confirmed berth, whenever it is given back: ndtv.com, 17 Oct 2018. */
const FLAT: { readonly [C in ClassCode]: Paise } = {
  ...{ '1A': rupees(240), '2A': rupees(200), '3A': rupees(180), SL: rupees(120), CC: rupees(180) },
};

/** With GST, ndtv.com, 2 Apr 2019. Synthetic: in SL as in AC; that page names no class, financialexpress.com AC only. */
const CLERKAGE = rupees(60);
/** So long before the train leaves, at the latest, shared berths and places on the list are given back. */
const CLERKAGE_UNTIL_MS = HOUR_MS / 2;

/** Hours before departure: more than `flat`, the flat charge; to `quarter`, 25 %; to `half`, 50 %; then all of it. */
interface ConfirmedRule {
  readonly flat: number;
  readonly quarter: number;
  readonly half: number;
  /** Whether all of it is kept from the chart on, however early that is made. */
  readonly untilChart: boolean;
}

/** The rule of the day on which it is cancelled. */
const CONFIRMED: readonly Dated<ConfirmedRule>[] = [
  // Older than GST, before which no ticket is fared here.
  { from: '2017-07-01', rule: { flat: 48, quarter: 12, half: 4, untilChart: true } },
  // Synthetic: phased in from 1 to 15 Apr 2026, and nobody says which trains first; so all on the last day. Its source
  // names no chart.
  { from: '2026-04-15', rule: { flat: 72, quarter: 24, half: 8, untilChart: false } },
];

export interface Cancelled {
  readonly status: 'CNF' | 'RAC' | 'WL';
  readonly cls: ClassCode;
  readonly quota: Quota;
  /** Of that passenger. The ticket's convenience fee is no part of it: that never comes back. */
  readonly fare: PassengerFare;
  readonly departure: Date;
  readonly now: Date;
  /** `charted`: nobody cancelled, the chart has dropped who was still waiting. @default 'cancelled' */
  readonly reason?: 'cancelled' | 'charted';
}

/** A passenger's fare divided: `kept` and `refund` are the whole of it. */
export interface Kept {
  readonly charge: Paise;
  /** On the charge, in AC classes. */
  readonly gst: Paise;
  /** Both. */
  readonly kept: Paise;
  readonly refund: Paise;
}

/** What is kept of a fare, and what goes back. Synthetic: no charge is more than what was paid. */
export const keptOf = (cancelled: Cancelled): Kept => {
  const { cls, fare, now } = cancelled;
  const net = paise(fare.total - fare.gst);
  const charge = paise(Math.min(chargeOf(cancelled, net), net));
  // The GST of the ticket goes back but for that on the charge (indiatvnews.com, 29 Aug 2022).
  const gst = charge === net ? fare.gst : paise(Math.min(portion(charge, gstPercent(cls, now)), fare.gst));
  return { charge, gst, kept: paise(charge + gst), refund: paise(fare.total - charge - gst) };
};

const chargeOf = ({ status, cls, quota, departure, now, reason }: Cancelled, net: Paise): Paise => {
  const leftMs = departure.getTime() - now.getTime();
  // Synthetic: "cancelled and refunded" says section 4.3 of whom the chart drops, and not how much; so less the clerkage.
  if (status !== 'CNF') return reason === 'charted' || leftMs >= CLERKAGE_UNTIL_MS ? CLERKAGE : net;
  if (quota === 'TQ') return net;
  const { flat, quarter, half, untilChart } = ruleOn(CONFIRMED, kolkata(now).date);
  const hours = leftMs / HOUR_MS;
  if (hours < half || (untilChart && now >= chartOf(departure))) return net;
  if (hours > flat) return FLAT[cls];
  return paise(Math.max(FLAT[cls], portion(net, hours >= quarter ? 25 : 50)));
};
