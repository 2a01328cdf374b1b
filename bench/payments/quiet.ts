/** When a city has done everything that it had to do. */
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { waitFor } from '../../shared/testing/index.ts';
import { logOf } from './profile.ts';

/** What comes after a payment (its events, notices and traces), or after many connections, has gone by then. */
const QUIET_WITHIN_MS = 180_000;
/** The collector of traces comes last; when it has not been called for so long, nothing is left. */
const LAST = 'platform-collect-spans';
const QUIET_MS = 3_000;

/** Waits until nothing is under way; answers when that was, in epoch milliseconds. */
export const untilQuiet = async (logs: CloudWatchLogsClient): Promise<number> => {
  const called = async () => {
    const endTime = Date.now();
    return (await logOf(logs, LAST, { startTime: endTime - QUIET_MS, endTime })).calls;
  };
  const options = { what: 'the city to be quiet', timeoutMs: QUIET_WITHIN_MS, everyMs: 1_000 };
  await waitFor(async () => (await called()) === 0, options);
  return Date.now();
};
