/** All that the page of one execution shows, at the moment that its cursor stands on. */
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useParams, useSearchParams } from 'react-router';
import type { RunDetail, RunEvent } from '../../../functions/console/contract.ts';
import type { History } from '../../city/history.ts';
import { machineQuery, runQuery } from '../../city/questions.ts';
import { useHistory } from '../../city/use-history.ts';
import { type Run, runAfter } from '../../model/run.ts';
import { type States, statesOf } from '../../model/waiting.ts';

export interface RunInView {
  readonly machine: string;
  readonly detail: RunDetail;
  readonly definition: string;
  readonly states: States;
  readonly history: History;
  /** All of it, as far as it is loaded. */
  readonly last: Run;
  /** The run after the event that the cursor stands on. */
  readonly now: Run;
  readonly cursor: Cursor;
  /** The state that is looked at, and its visit at the cursor. */
  readonly chosen: string | undefined;
  readonly choose: (state: string | undefined) => void;
}

export interface Cursor {
  /** The place in the loaded events, from 0; at the last one the cursor goes along with a run that goes on. */
  readonly place: number;
  readonly event: RunEvent | undefined;
  readonly isLast: boolean;
  readonly move: (place: number) => void;
}

/** What of the page stands in its address, so that a link shows the same: `at` (an event), `state`, `view`, `tab`. */
export const useAddress = () => {
  const [address, setAddress] = useSearchParams();
  const put = useCallback(
    (changes: { readonly [name: string]: string | undefined }) =>
      setAddress(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value === undefined) next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: true },
      ),
    [setAddress],
  );
  return { address, put };
};

/** The questions behind the page, for what could not be read. */
export const useRunQuestions = () => {
  const { machine = '', run = '' } = useParams();
  const detail = useQuery(runQuery(machine, run));
  const definition = useQuery(machineQuery(machine));
  const history = useHistory(machine, run);
  return { machine, detail, definition, history };
};

export const useRunInView = (
  machine: string,
  detail: RunDetail,
  definition: string,
  history: History,
): RunInView => {
  const { address, put } = useAddress();
  const { events } = history;
  const at = Number(address.get('at') ?? 0);
  const place =
    at > 0
      ? Math.max(
          0,
          events.findLastIndex(({ id }) => id <= at),
        )
      : events.length - 1;
  const isLast = place === events.length - 1;
  const last = useMemo(() => runAfter(events), [events]);
  const now = useMemo(
    () => (isLast ? last : runAfter(events.slice(0, place + 1))),
    [events, place, isLast, last],
  );
  const move = useCallback(
    (next: number) => {
      const event = events[next];
      put({ at: event === undefined || next >= events.length - 1 ? undefined : String(event.id) });
    },
    [events, put],
  );
  return {
    ...{ machine, detail, definition, history, last, now },
    states: useMemo(() => statesOf(definition), [definition]),
    cursor: { place, event: events[place], isLast, move },
    chosen: address.get('state') ?? undefined,
    choose: useCallback((state: string | undefined) => put({ state }), [put]),
  };
};
