/** What belongs to one invocation, found from anywhere inside it without being handed down. */
import { context, createContextKey } from '@opentelemetry/api';

export interface Scope {
  /** The same from the first door to the last consumer. */
  readonly correlationId: string;
  /** The name of the function that works: `paytm-saga-start-payment`. */
  readonly function: string;
  /** Milliseconds until Lambda ends the invocation. */
  readonly remainingMs: () => number;
}

const KEY = createContextKey('dabbawala.scope');

/** Runs work inside a scope; what differs from the scope around it is enough. */
export const inScope = <T>(scope: Scope, work: () => T): T =>
  context.with(context.active().setValue(KEY, scope), work);

/** The scope of the running invocation; undefined outside of one, as in a test of a use case. */
export const currentScope = (): Scope | undefined => context.active().getValue(KEY) as Scope | undefined;

/** What a handler keeps for its own answer, after the last call to others has failed. */
const RESERVE_MS = 500;
/** Outside of an invocation nobody is waiting with a clock. */
const WITHOUT_LIMIT_MS = 10_000;

/** Milliseconds that calls to others may still take; at least 0. The deadline of everything remote. */
export const remainingMs = (): number => {
  const scope = currentScope();
  return scope === undefined ? WITHOUT_LIMIT_MS : Math.max(0, scope.remainingMs() - RESERVE_MS);
};
