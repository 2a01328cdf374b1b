/** How often the page asks again: seldom, not at all in a hidden tab, and ever more slowly while nobody answers. */
import { QueryClient } from '@tanstack/react-query';
import { mayHelpToAskAgain } from './ask.ts';

/** Of what changes while one looks at it. */
export const LIVE_MS = 2_000;
/** Of what seldom changes. */
export const CALM_MS = 15_000;
const SLOWEST_MS = 15_000;

let frozen = false;

/** Nothing is asked again: what is shown is a saved run. */
export const freeze = (): void => {
  frozen = true;
};

/** What of a question of TanStack Query says how it goes. */
interface Asking {
  readonly state: {
    readonly data: unknown;
    readonly error: unknown;
    readonly errorUpdateCount: number;
    readonly fetchFailureCount: number;
  };
}

/** How often a question had failed when it was answered last: TanStack Query counts as long as the question lives. */
const failedBefore = new WeakMap<Asking, number>();

/** For `refetchInterval`: backs off while it fails, and does not go on asking for what is not there. */
export const every =
  (ms: number) =>
  (question: Asking): number | false => {
    const { data, error, errorUpdateCount, fetchFailureCount } = question.state;
    if (frozen) return false;
    if (error === null) {
      if (data !== undefined) failedBefore.set(question, errorUpdateCount);
      return ms;
    }
    if (!mayHelpToAskAgain(error)) return false;
    const failed = errorUpdateCount - (failedBefore.get(question) ?? 0) + fetchFailureCount;
    return Math.min(ms * 2 ** Math.min(failed, 5), SLOWEST_MS);
  };

export const queryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        retry: (count, thrown) => count < 2 && mayHelpToAskAgain(thrown),
        retryDelay: (count) => 500 * 2 ** count * (0.5 + Math.random() / 2),
        // What nobody answered is asked again, whether or not the browser believes to have a network.
        networkMode: 'always',
        staleTime: 1_000,
      },
    },
  });
