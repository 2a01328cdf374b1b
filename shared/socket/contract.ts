/**
 * A WebSocket exists in one place, as a door does: the stack makes the routes from it, the handler parses and checks
 * roles by it, the client and the documents read it.
 */
import * as z from 'zod';
import type { Role } from '../http/index.ts';
import { referenceSchema } from '../ids/index.ts';

/** What a client may ask over an open connection. */
export interface SocketCommand {
  /** What a frame says in `type`, and so the key of its route; `$default` for what no other command takes. */
  readonly route: string;
  /** In kebab case: the file in doors/, and the Lambda's name after `<system>-`. */
  readonly name: string;
  /** One sentence for whoever reads the protocol. */
  readonly summary: string;
  /** Any one of the roles may ask. */
  readonly roles: readonly Role[];
  readonly payload: z.ZodType;
  /** What the acknowledgement says. */
  readonly answer: z.ZodType;
  /** Names of the errors that it can answer, beside the house's own. */
  readonly errors: readonly string[];
}

/** Who may open a connection is for its use case to find out, by what the address says. */
export interface SocketConnect {
  readonly route: '$connect';
  readonly name: string;
  readonly summary: string;
  readonly query: z.ZodObject;
}

export interface SocketDisconnect {
  readonly route: '$disconnect';
  readonly name: string;
  readonly summary: string;
}

export interface SocketContract {
  readonly connect: SocketConnect;
  /** Best effort: a connection that breaks off may never tell. */
  readonly disconnect: SocketDisconnect;
  /** The commands by the names that the client has for them. */
  readonly commands: { readonly [key: string]: SocketCommand };
}

/** Writes a socket down, with everything that it says kept for the types. */
export const defineSocket = <const S extends SocketContract>(socket: S): S => socket;

/** Every route of a socket. */
export const socketRoutesOf = ({
  connect,
  disconnect,
  commands,
}: SocketContract): readonly (SocketCommand | SocketConnect | SocketDisconnect)[] => [
  connect,
  disconnect,
  ...Object.values(commands),
];

/** A command as a client sends it: `{ "type": "chat", "id": "c-1", "payload": { … } }`. */
export const CommandFrame = z.object({
  type: z.string().max(64),
  /** The client's own name for this message; the answer has it too. */
  id: referenceSchema(),
  payload: z.unknown().optional(),
  /** W3C trace context, so that one trace goes over the socket. */
  traceparent: z.string().max(64).optional(),
});
export type CommandFrame = z.infer<typeof CommandFrame>;

/** The answer to a command that was done. */
export const AckFrame = z.object({ type: z.literal('ack'), id: z.string(), payload: z.unknown() });

/** The answer to a command that was not: an error of the house, as a problem of RFC 9457 tells it. */
export const ErrorFrame = z.object({
  type: z.literal('error'),
  /** Absent where the message had none that could be read. */
  id: z.string().optional(),
  error: z.looseObject({
    name: z.string(),
    status: z.int(),
    /** In the language of the connection. */
    detail: z.string(),
    retryable: z.boolean(),
    retryAfterSeconds: z.number().optional(),
    traceId: z.string().optional(),
  }),
});
export type ErrorFrame = z.infer<typeof ErrorFrame>;
