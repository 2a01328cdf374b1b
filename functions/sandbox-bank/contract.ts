/**
 * What may come in and go out of the sandbox bank: the outside world's bank, with state, latency and faults of its
 * own. Its clients are our systems (`service`); the story and the tests set it up and read it (`operator`).
 */
import * as z from 'zod';
import { clientRoutes } from './contract.clients.ts';
import { operatorRoutes } from './contract.operators.ts';

export * from './contract.clients.ts';
export * from './contract.events.ts';
export * from './contract.operators.ts';
export * from './contract.views.ts';

/** What the schedule puts into the queue of the back office. */
export const BackOfficeRequested = z.strictObject({ backOffice: z.literal('due') });
export type BackOfficeRequested = z.infer<typeof BackOfficeRequested>;

/**
 * A change that breaks callers raises the first number; `npm run generate` asks for it.
 * @public read by functions/openapi.ts
 */
export const api = {
  version: '2.0.0',
  summary:
    'The outside world’s bank: accounts, holds, captures and refunds, with outages and slowness of its own.',
};

export const routes = { ...operatorRoutes, ...clientRoutes } as const;
