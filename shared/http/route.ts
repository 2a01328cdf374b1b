/**
 * A door exists in one place: its route. The stack makes the method from it, the handler parses and checks roles by
 * it, the client, the documents and the console read it.
 */
import type * as z from 'zod';
import type { HouseError } from '../errors/index.ts';

/** Whom a token can speak for. */
export type Role = 'customer' | 'merchant' | 'rider' | 'kitchen' | 'viewer' | 'operator' | 'service';

/** Who calls, as the authorizer has verified it. */
export interface Caller {
  /** `user_…`, `operator`, `service:paytm-saga`. */
  readonly subject: string;
  readonly roles: readonly Role[];
}

export interface RouteDefinition {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/payments/{paymentId}`. A parameter is one segment and holds no slash. */
  readonly path: string;
  /** In kebab case: the file in doors/, and the Lambda's name after `<system>-`. */
  readonly name: string;
  /** One sentence for whoever reads the API. */
  readonly summary: string;
  /** Any one of the roles opens the door; `public` needs a reason. */
  readonly access: { readonly roles: readonly Role[] } | { readonly public: string };
  /**
   * What comes in. Parameters of path and query are texts before they are parsed (`z.coerce.number()`), header names
   * are in lower case. What is absent here is not read.
   */
  readonly request: {
    readonly path?: z.ZodObject;
    readonly query?: z.ZodObject;
    readonly headers?: z.ZodObject;
    readonly body?: z.ZodType;
  };
  /** `key`: the caller must send an `Idempotency-Key`, 1 to 64 letters, digits and `_.:-`. */
  readonly idempotent?: 'key';
  /** There where the door makes what its path names, so that nothing is ever missing there. */
  readonly makes?: true;
  /** What goes out, by status; `null` where there is no body. */
  readonly answers: { readonly [status: number]: z.ZodType | null };
  /** Names of the errors that this door can answer, beside the house's own. */
  readonly errors: readonly string[];
}

/** A system's doors by the names that its client has for them. */
export interface Routes {
  readonly [key: string]: RouteDefinition;
}

/** What an `X-Correlation-Id` looks like: it goes into logs and headers as it is, so it is short, and of harmless characters. */
export const CORRELATION_ID = /^[A-Za-z0-9_.:-]{1,128}$/;

/** Writes a route down, with everything that it says kept for the types. */
export const defineRoute = <const R extends RouteDefinition>(route: R): R => route;

/** What an `Idempotency-Key` looks like. */
export const IDEMPOTENCY_KEY = /^[A-Za-z0-9_.:-]{1,64}$/;

type Part = 'path' | 'query' | 'headers' | 'body';

/** A part of the request after parsing; nothing where the route does not read it. */
export type ParsedPart<R extends RouteDefinition, P extends Part> = R['request'] extends {
  readonly [part in P]: infer S extends z.ZodType;
}
  ? Exact<z.output<S>>
  : undefined;

/** A part of the request as a caller may write it: with defaults left out, say. */
export type GivenPart<R extends RouteDefinition, P extends Part> = R['request'] extends {
  readonly [part in P]: infer S extends z.ZodType;
}
  ? z.input<S>
  : undefined;

type Statuses<R extends RouteDefinition> = keyof R['answers'] & number;

/** What a handler answers: one of the statuses of the route, with its body. */
export type AnswerOf<R extends RouteDefinition> = {
  [S in Statuses<R>]: R['answers'][S] extends infer B extends z.ZodType
    ? { readonly status: S; readonly body: Frozen<z.input<B>>; readonly headers?: AnswerHeaders }
    : { readonly status: S; readonly body?: undefined; readonly headers?: AnswerHeaders };
}[Statuses<R>];

/** What a client gets: one of the statuses of the route, with its body parsed. */
export type ReceivedOf<R extends RouteDefinition> = {
  [S in Statuses<R>]: {
    readonly status: S;
    readonly body: R['answers'][S] extends infer B extends z.ZodType ? Exact<z.output<B>> : undefined;
    readonly headers: AnswerHeaders;
  };
}[Statuses<R>];

export type AnswerHeaders = { readonly [name: string]: string };

/** Whether a call goes on. */
export interface Admission {
  /** As `RateLimit` fields are: for the answer, and for the problem that it may become. */
  readonly headers: AnswerHeaders;
  /** Answered instead of asking the use case. */
  readonly refused?: HouseError;
}

type Primitive = string | number | boolean | bigint | symbol | null | undefined;

/** The same value, promised not to be written to: what a handler built from constants may be answered too. */
type Frozen<T> = T extends Primitive ? T : T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;

/** An optional field is there or it is not: JSON has no `undefined` that it could be instead. */
type Exact<T> = T extends Primitive
  ? T
  : T extends object
    ? { [K in keyof T]: Exact<Exclude<T[K], undefined>> }
    : T;
