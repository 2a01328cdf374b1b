/** Test help: a peer with doors of every kind, what it is made to answer, and a client of it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, vi } from 'vitest';
import * as z from 'zod';
import { HouseError } from '../errors/index.ts';
import { idSchema, newId, uuidV7 } from '../ids/index.ts';
import { startTracing } from '../tracing/index.ts';
import { type ClientOptions, client, defineRoute } from './index.ts';
import { peerAnswering } from './peer.fixture.ts';

const SeatId = idSchema('seat');
const Seat = z.object({ id: SeatId, state: z.enum(['free', 'held']).default('free') });
export const seat = SeatId.parse(newId('seat', uuidV7));

const common = { summary: 'A door.', access: { roles: ['customer'] }, errors: [] } as const;
export const routes = {
  getSeat: defineRoute({
    ...common,
    name: 'get-seat',
    method: 'GET',
    path: '/trains/{train}/seats/{seat}',
    request: {
      path: z.object({ train: z.string(), seat: SeatId }),
      query: z.object({ class: z.array(z.string()).optional(), limit: z.coerce.number().default(10) }),
    },
    answers: { 200: Seat },
  }),
  holdSeat: defineRoute({
    ...common,
    name: 'hold-seat',
    method: 'POST',
    path: '/seats',
    idempotent: 'key',
    request: { body: z.strictObject({ seat: SeatId, note: z.string().default('') }) },
    answers: { 201: Seat, 202: z.object({ waiting: z.boolean() }) },
  }),
  complain: defineRoute({
    ...common,
    name: 'complain',
    method: 'POST',
    path: '/complaints',
    request: { headers: z.object({ 'x-desk': z.string().optional() }) },
    answers: { 204: null },
  }),
};

export type Answering = (request: IncomingMessage & { body: string }, response: ServerResponse) => void;

export const json =
  (status: number, body: unknown, headers = {}): Answering =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
export const hangUp: Answering = (request) => request.socket.destroy();
export const halfAnswer: Answering = (request, response) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('{"id":', () => request.socket.destroy());
};
export const silence: Answering = () => undefined;
export const after =
  (ms: number, answer: Answering): Answering =>
  (request, response) =>
    void setTimeout(() => answer(request, response), ms);

/** What goes into a call of the first route. */
export const get = { path: { train: '12951/A', seat } };

export const caught = async (call: Promise<unknown>): Promise<HouseError> => {
  try {
    await call;
  } catch (error) {
    if (error instanceof HouseError) return error;
    throw error;
  }
  throw new Error('it did not throw');
};

/** The peer of a group of tests: what it is to answer, one after the other, and what it has seen since. */
export const trainsPeer = () => {
  const server = peerAnswering(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const whole = Object.assign(request, { body });
    peer.seen.push(whole);
    (peer.answers.shift() ?? json(200, { id: seat }))(whole, response);
  });
  const peer = {
    answers: [] as Answering[],
    seen: [] as (IncomingMessage & { body: string })[],
    /** How long the client has waited each time, ms. */
    pauses: [] as number[],
    baseUrl: () => `${server.url()}/live`,
    /** A client that does not really wait. */
    trains: (options: Partial<ClientOptions> = {}) =>
      client(
        {
          baseUrl: peer.baseUrl(),
          peer: 'trains',
          token: async () => 'tok',
          chance: () => 0.5,
          pause: async (ms) => {
            peer.pauses.push(ms);
          },
          ...options,
        },
        routes,
      ),
  };
  beforeAll(() => {
    startTracing();
    // The spans of the calls.
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  });
  afterAll(() => {
    vi.restoreAllMocks();
  });
  beforeEach(() => {
    peer.answers = [];
    peer.seen = [];
    peer.pauses = [];
  });
  return peer;
};
