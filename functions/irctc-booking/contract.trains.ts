/** The doors of trains: what runs, and what is left of it. */
import * as z from 'zod';
import { defineRoute, page, pagingOf } from '../../shared/http/index.ts';
import { idSchema } from '../../shared/ids/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import {
  ClassCode,
  COACH_LETTER,
  JourneyDate,
  KnownDate,
  Quota,
  StationCode,
  TrainNumber,
  Weekday,
} from './contract.codes.ts';
import { Fare } from './contract.views.ts';

/** What is published of each coach has to fit into the pools of a train, which are one item each. */
const MOST_COACHES = 24;

/** The coaches of a class, by their names: those of 3A are B1, B2 and so on. */
const coachesOf = (cls: ClassCode) => {
  const letter = COACH_LETTER[cls];
  return z
    .array(
      z.string().regex(new RegExp(`^${letter}[1-9][0-9]?$`), {
        error: phrase({
          en: `the name of a coach of this class: ${letter}1 to ${letter}99`,
          hi: `इस श्रेणी के कोच का नाम: ${letter}1 से ${letter}99`,
        }),
      }),
    )
    .min(1)
    .refine((names) => new Set(names).size === names.length, {
      error: phrase({ en: 'each coach once', hi: 'हर कोच एक ही बार' }),
    })
    .optional();
};

const Coaches = z
  .strictObject({
    ...{ '1A': coachesOf('1A'), '2A': coachesOf('2A'), '3A': coachesOf('3A') },
    ...{ SL: coachesOf('SL'), CC: coachesOf('CC') },
  } satisfies { [C in ClassCode]: unknown })
  .refine((coaches) => countOf(coaches) >= 1 && countOf(coaches) <= MOST_COACHES, {
    error: phrase({
      en: `1 to ${MOST_COACHES} coaches, of one class at least`,
      hi: `कम से कम एक श्रेणी के 1 से ${MOST_COACHES} कोच`,
    }),
  });

const countOf = (coaches: object): number => Object.values(coaches).flat().filter(Boolean).length;

/** What is said of a train. Tickets are for its whole way. */
const said = {
  name: z.string().trim().min(1).max(60),
  from: StationCode,
  to: StationCode,
  kilometres: z.int().min(1).max(5_000),
  /** On the clock of Asia/Kolkata. */
  departs: z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, {
    error: phrase({ en: 'a time of day: 17:00', hi: 'दिन का समय: 17:00' }),
  }),
  /** The days on which it leaves its first station. */
  runsOn: z
    .array(Weekday)
    .min(1)
    .refine((days) => new Set(days).size === days.length, {
      error: phrase({ en: 'each day once', hi: 'हर दिन एक ही बार' }),
    }),
  coaches: Coaches,
};

/** Who is paid for its tickets is said to us, and shown to nobody. */
export const PublishTrain = z
  .strictObject({ ...said, paidTo: idSchema('merchant') })
  .refine(({ from, to }) => from !== to, {
    path: ['to'],
    error: phrase({ en: 'another station than the first', hi: 'पहले से अलग स्टेशन' }),
  });

export const TrainView = z.object({ number: TrainNumber, ...said });
export type TrainView = z.infer<typeof TrainView>;

/** NOT_OPEN and CLOSED: it is too early, or too late. REGRET: nobody may wait any more. */
export const AvailabilityState = z.enum(['AVAILABLE', 'RAC', 'WAITLIST', 'REGRET', 'NOT_OPEN', 'CLOSED']);
export type AvailabilityState = z.infer<typeof AvailabilityState>;

export const AvailabilityView = z.object({
  train: TrainNumber,
  date: JourneyDate,
  class: ClassCode,
  quota: Quota,
  state: AvailabilityState,
  /** As the railways print it: `AVAILABLE 23`, `RAC 4`, `GNWL 12`, `REGRET`. */
  text: z.string(),
  /** Of AVAILABLE: how many berths are for sale. Else the place on the list that the next passenger would get. */
  number: z.int().optional(),
  departure: z.iso.datetime(),
  opensAt: z.iso.datetime(),
  closesAt: z.iso.datetime(),
  /** Of one adult who books now, and before the sale opens of one who books then. */
  fare: Fare,
});
export type AvailabilityView = z.infer<typeof AvailabilityView>;

const one = { path: z.object({ train: TrainNumber }) };

export const trainRoutes = {
  listTrains: defineRoute({
    name: 'list-trains',
    method: 'GET',
    path: '/trains',
    summary: 'The trains that can be booked, by their numbers.',
    access: { roles: ['customer', 'merchant', 'rider', 'kitchen', 'viewer', 'operator', 'service'] },
    request: { query: z.object(pagingOf({ most: 50, usual: 20 })) },
    answers: { 200: page(TrainView) },
    errors: [],
  }),
  publishTrain: defineRoute({
    name: 'publish-train',
    method: 'PUT',
    path: '/trains/{train}',
    summary:
      'Takes a train into the timetable, or changes what is said of it there. Its coaches stay, since their berths may be sold.',
    access: { roles: ['operator'] },
    makes: true,
    request: { ...one, body: PublishTrain },
    answers: { 200: TrainView },
    errors: ['CoachesFixedError'],
  }),
  getAvailability: defineRoute({
    name: 'get-availability',
    method: 'GET',
    path: '/trains/{train}/availability',
    summary: 'What the next passenger of a train, day, class and quota would get, and what one adult pays.',
    access: { roles: ['customer', 'merchant', 'rider', 'kitchen', 'viewer', 'operator', 'service'] },
    request: {
      ...one,
      query: z.object({ date: KnownDate, class: ClassCode, quota: Quota.default('GN') }),
    },
    answers: { 200: AvailabilityView },
    errors: ['TrainNotRunningError'],
  }),
} as const;
