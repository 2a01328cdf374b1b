/** The history of an execution: both ends first, then what lies between, and what is new while it runs. */
import { type RunEvent, routes } from '../../functions/console/contract.ts';
import { ask } from './ask.ts';

/** How much of a history is here. */
export interface History {
  /** In the order of their ids, with gaps where they are not loaded. */
  readonly events: readonly RunEvent[];
  /** How many events there are, as far as is known: the highest id. */
  readonly total: number;
  /** Whether all are here. */
  readonly whole: boolean;
}

const EVENTS_A_PAGE = 500;

/**
 * Loads a history, telling of each step: first its beginning and its end at once, then the rest from the beginning on.
 * @param known what is here already; only newer events are asked for then
 * @throws {AskProblem} a page could not be read; what was told before it still holds
 */
export const loadHistory = async (
  {
    machine,
    run,
    known,
    signal,
  }: { machine: string; run: string; known?: History | undefined; signal: AbortSignal },
  tell: (history: History) => void,
): Promise<History> => {
  const events = new Map((known?.events ?? []).map((event) => [event.id, event]));
  const page = async (from: 'beginning' | 'end', cursor?: string) => {
    const answer = await ask(
      'console',
      routes.listRunEvents,
      { path: { machine, run }, query: { from, cursor, limit: EVENTS_A_PAGE } },
      { signal },
    );
    for (const event of answer.items) events.set(event.id, event);
    return answer.next;
  };
  const now = (): History => {
    const sorted = [...events.values()].sort((a, b) => a.id - b.id);
    const total = sorted.at(-1)?.id ?? 0;
    return { events: sorted, total, whole: sorted.length === total };
  };
  const later = async (): Promise<void> => {
    // From the end backwards until what is known: a run that goes on adds little at a time.
    let cursor = await page('end');
    while (cursor !== undefined && !now().whole) {
      tell(now());
      cursor = await page('end', cursor);
    }
  };
  // Of nothing all is known, and it says nothing about what has begun since.
  if (known?.whole && known.total > 0) {
    await later();
    return now();
  }
  const [next] = await Promise.all([page('beginning'), page('end')]);
  tell(now());
  let cursor = next;
  while (cursor !== undefined && !now().whole) {
    cursor = await page('beginning', cursor);
    tell(now());
  }
  return now();
};
