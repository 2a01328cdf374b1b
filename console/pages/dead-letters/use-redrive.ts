/** A redrive or a discard under way: what became of each letter, and then its verdict. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  deadLetterRoutes,
  type LetterOutcome,
  type LetterVerdict,
} from '../../../functions/console/contract.ts';
import { ask } from '../../city/ask.ts';
import { type Meant, sendAll } from '../../city/desk.ts';
import { every, LIVE_MS } from '../../city/live.ts';

export type Act = 'redrive' | 'discard';

export const useRedrive = () => {
  const queries = useQueryClient();
  const [outcomes, setOutcomes] = useState<readonly LetterOutcome[]>([]);
  const [wasDry, setDry] = useState(false);
  const run = useMutation({
    mutationFn: async ({ act, ...meant }: Meant & { readonly act: Act }) => {
      setOutcomes([]);
      setDry(meant.dryRun);
      await sendAll(
        meant,
        async (body) =>
          act === 'redrive'
            ? (await ask('console', deadLetterRoutes.redriveDeadLetters, { body })).items
            : (
                await ask('console', deadLetterRoutes.discardDeadLetters, {
                  body: { trails: body.trails, dryRun: body.dryRun },
                })
              ).items,
        (part) => setOutcomes((before) => [...before, ...part]),
      );
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['dead-letters'] }),
  });
  const sent = wasDry ? [] : outcomes.flatMap(sentLetter);
  const verdicts = useQuery({
    queryKey: ['verdicts', sent.map(({ trail, redrives }) => `${trail} ${redrives}`)],
    enabled: sent.length > 0,
    queryFn: async ({ signal }) => {
      const letters = sent.slice(0, MOST_JUDGED);
      return (await ask('console', deadLetterRoutes.judgeDeadLetters, { body: { letters } }, { signal }))
        .items;
    },
    refetchInterval: (query) => (isSettled(query.state.data) ? false : every(LIVE_MS)(query)),
  });
  return { run, outcomes, wasDry, verdicts };
};

/** As many as the door judges at once. */
const MOST_JUDGED = 100;

const sentLetter = ({ trail, outcome, to, redrives, effect }: LetterOutcome) =>
  outcome !== 'sent back' || to === undefined || redrives === undefined
    ? []
    : [{ trail, to, redrives, ...(effect === undefined ? {} : { effect }) }];

const isSettled = (verdicts: readonly LetterVerdict[] | undefined): boolean =>
  verdicts?.every(({ verdict }) => verdict !== 'under way') === true;
