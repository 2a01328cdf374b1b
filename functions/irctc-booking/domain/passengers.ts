/** Who may travel on one ticket, and who of them needs a berth: domain/india.md, sections 4.1 and 4.2. */
import type { BerthWish, ClassCode, JourneyDate, PassengerIn, Quota } from '../contract.codes.ts';
import { type Dated, ruleOn } from './dated.ts';
import { kindsOf } from './layout.ts';
import { PartyTooLargeError, PartyWithoutBerthError, QuotaNotAllowedError } from './party-errors.ts';

/** What the rules ask of a passenger; names are none of their business. */
export type Traveller = Pick<PassengerIn, 'age' | 'gender' | 'berth' | 'withoutBerth'>;

/**
 * Six on one form, four in Tatkal: ndtv.com, 25 Apr 2019 and 18 Jun 2018. Two of the lower berth quota:
 * newindianexpress.com, 17 Jan 2018. Synthetic: children count, those without a berth too.
 */
const MOST: readonly Dated<{ readonly [Q in Quota]: number }>[] = [
  { from: '2018-01-15', rule: { GN: 6, LD: 6, TQ: 4, SS: 2 } },
];

/** They travel free, and never have a berth of their own. */
export const isInfant = ({ age }: Pick<Traveller, 'age'>): boolean => age < 5;

/** Whose fare and berth are a matter of choice. */
export const isChild = ({ age }: Pick<Traveller, 'age'>): boolean => age >= 5 && age < 12;

/** A child of 5 to 11 whose party asked for no berth for it. */
export const sharesBerth = (passenger: Traveller): boolean =>
  isChild(passenger) && passenger.withoutBerth === true;

export const needsBerth = (passenger: Traveller): boolean => !isInfant(passenger) && !sharesBerth(passenger);

/** For whom lower berths are: men from 60, women from 45. Synthetic: who is neither has the age of men. */
const isSenior = ({ age, gender }: Traveller): boolean => age >= (gender === 'F' ? 45 : 60);

const isWoman = ({ age, gender }: Traveller): boolean => gender === 'F' && age >= 12;

/**
 * Ladies who travel alone or with a child under 12 (mv-organizing.com). Synthetic: girls need no woman beside them, boys
 * do, and children who are neither as boys.
 */
const mayBeOfLadies = (passenger: Traveller, party: readonly Traveller[]): boolean =>
  passenger.gender === 'F' || (passenger.age < 12 && party.some(isWoman));

/**
 * Checks that a party may travel on one ticket of a quota. No rule asks for an adult among them.
 *
 * @param date of the journey
 * @throws {PartyTooLargeError} they are more than a ticket of the quota takes
 * @throws {PartyWithoutBerthError} nobody of them needs a berth, or there is nobody
 * @throws {QuotaNotAllowedError} one of them may not travel on the quota
 */
export const checkParty = (passengers: readonly Traveller[], quota: Quota, date: JourneyDate): void => {
  const most = ruleOn(MOST, date)[quota];
  if (passengers.length > most) throw new PartyTooLargeError({ quota, passengers: passengers.length, most });
  if (!passengers.some(needsBerth)) throw new PartyWithoutBerthError({ passengers: passengers.length });
  const wrong = passengers.findIndex((passenger) => !mayUse(quota, passenger, passengers));
  if (wrong >= 0) throw new QuotaNotAllowedError({ quota, passenger: wrong + 1 });
};

const mayUse = (quota: Quota, passenger: Traveller, party: readonly Traveller[]): boolean => {
  switch (quota) {
    case 'GN':
    case 'TQ':
      return true;
    case 'LD':
      return mayBeOfLadies(passenger, party);
    case 'SS':
      return isSenior(passenger);
  }
};

/**
 * Which berth to look for first: the one wished for, if the class has such; else a lower one for seniors, if it has any.
 * Undefined: any. A wish is no promise.
 */
export const berthPreference = (passenger: Traveller, cls: ClassCode): BerthWish | undefined => {
  const kinds = kindsOf(cls);
  const { berth = isSenior(passenger) ? 'LB' : undefined } = passenger;
  return berth && kinds.has(berth) ? berth : undefined;
};
