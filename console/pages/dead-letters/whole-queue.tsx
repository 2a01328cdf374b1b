/** A whole queue of dead letters, sent back: by which way, how many, and a task of SQS as it goes. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { deadQueueRoutes, type QueueOutcome } from '../../../functions/console/contract.ts';
import { ask } from '../../city/ask.ts';
import { redriveQueue } from '../../city/desk.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { numberIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { Outcomes } from './outcomes.tsx';
import { WORDS } from './words.ts';

export const WholeQueue = ({ queue }: { readonly queue: string }) => {
  const { t } = useLanguage();
  const queries = useQueryClient();
  const [rate, setRate] = useState('100');
  const [keepTrails, setKeepTrails] = useState(false);
  const [outcome, setOutcome] = useState<QueueOutcome>();
  const onSettled = () => queries.invalidateQueries({ queryKey: ['dead-letters'] });
  const send = useMutation({
    mutationFn: async (dryRun: boolean) => {
      setOutcome(undefined);
      const asked = { ratePerSecond: Number(rate), keepTrails, dryRun };
      await redriveQueue(
        (follow) =>
          ask('console', deadQueueRoutes.redriveDeadQueue, { path: { queue }, body: { ...asked, follow } }),
        setOutcome,
      );
    },
    onSettled,
  });
  const stop = useMutation({
    mutationFn: () => ask('console', deadQueueRoutes.stopDeadQueue, { path: { queue } }),
  });
  const isRunning = outcome?.task?.state === 'running';
  return (
    <SpaceBetween size="s">
      <SpaceBetween direction="horizontal" size="s" alignItems="end">
        <FormField label={t(WORDS.wholeRate)}>
          <Input type="number" value={rate} onChange={({ detail }) => setRate(detail.value)} />
        </FormField>
        <Button disabled={send.isPending} onClick={() => send.mutate(true)}>
          {t(WORDS.wholeDryRun)}
        </Button>
        <Button loading={send.isPending} onClick={() => send.mutate(false)}>
          {t(WORDS.whole(queue))}
        </Button>
        {isRunning ? (
          <Button disabled={stop.isPending} onClick={() => stop.mutate()}>
            {t(WORDS.stop)}
          </Button>
        ) : null}
        <Toggle checked={keepTrails} onChange={({ detail }) => setKeepTrails(detail.checked)}>
          {t(WORDS.keepTrails)}
        </Toggle>
      </SpaceBetween>
      {send.error === null ? null : <Trouble error={send.error} asked="act" />}
      {stop.error === null ? null : <Trouble error={stop.error} asked="act" />}
      {outcome === undefined ? null : <ByWhichWay outcome={outcome} />}
    </SpaceBetween>
  );
};

const ByWhichWay = ({ outcome }: { readonly outcome: QueueOutcome }) => {
  const { t, language } = useLanguage();
  const { way, because, moved, task, dryRun, items } = outcome;
  const [went, would] =
    way === 'move task'
      ? [WORDS.wentByTask, WORDS.wouldGoByTask]
      : [WORDS.wentByLetter, WORDS.wouldGoByLetter];
  const said = [
    t((dryRun ? would : went)(numberIn(language, moved))),
    ...(because === undefined ? [] : [t(WORDS.letterwise[because])]),
    ...(task === undefined ? [] : [t(WORDS.tasks[task.state])]),
    ...(task?.reason === undefined ? [] : [task.reason]),
  ];
  return (
    <SpaceBetween size="s">
      <Alert type={task?.state === 'stopped' || task?.state === 'failed' ? 'warning' : 'info'}>
        {said.join(' ')}
      </Alert>
      {items.length === 0 ? null : <Outcomes outcomes={items} wasDry={dryRun} verdicts={undefined} />}
    </SpaceBetween>
  );
};
