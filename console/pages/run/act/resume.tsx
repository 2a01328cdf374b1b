/** Lets a saga that needs a person go on, saying before what that will do again and what not. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { every, LIVE_MS } from '../../../city/live.ts';
import { useSession } from '../../../city/signed-in.tsx';
import { type SagaOfSystem, sagaOfMachine } from '../../../city/systems.ts';
import { AskFirst } from '../../../parts/ask-first.tsx';
import { Trouble } from '../../../parts/trouble.tsx';
import { numberIn } from '../../../words/format.ts';
import { useLanguage } from '../../../words/language.tsx';
import { useJudgedSteps } from '../use-judged-steps.ts';
import type { RunInView } from '../use-run.ts';
import { Listed } from './listed.tsx';
import { WORDS } from './words.ts';

export const Resume = ({ run }: { readonly run: RunInView }) => {
  const { session, offline } = useSession();
  const system = sagaOfMachine(run.machine);
  const { saga } = run.detail;
  if (system === undefined || saga === undefined || session.role !== 'operator' || offline) return null;
  return <Waiting {...{ run, system, saga }} />;
};

interface WaitingProps {
  readonly run: RunInView;
  readonly system: SagaOfSystem;
  readonly saga: string;
}

const Waiting = ({ run, system, saga }: WaitingProps) => {
  const { t } = useLanguage();
  const [asking, setAsking] = useState(false);
  const view = useQuery({
    queryKey: ['saga', system.system, saga],
    queryFn: ({ signal }) => system.view(saga, signal),
    refetchInterval: (query) =>
      query.state.data?.status === 'in_progress' || query.state.data?.status === 'needs_attention'
        ? every(LIVE_MS)(query)
        : false,
  });
  const { rerunOf } = view.data ?? {};
  return (
    <>
      {view.data?.status === 'needs_attention' ? (
        <Alert
          type="warning"
          header={t(WORDS.attention(view.data.attention ?? ''))}
          action={<Button onClick={() => setAsking(true)}>{t(WORDS.askToResume)}</Button>}
        >
          {view.data.reason?.detail}
        </Alert>
      ) : null}
      {rerunOf === undefined ? null : (
        <Box>
          {t(WORDS.rerunOf)} <Link href={`#/machines/${run.machine}?search=${rerunOf}`}>{rerunOf}</Link>
        </Box>
      )}
      {asking ? <ResumeForm {...{ run, system, saga }} onDone={() => setAsking(false)} /> : null}
    </>
  );
};

const ResumeForm = ({ run, system, saga, onDone }: WaitingProps & { readonly onDone: () => void }) => {
  const { t, language } = useLanguage();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  // One form, one key: a second click gets the first answer.
  const [key] = useState(() => crypto.randomUUID());
  const next = (run.detail.number ?? 1) + 1;
  const { steps } = useJudgedSteps(run, run.last, true);
  const again = steps.flatMap(({ verdict, undo }) =>
    verdict === 'stuck' && undo !== undefined ? [undo] : [],
  );
  const done = steps.flatMap(({ verdict, state, undo }) =>
    verdict === 'done' ? [state] : verdict === 'undone' && undo !== undefined ? [undo] : [],
  );
  const resume = useMutation({
    mutationFn: () => system.resume(saga, reason, key),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['saga', system.system, saga] });
      onDone();
      await navigate(`/machines/${run.machine}/runs/${saga}.${next}`);
    },
  });
  return (
    <AskFirst
      title={t(WORDS.resumeTitle)}
      act={t(WORDS.resume)}
      disabled={reason.trim() === ''}
      loading={resume.isPending}
      onAct={() => resume.mutate()}
      onCancel={onDone}
    >
      <SpaceBetween size="s">
        {t(WORDS.resumeHelp(numberIn(language, next)))}
        <Listed title={t(WORDS.willRepeat)} names={again} />
        <Listed title={t(WORDS.willNot)} names={done} />
        <FormField label={t(WORDS.reason)} description={t(WORDS.reasonHelp)}>
          <Input value={reason} onChange={({ detail }) => setReason(detail.value)} />
        </FormField>
        {resume.error === null ? null : <Trouble error={resume.error} asked="act" />}
      </SpaceBetween>
    </AskFirst>
  );
};
