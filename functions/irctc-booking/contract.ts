/**
 * What may come in and go out of railway booking. Stack, handlers, typed client, story and end-to-end tests read this
 * file; a door exists here or nowhere.
 */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { bookingRoutes } from './contract.bookings.ts';
import { chartRoutes } from './contract.charts.ts';
import { noticeRoutes } from './contract.notices.ts';
import { trainRoutes } from './contract.trains.ts';

export * from './contract.bookings.ts';
export * from './contract.charts.ts';
export * from './contract.codes.ts';
export * from './contract.events.ts';
export * from './contract.notices.ts';
export * from './contract.sweep.ts';
export * from './contract.trains.ts';
export * from './contract.views.ts';

/**
 * A change that breaks callers raises the first number; `npm run generate` asks for it.
 * @public read by functions/openapi.ts
 */
export const api = {
  version: '1.0.0',
  summary:
    'Berths of trains: who asks first is allocated first, and what is given back goes to whoever waits the longest.',
};

export const routes = {
  health: defineRoute({
    name: 'health',
    method: 'GET',
    path: '/health',
    summary:
      'Whether it answers, how many trains it knows, and how much that is due is not done yet; counted to a bound.',
    access: { public: 'Whoever watches from outside has no token.' },
    request: {},
    answers: {
      200: z.object({
        status: z.literal('healthy'),
        service: z.literal('irctc-booking'),
        version: z.string(),
        timestamp: z.iso.datetime(),
        trains: z.int(),
        /** Holds, promotions, refunds and charts whose time has come. Not 0 for long, or the sweep stands. */
        due: z.int(),
      }),
    },
    errors: [],
  }),
  ...trainRoutes,
  ...bookingRoutes,
  ...chartRoutes,
  ...noticeRoutes,
} as const;
