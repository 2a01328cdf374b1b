/** From API Gateway's event (WebSocket API) to what the contract promises the use case, and back to a frame. */
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import type * as z from 'zod';
import {
  BodyTooLargeError,
  ForbiddenError,
  type HouseError,
  InvalidInputError,
  invalidInput,
  UnauthenticatedError,
  UnexpectedError,
} from '../errors/index.ts';
import type { Role } from '../http/index.ts';
import { jsonOf } from '../json/index.ts';
import type { Language } from '../messages/index.ts';
import { AckFrame, CommandFrame, ErrorFrame, type SocketCommand } from '../socket/index.ts';
import { membersOf, type Telling } from './problem.ts';

/** What is read of the event. */
export interface SocketEvent {
  readonly requestContext: Pick<
    APIGatewayProxyWebsocketEventV2['requestContext'],
    'routeKey' | 'connectionId'
  > & {
    readonly disconnectStatusCode?: number;
  };
  readonly body?: string | null;
  readonly headers?: { readonly [name: string]: string | undefined } | null;
  readonly queryStringParameters?: { readonly [name: string]: string | undefined } | null;
}

/** What API Gateway takes for an answer; a body goes to the client as a frame. */
export interface SocketResult {
  readonly statusCode: number;
  readonly body?: string;
}

/** Who is at the other end of an open connection, as its opening has verified it. */
export interface Session {
  readonly connection: string;
  readonly subject: string;
  readonly role: Role;
  readonly language: Language;
}

/** Where open connections are known. */
export interface Sessions {
  /** Undefined where the connection is not known, or not any more. */
  of(connection: string): Promise<Session | undefined>;
}

/** What a client may send at once; API Gateway would take 128 kB. */
export const MOST_FRAME_BYTES = 16 * 1024;

/**
 * @throws {BodyTooLargeError} it is longer than a frame may be
 * @throws {InvalidInputError} it is no JSON, or no frame
 */
export const frameOf = (body: string | null | undefined): CommandFrame => {
  const bytes = Buffer.byteLength(body ?? '');
  if (bytes > MOST_FRAME_BYTES) throw new BodyTooLargeError({ bytes, limit: MOST_FRAME_BYTES });
  const found = jsonOf(body ?? '');
  if (found === undefined) {
    throw new InvalidInputError({ issues: [{ field: 'frame', expected: 'JSON', expectedHi: 'JSON' }] });
  }
  const parsed = CommandFrame.safeParse(found, { reportInput: true });
  if (!parsed.success) throw invalidInput(parsed.error, 'frame');
  return parsed.data;
};

/** What can be said of a message before it is known to be one of ours. */
export const hintsOf = (
  body: string | null | undefined,
): { readonly id: string | undefined; readonly traceparent: string | undefined } => {
  const small = Buffer.byteLength(body ?? '') <= MOST_FRAME_BYTES ? jsonOf(body ?? '') : undefined;
  const { id, traceparent } = CommandFrame.pick({ id: true, traceparent: true }).safeParse(small).data ?? {};
  return { id, traceparent };
};

/**
 * @throws {UnauthenticatedError} the connection is not known
 * @throws {ForbiddenError} its role may not ask that
 */
export const admitted = (session: Session | undefined, { roles, name }: SocketCommand): Session => {
  if (session === undefined) throw new UnauthenticatedError({ reason: 'unknown_connection' });
  if (!roles.includes(session.role)) throw new ForbiddenError({ door: name });
  return session;
};

/** @throws {InvalidInputError} with every field that is not as the contract says */
export const payloadOf = ({ payload }: CommandFrame, command: SocketCommand): unknown => {
  const parsed = command.payload.safeParse(payload ?? {}, { reportInput: true });
  if (!parsed.success) throw invalidInput(parsed.error, 'payload');
  return parsed.data;
};

/** Nothing leaves that the contract does not name. @throws {UnexpectedError} a defect of the use case */
export const ackOf = (id: string, answer: unknown, { answer: schema }: SocketCommand): SocketResult => {
  const parsed: z.ZodSafeParseResult<unknown> = schema.safeParse(answer, { reportInput: true });
  if (!parsed.success) {
    const cause = invalidInput(parsed.error, 'answer');
    throw new UnexpectedError({ reason: 'the answer is not in the contract' }, { cause });
  }
  return said(AckFrame.parse({ type: 'ack', id, payload: parsed.data }));
};

/** The one frame in which every error comes. */
export const errorOf = (id: string | undefined, error: HouseError, telling: Telling): SocketResult => {
  const { retryAfterSeconds } = error;
  const members = { ...membersOf(error, telling), ...(retryAfterSeconds ? { retryAfterSeconds } : {}) };
  return said(ErrorFrame.parse({ type: 'error', ...(id === undefined ? {} : { id }), error: members }));
};

const said = (frame: object): SocketResult => ({ statusCode: 200, body: JSON.stringify(frame) });
