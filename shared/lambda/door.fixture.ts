/** Test help: a door with everything, and a way to call it. */
import * as z from 'zod';
import { HouseError } from '../errors/index.ts';
import { defineRoute } from '../http/index.ts';
import { defineMessages } from '../messages/index.ts';
import { type RequestOf, restHandler } from './index.ts';
import type { CallContext } from './invocation.ts';
import { lambdaContext, proxyEvent } from './lambda.fixture.ts';

/** A refusal that the contract names. */
export class SeatTakenError extends HouseError<{ seat: string }> {
  override readonly name = 'SeatTakenError';
  override readonly status = 409;
}
const messages = defineMessages({
  SeatTakenError: { en: ({ seat }) => `Seat ${seat} is taken.`, hi: ({ seat }) => `सीट ${seat} ले ली गई है।` },
});
/** A door that reads every part of a request. */
export const route = defineRoute({
  name: 'hold-seat',
  method: 'POST',
  path: '/seats/{seat}',
  summary: 'Holds a seat.',
  access: { roles: ['customer', 'operator'] },
  idempotent: 'key',
  request: {
    path: z.object({ seat: z.string().max(20) }),
    query: z.object({
      class: z.array(z.string()).optional(),
      limit: z.coerce.number().int().max(100).default(10),
    }),
    headers: z.object({ 'x-desk': z.string().optional() }),
    body: z.strictObject({ count: z.int().min(1) }),
  },
  answers: { 201: z.object({ seat: z.string(), held: z.boolean() }), 204: null },
  errors: ['SeatTakenError'],
});
export type Request = RequestOf<typeof route>;

export const context = lambdaContext('irctc-booking-hold-seat');
export const held = { status: 201, body: { seat: 's 1', held: true } } as const;

/** The door with a use case, called with an event; the body comes parsed. */
export const call = async (
  use: (request: Request, context: CallContext) => Promise<unknown>,
  event: object = proxyEvent(),
  lambda = context,
) => {
  const handler = restHandler({ route, messages, ports: () => ({}), handle: () => use as never });
  const { body, ...result } = await handler(event, lambda);
  return { ...result, text: body, body: body === '' ? undefined : JSON.parse(body) };
};
/** Headers of somebody who reads Hindi. */
export const hindi = { ...(proxyEvent().headers as object), 'Accept-Language': 'hi-IN, en;q=0.5' };
