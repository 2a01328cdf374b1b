/** Whether AWS would redrive this execution, and what that would do: learners carry no false ideas away. */
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { routes } from '../../../../functions/console/contract.ts';
import { ask } from '../../../city/ask.ts';
import { every, LIVE_MS } from '../../../city/live.ts';
import { useSession } from '../../../city/signed-in.tsx';
import { redriveObstacle, redriveOf } from '../../../model/redrive.ts';
import { isEnding } from '../../../model/run.ts';
import { isSaga } from '../../../model/saga.ts';
import { AskFirst } from '../../../parts/ask-first.tsx';
import { Trouble } from '../../../parts/trouble.tsx';
import { numberIn, timeIn } from '../../../words/format.ts';
import { useLanguage } from '../../../words/language.tsx';
import type { RunInView } from '../use-run.ts';
import { Listed } from './listed.tsx';
import { WORDS } from './words.ts';

export const Redrive = ({ run }: { readonly run: RunInView }) => {
  const { t, language } = useLanguage();
  const [asking, setAsking] = useState(false);
  const redrives = run.history.events.filter(({ type }) => type === 'ExecutionRedriven');
  const { isAwaited, expectOneMore } = useEffectOfRedrive(run, redrives.length);
  const newest = redrives.at(-1);
  return (
    <>
      {newest === undefined ? null : (
        <Box variant="small">
          {t(WORDS.redriven(numberIn(language, redrives.length), timeIn(language, newest.at)))}
        </Box>
      )}
      {isAwaited ? <Box variant="small">{t(WORDS.redriveAwaited)}</Box> : null}
      {run.detail.status === 'RUNNING' || isAwaited ? null : (
        <Verdict run={run} onAsk={() => setAsking(true)} />
      )}
      {asking ? <RedriveForm run={run} onRedriven={expectOneMore} onDone={() => setAsking(false)} /> : null}
    </>
  );
};

/** What of a run may have changed: Step Functions is asked for both apart, and one may be ahead of the other. */
const useLookAgain = ({ machine, detail }: RunInView) => {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ['run', 'history'].map((what) => queries.invalidateQueries({ queryKey: [what, machine, detail.name] })),
    );
};

/** Whether the history that is here is that of a run that has ended, as far as it tells itself. */
const tellsItsEnd = ({ events, whole }: RunInView['history']): boolean =>
  whole && isEnding(events.at(-1)?.type ?? '');

/** Looks until the execution itself shows that it was redriven: Step Functions tells of it a moment later. */
const useEffectOfRedrive = (run: RunInView, redrives: number) => {
  const lookAgain = useLookAgain(run);
  const [before, setBefore] = useState<number>();
  const { machine, detail, history } = run;
  const agree = detail.status === 'RUNNING' || tellsItsEnd(history);
  const isAwaited = before !== undefined && (redrives <= before || !agree);
  useQuery({
    queryKey: ['redriven', machine, detail.name, before],
    queryFn: lookAgain,
    enabled: isAwaited,
    refetchInterval: every(LIVE_MS),
  });
  return { isAwaited, expectOneMore: () => setBefore(redrives) };
};

const Verdict = ({ run, onAsk }: { readonly run: RunInView; readonly onAsk: () => void }) => {
  const { t } = useLanguage();
  const { session, offline } = useSession();
  const { detail, history, last, states } = run;
  const obstacle = redriveObstacle(detail, history.total, Date.now());
  // It reads the whole history, and the cursor moves often.
  const { events } = history;
  const { repeats } = useMemo(() => redriveOf(last, events, states), [last, events, states]);
  // Until then what would run again is not known.
  const isKnown = tellsItsEnd(history);
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <Box variant="small">
        {t(WORDS.redrive)}:{' '}
        <Badge color={obstacle === undefined ? 'green' : 'grey'}>
          {t(obstacle === undefined ? WORDS.allowed : WORDS.notAllowed)}
        </Badge>{' '}
        {obstacle === undefined ? null : `${t(WORDS[obstacle])}.`}{' '}
        {obstacle === undefined && isKnown ? t(WORDS.wouldRepeat(repeats.join(', '))) : null}{' '}
        {obstacle === undefined && isSaga(states) ? t(WORDS.fenced) : null}
      </Box>
      {session.role === 'operator' && !offline ? (
        <Button
          disabled={obstacle !== undefined || !isKnown}
          {...(obstacle === undefined ? {} : { disabledReason: t(WORDS[obstacle]) })}
          onClick={onAsk}
        >
          {t(WORDS.askToRedrive)}
        </Button>
      ) : null}
    </SpaceBetween>
  );
};

interface RedriveFormProps {
  readonly run: RunInView;
  readonly onRedriven: () => void;
  readonly onDone: () => void;
}

const RedriveForm = ({ run, onRedriven, onDone }: RedriveFormProps) => {
  const { t } = useLanguage();
  const lookAgain = useLookAgain(run);
  // One form, one key: a second click gets the first answer.
  const [key] = useState(() => crypto.randomUUID());
  // What is agreed to is what was shown, also where somebody else is faster.
  const [would] = useState(() => redriveOf(run.last, run.history.events, run.states));
  const { machine, detail, states } = run;
  const redrive = useMutation({
    mutationFn: () =>
      ask('console', routes.redriveRun, { path: { machine, run: detail.name } }, { idempotencyKey: key }),
    onSuccess: () => {
      onRedriven();
      onDone();
    },
    // Who is refused has an old page before them.
    onError: lookAgain,
  });
  return (
    <AskFirst
      title={t(WORDS.redriveTitle)}
      act={t(WORDS.redriveNow)}
      loading={redrive.isPending}
      onAct={() => redrive.mutate()}
      onCancel={onDone}
    >
      <SpaceBetween size="s">
        {t(WORDS.redriveHelp)}
        <Listed title={t(WORDS.runsAgain)} names={would.repeats} />
        <Listed title={t(WORDS.mayRunAgain)} names={would.mayRepeat} />
        <Listed title={t(WORDS.willNot)} names={would.keeps} />
        {isSaga(states) ? <div>{t(WORDS.onRecord)}</div> : null}
        {redrive.error === null ? null : <Trouble error={redrive.error} asked="act" />}
      </SpaceBetween>
    </AskFirst>
  );
};
