/** How the parts of a system do: functions over the last hour, queues, tables and alarms now. What is not told is no number. */
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import type {
  AlarmState,
  FunctionState,
  QueueState,
  SystemState,
  SystemView,
} from '../../../functions/console/contract.ts';
import { systemStateQuery } from '../../city/state.ts';
import { Loading, Trouble } from '../../parts/trouble.tsx';
import { lengthIn, numberIn, timeIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { Tables } from './tables.tsx';
import { WORDS } from './words.ts';

interface PartProps {
  readonly system: SystemView;
  /** Absent until it is told: the parts are known before. */
  readonly state: SystemState | undefined;
}

export const SystemStateView = ({ system }: { readonly system: SystemView }) => {
  const asked = useQuery(systemStateQuery(system.name));
  const state = asked.data;
  // Until the first answer nothing is "not told".
  if (asked.isPending) return <Loading />;
  return (
    <SpaceBetween size="l">
      {asked.error === null ? null : <Trouble error={asked.error} again={asked.refetch} />}
      <Alarms {...{ system, state }} />
      <Queues {...{ system, state }} />
      <Tables {...{ system, state }} />
      <Functions {...{ system, state }} />
    </SpaceBetween>
  );
};

const named = <T extends { readonly name: string }>(
  names: readonly string[],
  states: readonly T[] | undefined,
): readonly (Partial<T> & { readonly name: string })[] => {
  const known = new Map(states?.map((one) => [one.name, one]));
  return names.map((name) => ({ ...known.get(name), name }) as Partial<T> & { readonly name: string });
};

const Functions = ({ system, state }: PartProps) => {
  const { t, language } = useLanguage();
  const items = named<FunctionState>(system.functions, state?.functions);
  const n = (value: number | undefined) => (value === undefined ? '–' : numberIn(language, value));
  const ms = (value: number | undefined) => (value === undefined ? '–' : lengthIn(language, value));
  // Those with errors first, then the most called.
  const sorted = items.toSorted(
    (a, b) =>
      (b.errors ?? 0) + (b.throttles ?? 0) - (a.errors ?? 0) - (a.throttles ?? 0) ||
      (b.invocations ?? -1) - (a.invocations ?? -1),
  );
  return (
    <Table
      variant="embedded"
      items={sorted}
      trackBy="name"
      empty={t(WORDS.nothing)}
      header={
        <Header
          variant="h2"
          counter={`(${n(items.length)})`}
          description={
            state === undefined
              ? t(WORDS.noHour)
              : t(WORDS.between(timeIn(language, state.from), timeIn(language, state.to)))
          }
        >
          {t(WORDS.functions)}
        </Header>
      }
      columnDefinitions={[
        { id: 'name', header: t(WORDS.name), cell: ({ name }) => name, isRowHeader: true },
        { id: 'invocations', header: t(WORDS.invocations), cell: ({ invocations }) => n(invocations) },
        { id: 'errors', header: t(WORDS.errors), cell: ({ errors }) => <Bad count={errors} /> },
        { id: 'throttles', header: t(WORDS.throttles), cell: ({ throttles }) => <Bad count={throttles} /> },
        { id: 'mean', header: t(WORDS.mean), cell: ({ meanMs }) => ms(meanMs) },
        { id: 'max', header: t(WORDS.max), cell: ({ maxMs }) => ms(maxMs) },
      ]}
    />
  );
};

/** A count that should be none. */
const Bad = ({ count }: { readonly count: number | undefined }) => {
  const { language } = useLanguage();
  if (count === undefined) return '–';
  const text = numberIn(language, count);
  return count > 0 ? <StatusIndicator type="error">{text}</StatusIndicator> : text;
};

const Queues = ({ system, state }: PartProps) => {
  const { t, language } = useLanguage();
  const told = new Map(state?.queues.map((queue) => [queue.name, queue]));
  const items = system.queues.map((queue): (typeof system.queues)[number] & Partial<QueueState> => ({
    ...told.get(queue.name),
    ...queue,
  }));
  const n = (value: number | undefined) => (value === undefined ? '–' : numberIn(language, value));
  return (
    <Table
      variant="embedded"
      items={items}
      trackBy="name"
      empty={t(WORDS.nothing)}
      header={
        <Header variant="h2" counter={`(${n(items.length)})`} description={t(WORDS.queuesHelp)}>
          {t(WORDS.queues)}
        </Header>
      }
      columnDefinitions={[
        { id: 'name', header: t(WORDS.name), cell: ({ name }) => name, isRowHeader: true },
        { id: 'visible', header: t(WORDS.visible), cell: ({ visible }) => n(visible) },
        { id: 'inFlight', header: t(WORDS.inFlight), cell: ({ inFlight }) => n(inFlight) },
        {
          id: 'oldest',
          header: t(WORDS.oldest),
          cell: ({ oldestSeconds }) =>
            oldestSeconds === undefined ? '–' : lengthIn(language, oldestSeconds * 1_000),
        },
        {
          id: 'dead',
          header: t(WORDS.deadLetters),
          cell: ({ deadLetters }) =>
            deadLetters === undefined ? (
              '–'
            ) : (
              <>
                <Bad count={told.get(deadLetters)?.visible} /> ·{' '}
                <Link href="#/dead-letters">{deadLetters}</Link>
              </>
            ),
        },
        { id: 'consumer', header: t(WORDS.consumer), cell: ({ consumer = '–' }) => consumer },
      ]}
    />
  );
};

const ALARM_LOOKS: { readonly [state: string]: StatusIndicatorProps.Type } = {
  ...{ OK: 'success', ALARM: 'error', INSUFFICIENT_DATA: 'info' },
};
const ORDER = ['ALARM', 'INSUFFICIENT_DATA'];

const Alarms = ({ system, state }: PartProps) => {
  const { t, language } = useLanguage();
  const items = named<AlarmState>(system.alarms, state?.alarms);
  const place = (alarm: Partial<AlarmState>) => {
    const at = ORDER.indexOf(alarm.state ?? '');
    return at < 0 ? ORDER.length : at;
  };
  const word = (name: string | undefined) =>
    name === 'OK' || name === 'ALARM' || name === 'INSUFFICIENT_DATA'
      ? t(WORDS[name])
      : (name ?? t(WORDS.absent));
  return (
    <Table
      variant="embedded"
      items={items.toSorted((a, b) => place(a) - place(b))}
      trackBy="name"
      empty={t(WORDS.nothing)}
      header={
        <Header variant="h2" counter={`(${numberIn(language, items.length)})`}>
          {t(WORDS.alarms)}
        </Header>
      }
      columnDefinitions={[
        { id: 'name', header: t(WORDS.alarm), cell: ({ name }) => name, isRowHeader: true },
        {
          id: 'state',
          header: t(WORDS.state),
          cell: (alarm) => (
            <StatusIndicator type={ALARM_LOOKS[alarm.state ?? ''] ?? 'not-started'}>
              {word(alarm.state)}
            </StatusIndicator>
          ),
        },
        {
          id: 'since',
          header: t(WORDS.since),
          cell: ({ since }) => (since === undefined ? '–' : timeIn(language, since)),
        },
        {
          id: 'reason',
          header: t(WORDS.reason),
          cell: ({ reason = '–' }) => <Box variant="small">{reason}</Box>,
        },
      ]}
    />
  );
};
