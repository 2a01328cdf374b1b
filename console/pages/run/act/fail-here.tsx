/** Runs the saga again with a fault at this step. */
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { cityConfig } from '../../../city/config.ts';
import { armFault, type Fault, type FaultKind, rememberFaults } from '../../../city/faults.ts';
import { useSession } from '../../../city/signed-in.tsx';
import { type SagaOfSystem, sagaOfMachine } from '../../../city/systems.ts';
import { Trouble } from '../../../parts/trouble.tsx';
import { useLanguage } from '../../../words/language.tsx';
import type { RunInView } from '../use-run.ts';
import { WORDS } from './words.ts';

const KINDS = [
  'error',
  'timeout',
  'throttle',
  'duplicate',
  'slow',
  'crash',
] as const satisfies readonly FaultKind[];
const POINTS = ['before', 'after'] as const;

export const FailHere = ({ run, state }: { readonly run: RunInView; readonly state: string }) => {
  const { session } = useSession();
  const config = useQuery({ queryKey: ['config'], queryFn: cityConfig, staleTime: Number.POSITIVE_INFINITY });
  const worker = run.states[state]?.Arguments?.FunctionName?.split(':').at(-1);
  const system = sagaOfMachine(run.machine);
  const { saga } = run.detail;
  if (config.data?.faults !== true || session.role !== 'operator') return null;
  if (worker === undefined || system === undefined || saga === undefined) return null;
  return <FaultForm {...{ run, state, worker, system, saga }} />;
};

interface FaultFormProps {
  readonly run: RunInView;
  readonly state: string;
  readonly worker: string;
  readonly system: SagaOfSystem;
  readonly saga: string;
}

const FaultForm = ({ run, state, worker, system, saga }: FaultFormProps) => {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const [kind, setKind] = useState<FaultKind>('error');
  const [point, setPoint] = useState<(typeof POINTS)[number]>('before');
  const [error, setError] = useState(() => firstError(run, state));
  const [times, setTimes] = useState('1');
  const [slowMs, setSlowMs] = useState('2000');
  const fault: Fault = {
    ...{ function: worker, kind, times: Number(times) },
    point: kind === 'duplicate' ? 'before' : point,
    ...(kind === 'error' ? { error } : {}),
    ...(kind === 'slow' ? { slowMs: Number(slowMs) } : {}),
  };
  const rerun = useMutation({
    mutationFn: async () => {
      // Every call of the new payment will carry it, and of no other.
      const correlationId = `fail-here-${crypto.randomUUID()}`;
      await armFault(fault, correlationId);
      return system.rerun(saga, correlationId);
    },
    onSuccess: ({ id }) => {
      rememberFaults(id, [fault]);
      void navigate(`/machines/${run.machine}/runs/${id}.1?state=${state}`);
    },
  });
  return (
    <ExpandableSection headerText={t(WORDS.failHere)}>
      <SpaceBetween size="s">
        {t(WORDS.failHelp)}
        <FormField label={t(WORDS.kind)}>
          <Select
            options={KINDS.map((value) => ({ value, label: t(WORDS[value]) }))}
            selectedOption={{ value: kind, label: t(WORDS[kind]) }}
            onChange={({ detail }) =>
              setKind(KINDS.find((one) => one === detail.selectedOption.value) ?? kind)
            }
          />
        </FormField>
        {kind === 'duplicate' ? null : (
          <FormField label={t(WORDS.point)}>
            <Select
              options={POINTS.map((value) => ({ value, label: t(WORDS[value]) }))}
              selectedOption={{ value: point, label: t(WORDS[point]) }}
              onChange={({ detail }) =>
                setPoint(POINTS.find((one) => one === detail.selectedOption.value) ?? point)
              }
            />
          </FormField>
        )}
        {kind === 'error' ? (
          <FormField label={t(WORDS.errorName)}>
            <Input value={error} onChange={({ detail }) => setError(detail.value)} />
          </FormField>
        ) : null}
        {kind === 'slow' ? (
          <FormField label={t(WORDS.slowMs)}>
            <Input type="number" value={slowMs} onChange={({ detail }) => setSlowMs(detail.value)} />
          </FormField>
        ) : null}
        <FormField label={t(WORDS.times)}>
          <Input type="number" value={times} onChange={({ detail }) => setTimes(detail.value)} />
        </FormField>
        {rerun.error === null ? null : <Trouble error={rerun.error} asked="act" />}
        <Button variant="primary" loading={rerun.isPending} onClick={() => rerun.mutate()}>
          {t(WORDS.run)}
        </Button>
      </SpaceBetween>
    </ExpandableSection>
  );
};

/** One that nothing tries again, so that the first look shows a saga turn back. */
const firstError = ({ states }: RunInView, state: string): string => {
  const retried = new Set((states[state]?.Retry ?? []).flatMap(({ ErrorEquals }) => ErrorEquals));
  return retried.has('TransientError') ? 'PaymentDeclinedError' : 'TransientError';
};
