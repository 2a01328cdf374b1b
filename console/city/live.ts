/** How often the page asks again: seldom, not at all in a hidden tab, and ever more slowly while nobody answers. */
import { QueryClient } from '@tanstack/react-query';
import { mayHelpToAskAgain } from './ask.ts';

/** Of what changes while one looks at it. */
export const LIVE_MS = 2_000;
/** Of what seldom changes. */
export const CALM_MS = 15_000;
const SLOWEST_MS = 60_000;

let frozen = false;

/** Nothing is asked again: what is shown is a saved run. */
export const freeze = (): void => {
  frozen = true;
};

/** For `refetchInterval`: backs off while it fails, and does not go on asking for what is not there. */
export const every =
  (ms: number) =>
  ({
    state: { error, errorUpdateCount, fetchFailureCount },
  }: {
    state: { error: unknown; errorUpdateCount: number; fetchFailureCount: number };
  }): number | false => {
    if (frozen) return false;
    if (error === null) return ms;
    return mayHelpToAskAgain(error)
      ? Math.min(ms * 2 ** Math.min(errorUpdateCount + fetchFailureCount, 5), SLOWEST_MS)
      : false;
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
