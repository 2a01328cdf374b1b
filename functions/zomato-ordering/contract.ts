/**
 * What may come in and go out of food ordering. Stack, handlers, typed client, story and end-to-end tests read this
 * file; a door exists here or nowhere.
 */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { catalogueRoutes } from './contract.catalogue.ts';
import { orderRoutes } from './contract.orders.ts';
import { peopleRoutes } from './contract.people.ts';

export * from './contract.catalogue.ts';
export * from './contract.events.ts';
export * from './contract.orders.ts';
export * from './contract.people.ts';
export * from './contract.sweep.ts';
export * from './contract.views.ts';

/**
 * A change that breaks callers raises the first number; `npm run generate` asks for it.
 * @public read by functions/openapi.ts
 */
export const api = {
  version: '1.1.0',
  summary:
    'Restaurants, menus and orders: who eats, cooks and rides moves an order on, and the payment saga pays it.',
};

export const routes = {
  health: defineRoute({
    name: 'health',
    method: 'GET',
    path: '/health',
    summary:
      'Whether it answers, and how many restaurants and orders under way it knows; counted to a thousand.',
    access: { public: 'Whoever watches from outside has no token.' },
    request: {},
    answers: {
      200: z.object({
        status: z.literal('healthy'),
        service: z.literal('zomato-ordering'),
        version: z.string(),
        timestamp: z.iso.datetime(),
        restaurants: z.int(),
        activeOrders: z.int(),
      }),
    },
    errors: [],
  }),
  ...peopleRoutes,
  ...catalogueRoutes,
  ...orderRoutes,
} as const;
