/** One execution: what it did, moment by moment, and what that did to the books. */
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import Tabs from '@cloudscape-design/components/tabs';
import { lazy, Suspense } from 'react';
import type { RunDetail } from '../../../functions/console/contract.ts';
import type { History } from '../../city/history.ts';
import { isSaga } from '../../model/saga.ts';
import { Answered } from '../../parts/trouble.tsx';
import { useLanguage } from '../../words/language.tsx';
import { Compare } from './compare.tsx';
import { CursorBar } from './cursor.tsx';
import { EventTable } from './events.tsx';
import { Ledger } from './ledger.tsx';
import { Lens } from './lens.tsx';
import { Logs } from './logs.tsx';
import { Queues } from './queues.tsx';
import { Report } from './report.tsx';
import { StepPanel } from './step.tsx';
import { Summary } from './summary.tsx';
import { Timeline } from './timeline.tsx';
import { type RunInView, useAddress, useRunInView, useRunQuestions } from './use-run.ts';
import { WORDS } from './words.ts';

/** The drawing comes with its library, which the first look at a run does not wait for. */
const MachineGraph = lazy(async () => ({ default: (await import('./graph.tsx')).MachineGraph }));

export const RunPage = () => {
  const { machine, detail, definition, history } = useRunQuestions();
  return (
    <Answered of={detail}>
      {(run) => (
        <Answered of={definition}>
          {(deployed) => (
            <Answered of={history}>
              {(loaded) => (
                <Loaded {...{ machine, detail: run, definition: deployed.definition, history: loaded }} />
              )}
            </Answered>
          )}
        </Answered>
      )}
    </Answered>
  );
};

const Loaded = (props: {
  readonly machine: string;
  readonly detail: RunDetail;
  readonly definition: string;
  readonly history: History;
}) => {
  const { t } = useLanguage();
  const { address, put } = useAddress();
  const run = useRunInView(props.machine, props.detail, props.definition, props.history);
  const saga = isSaga(run.states);
  const view = address.get('view') ?? (saga ? 'steps' : 'graph');
  return (
    <SpaceBetween size="m">
      <Summary run={run} />
      <CursorBar run={run} />
      <div className={`run-columns shows-${view}`}>
        <Container
          header={
            <Header
              variant="h2"
              actions={
                <SegmentedControl
                  label={t(WORDS.view)}
                  selectedId={view}
                  onChange={({ detail }) => put({ view: detail.selectedId })}
                  options={[
                    { id: 'steps', text: t(WORDS.steps) },
                    { id: 'graph', text: t(WORDS.graph) },
                  ]}
                />
              }
            >
              {t(view === 'graph' ? WORDS.graph : WORDS.steps)}
            </Header>
          }
          disableContentPaddings
        >
          {view === 'graph' ? (
            <Suspense fallback={<Spinner />}>
              <MachineGraph run={run} />
            </Suspense>
          ) : (
            <Lens run={run} />
          )}
        </Container>
        <StepPanel run={run} />
      </div>
      <Below run={run} />
    </SpaceBetween>
  );
};

const Below = ({ run }: { readonly run: RunInView }) => {
  const { t } = useLanguage();
  const { address, put } = useAddress();
  return (
    <Tabs
      activeTabId={address.get('tab') ?? 'timeline'}
      onChange={({ detail }) => put({ tab: detail.activeTabId })}
      ariaLabel={t(WORDS.timeline)}
      variant="container"
      tabs={[
        { id: 'timeline', label: t(WORDS.timeline), content: <Timeline run={run} /> },
        { id: 'queues', label: t(WORDS.queues), content: <Queues run={run} /> },
        { id: 'ledger', label: t(WORDS.ledger), content: <Ledger run={run} /> },
        { id: 'logs', label: t(WORDS.logs), content: <Logs run={run} /> },
        { id: 'compare', label: t(WORDS.compare), content: <Compare run={run} /> },
        { id: 'report', label: t(WORDS.report), content: <Report run={run} /> },
        { id: 'events', label: t(WORDS.events), content: <EventTable run={run} /> },
      ]}
    />
  );
};
