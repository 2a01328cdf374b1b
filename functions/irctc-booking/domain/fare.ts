/** What a ticket costs, in paise: domain/india.md, sections 1.5 and 4.5. Each component stands by itself. */
import { type Paise, paise, portion, rupees } from '../../../shared/money/index.ts';
import { kolkata } from '../../../shared/time/index.ts';
import type { ClassCode, Quota } from '../contract.codes.ts';
import { type Dated, ruleOn } from './dated.ts';
import { isAc } from './layout.ts';
import { isInfant, sharesBerth, type Traveller } from './passengers.ts';
import type { Train } from './train.ts';

type ByClass<T> = { readonly [C in ClassCode]: T };

/** Synthetic: paise a kilometre, up to 500, from there to 1000, and beyond; the whole is rounded to the rupee. */
const PER_KILOMETRE: ByClass<readonly [near: number, far: number, farther: number]> = {
  '1A': [335, 280, 225],
  '2A': [195, 165, 135],
  '3A': [135, 115, 95],
  SL: [50, 40, 30],
  CC: [120, 105, 90],
};
const SLAB_KILOMETRES = 500;

/** pnrstatuslive.com and ndtv.com, 8 Dec 2018, both after indianrailways.gov.in. */
const RESERVATION: ByClass<Paise> = {
  ...{ '1A': rupees(60), '2A': rupees(50), '3A': rupees(40), SL: rupees(20), CC: rupees(40) },
};
const SUPERFAST: ByClass<Paise> = {
  ...{ '1A': rupees(75), '2A': rupees(45), '3A': rupees(45), SL: rupees(30), CC: rupees(45) },
};

/** At least and at most (ndtv.com, 18 Jun 2018). Synthetic: 1A as 2A; no page that sells it there has a charge. */
const TATKAL: ByClass<readonly [least: Paise, most: Paise]> = {
  '1A': [rupees(400), rupees(500)],
  '2A': [rupees(400), rupees(500)],
  '3A': [rupees(300), rupees(400)],
  SL: [rupees(100), rupees(200)],
  CC: [rupees(125), rupees(225)],
};
const TATKAL_PERCENT = 30;

/** Percent off the base fare for men from 60 and women from 58 (ndtv.com, 25 Apr 2019); ended with the pandemic. */
const CONCESSION: readonly Dated<{ readonly men: number; readonly women: number }>[] = [
  { from: '2017-07-01', rule: { men: 40, women: 50 } },
  { from: '2020-03-20', rule: { men: 0, women: 0 } },
];

/** On what is paid in AC classes; SL is exempt. Before, rail paid service tax, which nobody here computes. */
const GST_AC: readonly Dated<number>[] = [{ from: '2017-07-01', rule: 5 }];

/**
 * For each ticket, by UPI (ndtv.com, 6 Sep 2019); waived before, and 18 % GST on it in every class. It is no part of the
 * fare, and never given back (energyinfrapost.com, of Apr 2020). Synthetic: every payment here counts as UPI.
 */
const CONVENIENCE: readonly Dated<{ readonly ac: Paise; readonly other: Paise }>[] = [
  { from: '2017-07-01', rule: { ac: paise(0), other: paise(0) } },
  { from: '2019-09-01', rule: { ac: rupees(20), other: rupees(10) } },
];
const GST_CONVENIENCE: readonly Dated<number>[] = [{ from: '2017-07-01', rule: 18 }];

/** What one passenger pays; a berth that two share, and a place on the waiting list, cost the same. */
export interface PassengerFare {
  readonly base: Paise;
  /** Off the base. */
  readonly concession: Paise;
  readonly reservation: Paise;
  readonly superfast: Paise;
  readonly tatkal: Paise;
  readonly gst: Paise;
  /** All of them, the concession taken off. */
  readonly total: Paise;
}

export interface Fare {
  /** In the order of the party. */
  readonly passengers: readonly PassengerFare[];
  readonly convenience: Paise;
  readonly gstOnConvenience: Paise;
  readonly total: Paise;
}

export interface Fared {
  readonly train: Pick<Train, 'number' | 'kilometres'>;
  readonly cls: ClassCode;
  readonly quota: Quota;
  readonly passengers: readonly Traveller[];
  /** When the ticket is bought: the rules of that day count. */
  readonly on: Date;
}

/**
 * The fare of a party.
 * @throws {RangeError} it is bought before 1 Jul 2017, and no rule is known
 */
export const fareOf = ({ train, cls, quota, passengers, on }: Fared): Fare => {
  const { date } = kolkata(on);
  const each = passengers.map((passenger) => passengerFare(passenger, { train, cls, quota, on }));
  const convenience = ruleOn(CONVENIENCE, date)[isAc(cls) ? 'ac' : 'other'];
  const gstOnConvenience = portion(convenience, ruleOn(GST_CONVENIENCE, date));
  const total = sum([...each.map((one) => one.total), convenience, gstOnConvenience]);
  return { passengers: each, convenience, gstOnConvenience, total };
};

/** GST on what is paid for travelling in a class, in percent. */
export const gstPercent = (cls: ClassCode, on: Date): number => {
  const ac = ruleOn(GST_AC, kolkata(on).date);
  return isAc(cls) ? ac : 0;
};

const passengerFare = (
  passenger: Traveller,
  { train, cls, quota, on }: Omit<Fared, 'passengers'>,
): PassengerFare => {
  if (isInfant(passenger)) return FREE;
  // A child with a berth has paid the whole fare since 21 Apr 2016, and without one half of it (vedikaa.com, 1 Apr 2016).
  // Synthetic: half of the surcharge too, and of what is for a berth nothing.
  const shares = sharesBerth(passenger);
  const base = halfIf(shares, baseOf(train.kilometres, cls));
  const superfast = isSuperfast(train) ? halfIf(shares, SUPERFAST[cls]) : paise(0);
  const concession = portion(base, concessionPercent(passenger, quota, on));
  const reservation = shares ? paise(0) : RESERVATION[cls];
  const tatkal = quota === 'TQ' && !shares ? tatkalOf(base, cls) : paise(0);
  const net = paise(base - concession + reservation + superfast + tatkal);
  // Base, reservation, surcharge and Tatkal are taxed (erail.in).
  const gst = portion(net, gstPercent(cls, on));
  return { base, concession, reservation, superfast, tatkal, gst, total: sum([net, gst]) };
};

const NOTHING = paise(0);
const FREE: PassengerFare = {
  ...{ base: NOTHING, concession: NOTHING, reservation: NOTHING, superfast: NOTHING },
  ...{ tatkal: NOTHING, gst: NOTHING, total: NOTHING },
};

const halfIf = (half: boolean, amount: Paise): Paise => (half ? portion(amount, 50) : amount);

const baseOf = (kilometres: number, cls: ClassCode): Paise => {
  const [near, far, farther] = PER_KILOMETRE[cls];
  const within = (slab: number) =>
    Math.min(Math.max(kilometres - slab * SLAB_KILOMETRES, 0), SLAB_KILOMETRES);
  const beyond = Math.max(kilometres - 2 * SLAB_KILOMETRES, 0);
  return rupees(Math.round((within(0) * near + within(1) * far + beyond * farther) / 100));
};

/** Synthetic: by the number, where the railways have a list. */
const isSuperfast = ({ number }: Pick<Train, 'number'>): boolean => /^(12|20|22)/.test(number);

/** Synthetic: none on Tatkal tickets; who is neither man nor woman is asked for the age of men. */
const concessionPercent = ({ age, gender }: Traveller, quota: Quota, on: Date): number => {
  if (quota === 'TQ') return 0;
  const { men, women } = ruleOn(CONCESSION, kolkata(on).date);
  if (gender === 'F') return age >= 58 ? women : 0;
  return age >= 60 ? men : 0;
};

const tatkalOf = (base: Paise, cls: ClassCode): Paise => {
  const [least, most] = TATKAL[cls];
  return paise(Math.min(Math.max(portion(base, TATKAL_PERCENT), least), most));
};

const sum = (amounts: readonly Paise[]): Paise =>
  paise(amounts.reduce<number>((total, one) => total + one, 0));
