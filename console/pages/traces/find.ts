/** Finds a trace by whatever of it somebody has in hand. */
import { routes } from '../../../functions/console/contract.ts';
import type { TraceSummary } from '../../../functions/platform/contract.ts';
import { ask } from '../../city/ask.ts';
import { machineOfAny, thingOf } from '../../model/machines.ts';
import { traceOf } from '../run/trace-of.ts';

const TRACE_ID = /^[0-9a-f]{32}$/;
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * The trace with this id or traceparent, with this correlation id among those that are listed, or else that of a
 * payment or another subject: by what it told, or by the execution that runs it.
 * @throws {AskProblem} a door did not answer
 */
export const findTrace = async (
  text: string,
  listed: readonly TraceSummary[],
): Promise<string | undefined> => {
  const wanted = text.trim();
  if (TRACE_ID.test(wanted)) return wanted;
  const traceparent = TRACEPARENT.exec(wanted)?.[1];
  if (traceparent !== undefined) return traceparent;
  const correlated = listed.find(({ correlationId }) => correlationId === wanted);
  if (correlated !== undefined) return correlated.traceId;
  const subject = thingOf(wanted);
  const told = await ask('console', routes.listCityEvents, { query: { subject, limit: 10 } });
  return told.items.find(({ traceId }) => traceId !== undefined)?.traceId ?? ofRun(subject);
};

const ofRun = async (saga: string): Promise<string | undefined> => {
  const { items: systems } = await ask('console', routes.listSystems, {});
  const machine = machineOfAny(systems, saga);
  if (machine === undefined) return undefined;
  const runs = await ask('console', routes.listRuns, { path: { machine }, query: { saga } });
  const run = runs.items[0]?.name;
  return run === undefined
    ? undefined
    : traceOf(await ask('console', routes.getRun, { path: { machine, run } }));
};
