/**
 * A circuit breaker: whoever asks a system that does not answer waits for nothing, and keeps it from coming back.
 * The words are those of M. Nygard, Release It!, "Circuit Breaker": a closed circuit lets calls pass, an open one
 * refuses them, a half-open one lets a single call try.
 */
import { logger } from '../logging/index.ts';

export type CircuitState = 'closed' | 'open' | 'half-open';

/** How a call that began ended: a refusal is an answer, only silence and 5xx are failures. */
export type CallEnded = 'answered' | 'failed';

/** A call that may be made, or for how long none may. */
export type Permit =
  | { readonly mayCall: true; readonly ended: (how: CallEnded) => void }
  | { readonly mayCall: false; readonly forMs: number };

export interface Breaker {
  /** Asks to make one call. Whoever may make it says how it ended. */
  readonly begin: () => Permit;
}

export interface BreakerOptions {
  /** Milliseconds since any moment. @default Date.now */
  readonly nowMs?: () => number;
  /** Told of each change. @default nobody is told */
  readonly changed?: (to: CircuitState) => void;
}

/** So many outcomes are looked at, the newest, and none that is older. */
const LAST = 20;
const WITHIN_MS = 30_000;
/** Fewer outcomes prove nothing: one call with its three attempts never opens the circuit. */
const AT_LEAST = 5;
/** So long nobody asks. */
const OPEN_MS = 5_000;
/** While another call tries: about as long as an answer takes. */
const TRYING_MS = 1_000;

/**
 * A breaker for one peer. It looks at the last 20 outcomes within 30 s, and opens at a failure when there are 5 or
 * more of them and at least half are failures. It stays open for 5 s; then one call tries, and its outcome closes or
 * opens it. The outcomes of calls that began before a change of state are of the past, and ignored.
 */
export const breaker = ({ nowMs = Date.now, changed = () => undefined }: BreakerOptions = {}): Breaker => {
  let state: CircuitState = 'closed';
  /** Rises with each change of state, so that a call knows whether it began before it. */
  let era = 0;
  let openedAt = 0;
  let outcomes: readonly { readonly at: number; readonly how: CallEnded }[] = [];

  const become = (next: CircuitState) => {
    state = next;
    era += 1;
    outcomes = [];
    if (next === 'open') openedAt = nowMs();
    changed(next);
  };
  const passing = (): Permit => {
    const began = era;
    return { mayCall: true, ended: (how) => began === era && settle(how) };
  };
  const settle = (how: CallEnded) => {
    if (state === 'half-open') return become(how === 'failed' ? 'open' : 'closed');
    const at = nowMs();
    outcomes = [...outcomes, { at, how }].slice(-LAST).filter((outcome) => at - outcome.at < WITHIN_MS);
    const failures = outcomes.filter((outcome) => outcome.how === 'failed').length;
    if (how === 'failed' && outcomes.length >= AT_LEAST && failures * 2 >= outcomes.length) become('open');
  };

  return {
    begin() {
      if (state === 'half-open') return { mayCall: false, forMs: TRYING_MS };
      if (state === 'open') {
        const forMs = openedAt + OPEN_MS - nowMs();
        if (forMs > 0) return { mayCall: false, forMs };
        become('half-open');
      }
      return passing();
    },
  };
};

const known = new Map<string, Breaker>();

/** The breaker that all calls of this process to a peer share; what becomes of it is a line in the log. */
export const breakerOf = (peer: string): Breaker => {
  const found =
    known.get(peer) ?? breaker({ changed: (circuit) => logger().warn('circuit changed', { peer, circuit }) });
  known.set(peer, found);
  return found;
};
