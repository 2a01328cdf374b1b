/** The events of the city: what every system has told on the bus, in the order in which it arrived here. */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { lookers, Payload } from './contract.common.ts';

/** Events are for looking at what just happened. What they did to money is in each system's ledger. */
export const EVENT_KEEP_DAYS = 3;

/** So many lanes the events are written into, each in an order of its own; see the README. */
export const EVENT_LANES = 4;

/** A place among the events: how far each lane was read, `12.0.7.33`. Given by one answer, said in the next question. */
export const Position = z.string().regex(new RegExp(`^\\d{1,15}(\\.\\d{1,15}){${EVENT_LANES - 1}}$`), {
  error: phrase({
    en: 'a position that an earlier answer gave',
    hi: 'किसी पिछले उत्तर से मिली स्थिति',
  }),
});
export type Position = z.infer<typeof Position>;

export const EventId = z.string().regex(/^[\w.:#~-]{1,200}$/, {
  error: phrase({
    en: 'the id of an event: 1 to 200 English letters, digits or _.:#~-',
    hi: 'किसी घटना की आईडी: 1 से 200 अंग्रेज़ी अक्षर, अंक या _.:#~-',
  }),
});

/** An event as its CloudEvent says it, and when it arrived here. */
export const CityEvent = z.object({
  id: z.string(),
  type: z.string(),
  /** The system that told it. */
  source: z.string(),
  subject: z.string(),
  /** When it happened, as its system says. */
  time: z.iso.datetime(),
  /** When it arrived here. Events are listed in the order of their arrival, not of this clock. */
  keptAt: z.iso.datetime(),
  dataschema: z.string(),
  correlationId: z.string(),
  causationId: z.string().optional(),
  traceId: z.string().optional(),
  sequence: z.number().int().optional(),
  data: Payload,
});
export type CityEvent = z.infer<typeof CityEvent>;

const Word = z.string().min(1).max(200);

export const cityEventRoutes = {
  listCityEvents: defineRoute({
    name: 'list-city-events',
    method: 'GET',
    path: '/city-events',
    summary:
      'What the systems of the city told, newest first, by page; or, with `after`, what has arrived since an earlier answer.',
    access: lookers,
    request: {
      query: z.object({
        type: Word.optional(),
        system: Word.optional(),
        subject: Word.optional(),
        /** `next` of an earlier page of the same list. */
        cursor: Position.optional(),
        /** `position` of an earlier answer to the same question. */
        after: Position.optional(),
        limit: z.coerce.number().int().min(1).max(100).default(50),
      }),
    },
    answers: {
      200: z.object({
        items: z.array(CityEvent),
        /** Where older ones are. A page may be short, even empty, and still have a next one: a look reads only so far. */
        next: Position.optional(),
        /** Ask `after` it for what comes: no event is missed and none comes twice. Absent on older pages. */
        position: Position.optional(),
        /** More has arrived than this answer holds: ask again at once. */
        more: z.boolean(),
      }),
    },
    errors: [],
  }),
  getCityEvent: defineRoute({
    name: 'get-city-event',
    method: 'GET',
    path: '/city-events/{id}',
    summary: 'One event of the city, its data whole.',
    access: lookers,
    request: { path: z.object({ id: EventId }) },
    answers: { 200: CityEvent },
    errors: [],
  }),
} as const;
