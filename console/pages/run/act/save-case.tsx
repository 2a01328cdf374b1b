/** Saves the run as a named case that `npm test` plays from then on. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { caseFileOf, SAVED_CASES } from '../../../../functions/paytm-saga/contract.case.ts';
import { rememberedFaults } from '../../../city/faults.ts';
import { useSession } from '../../../city/signed-in.tsx';
import { type SagaOfSystem, sagaOfMachine } from '../../../city/systems.ts';
import { caseFrom, caseText } from '../../../model/case.ts';
import { AskFirst } from '../../../parts/ask-first.tsx';
import { download } from '../../../parts/download.ts';
import { Trouble } from '../../../parts/trouble.tsx';
import { type Text, useLanguage } from '../../../words/language.tsx';
import type { RunInView } from '../use-run.ts';
import { WORDS } from './words.ts';

export const SaveCase = ({ run }: { readonly run: RunInView }) => {
  const { t } = useLanguage();
  const { session, offline } = useSession();
  const [asking, setAsking] = useState(false);
  const system = sagaOfMachine(run.machine);
  const { saga } = run.detail;
  if (offline || system === undefined || saga === undefined || session.role !== 'operator') return null;
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t(WORDS.save)}</Button>
      {asking ? <CaseForm {...{ run, system, saga }} onDone={() => setAsking(false)} /> : null}
    </>
  );
};

interface CaseFormProps {
  readonly run: RunInView;
  readonly system: SagaOfSystem;
  readonly saga: string;
  readonly onDone: () => void;
}

const CaseForm = ({ run, system, saga, onDone }: CaseFormProps) => {
  const { t } = useLanguage();
  const [name, setName] = useState('');
  const save = useMutation<Text | undefined>({
    mutationFn: async () => {
      const { signal } = new AbortController();
      const [payment, history] = await Promise.all([system.view(saga, signal), system.history(saga, signal)]);
      const faults = rememberedFaults(saga);
      const made = caseFrom({
        name: name.trim(),
        payment,
        history,
        run: run.last,
        states: run.states,
        faults,
      });
      if ('why' in made) return made.why;
      download(caseFileOf(name.trim()), caseText(made.saved), 'application/json');
      return undefined;
    },
    onSuccess: (why) => {
      if (why === undefined) onDone();
    },
  });
  return (
    <AskFirst
      title={t(WORDS.save)}
      act={t(WORDS.download)}
      disabled={name.trim() === ''}
      loading={save.isPending}
      onAct={() => save.mutate()}
      onCancel={onDone}
    >
      <SpaceBetween size="s">
        {t(WORDS.saveHelp)}
        <Box variant="code">{SAVED_CASES}</Box>
        <FormField label={t(WORDS.caseName)}>
          <Input value={name} onChange={({ detail }) => setName(detail.value)} placeholder="charge-crashed" />
        </FormField>
        {save.data === undefined ? null : <Alert type="warning">{t(save.data)}</Alert>}
        {save.error === null ? null : <Trouble error={save.error} asked="act" />}
      </SpaceBetween>
    </AskFirst>
  );
};
