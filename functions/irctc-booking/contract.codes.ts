/** What rail calls its things: trains, stations, classes, quotas, berths, passengers (domain/india.md, section 4.2). */
import * as z from 'zod';
import { phrase } from '../../shared/messages/index.ts';

export const TrainNumber = z
  .string()
  .regex(/^[0-9]{5}$/, {
    error: phrase({ en: 'the number of a train: five digits', hi: 'ट्रेन नंबर: पाँच अंक' }),
  })
  .brand<'TrainNumber'>();
export type TrainNumber = z.infer<typeof TrainNumber>;

export const StationCode = z
  .string()
  .regex(/^[A-Z]{1,5}$/, {
    error: phrase({
      en: 'the code of a station: 1 to 5 capital English letters',
      hi: 'स्टेशन कोड: 1 से 5 बड़े अंग्रेज़ी अक्षर',
    }),
  })
  .brand<'StationCode'>();
export type StationCode = z.infer<typeof StationCode>;

/** AC first class, AC two tier, AC three tier, sleeper, AC chair car. */
export const ClassCode = z.enum(['1A', '2A', '3A', 'SL', 'CC']);
export type ClassCode = z.infer<typeof ClassCode>;

/** By what the names of its coaches begin. */
export const COACH_LETTER: { readonly [C in ClassCode]: string } = {
  ...{ '1A': 'H', '2A': 'A', '3A': 'B', SL: 'S', CC: 'C' },
};

/** General, Tatkal, ladies, senior citizens with women of 45 and more. */
export const Quota = z.enum(['GN', 'TQ', 'LD', 'SS']);
export type Quota = z.infer<typeof Quota>;

/** Lower, middle, upper, side lower, side upper; in a chair car at the window, in the middle, at the aisle. */
export const BerthKind = z.enum(['LB', 'MB', 'UB', 'SL', 'SU', 'WS', 'MS', 'AS']);
export type BerthKind = z.infer<typeof BerthKind>;

/** What somebody may ask for: any berth, and of the seats only the window. */
export const BerthWish = BerthKind.exclude(['MS', 'AS']);
export type BerthWish = z.infer<typeof BerthWish>;

/** Coach and number, as the chart prints them: `B1-23`. */
export const BerthCode = z
  .string()
  .regex(/^[A-Z]{1,2}[1-9][0-9]?-[1-9][0-9]?$/, {
    error: phrase({ en: 'coach and number of a berth: B1-23', hi: 'कोच और बर्थ संख्या: B1-23' }),
  })
  .brand<'BerthCode'>();
export type BerthCode = z.infer<typeof BerthCode>;

export const Gender = z.enum(['F', 'M', 'T']);
export type Gender = z.infer<typeof Gender>;

/** The day on which the train leaves its first station, on the calendar of Asia/Kolkata. */
export const JourneyDate = z.iso
  .date({ error: phrase({ en: 'a day that exists: 2026-12-06', hi: 'कैलेंडर का कोई दिन: 2026-12-06' }) })
  .brand<'JourneyDate'>();
export type JourneyDate = z.infer<typeof JourneyDate>;

/** In the order in which `Date.getUTCDay` counts them. */
export const Weekday = z.enum(['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']);
export type Weekday = z.infer<typeof Weekday>;

/** No rule of parties is known of an earlier day, so that nothing could be said of it. */
const FIRST_DATE = '2018-01-15';

/** A {@link JourneyDate} that somebody may ask about. */
export const KnownDate = JourneyDate.refine((date) => date >= FIRST_DATE, {
  error: phrase({ en: `a day from ${FIRST_DATE} on`, hi: `${FIRST_DATE} या उसके बाद का कोई दिन` }),
});

/** Older children have a berth of their own; younger ones never have. */
const MAY_SHARE_FROM = 5;
const MAY_SHARE_TO = 11;

export const PassengerIn = z
  .strictObject({
    name: z.string().trim().min(1).max(60),
    age: z.int().min(0).max(120),
    gender: Gender,
    berth: BerthWish.optional(),
    /** A child that shares a berth of its party, at half of the fare. */
    withoutBerth: z.boolean().optional(),
  })
  .refine(({ age, withoutBerth }) => !withoutBerth || (age >= MAY_SHARE_FROM && age <= MAY_SHARE_TO), {
    path: ['withoutBerth'],
    error: phrase({
      en: 'true only for a child of 5 to 11',
      hi: 'true केवल 5 से 11 साल के बच्चे के लिए',
    }),
  });
export type PassengerIn = z.output<typeof PassengerIn>;

export const PnrNumber = z
  .string()
  .regex(/^[1-9][0-9]{9}$/, {
    error: phrase({ en: 'a PNR: ten digits, the first of them not 0', hi: 'PNR: दस अंक, पहला 0 नहीं' }),
  })
  .brand<'PnrNumber'>();
export type PnrNumber = z.infer<typeof PnrNumber>;
