import { currentScope } from '../tracing/index.ts';

/** What a handler keeps for its answer. */
const RESERVE_MS = 500;
/** Outside of an invocation nobody is waiting with a clock. */
const WITHOUT_LIMIT_MS = 10_000;

/** Milliseconds that work may still take before its Lambda is ended, less what the answer needs. */
export const remainingMs = (): number => {
  const scope = currentScope();
  return scope === undefined ? WITHOUT_LIMIT_MS : Math.max(0, scope.remainingMs() - RESERVE_MS);
};
