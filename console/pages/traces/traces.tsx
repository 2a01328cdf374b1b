/** The traces of the last days, newest first; what is looked for, and what is to be compared, stands in the address. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Pagination from '@cloudscape-design/components/pagination';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import Toggle from '@cloudscape-design/components/toggle';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { TraceSummary } from '../../../functions/platform/contract.ts';
import { systemsQuery } from '../../city/questions.ts';
import { type TraceList, useTraces } from '../../city/traces.ts';
import { Answered, Trouble } from '../../parts/trouble.tsx';
import { lengthIn, numberIn, timeIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { addressOf, type Chosen, chosenIn, isOwn } from './filter.ts';
import { OpenTrace } from './open-trace.tsx';
import { WORDS } from './words.ts';

/** Where fewer are shown, older ones are looked for by themselves, but not for ever: pages may be short. */
const ENOUGH = 10;
const MOST_BY_ITSELF = 3;
const ROWS_A_PAGE = 50;

export const Traces = () => {
  const { t } = useLanguage();
  const [address, setAddress] = useSearchParams();
  const chosen = chosenIn(address);
  const { traces, loadOlder, older } = useTraces({
    system: chosen.system || undefined,
    status: chosen.status || undefined,
  });
  const choose = (changed: Partial<Chosen>) =>
    setAddress(addressOf({ ...chosen, ...changed }), { replace: true });
  return (
    <SpaceBetween size="m">
      <OpenTrace listed={traces.data?.items ?? []} />
      {/* Not in the table, which is made anew when something else is looked for. */}
      <Filters {...{ chosen, choose }} />
      {older.error === null ? null : <Trouble error={older.error} again={loadOlder} />}
      <Answered of={traces} title={t(WORDS.traces)}>
        {(list) => (
          <TraceTable
            key={`${chosen.system} ${chosen.status}`}
            {...{ list, chosen, choose, loadOlder, loading: older.loading }}
          />
        )}
      </Answered>
    </SpaceBetween>
  );
};

interface TraceTableProps {
  readonly list: TraceList;
  readonly chosen: Chosen;
  readonly choose: (changed: Partial<Chosen>) => void;
  readonly loadOlder: () => Promise<void>;
  readonly loading: boolean;
}

const TraceTable = ({ list, chosen, choose, loadOlder, loading }: TraceTableProps) => {
  const { t, language } = useLanguage();
  const n = (value: number) => numberIn(language, value);
  const { items, next } = list;
  const shown = chosen.own ? items : items.filter((trace) => !isOwn(trace));
  const tooFew = shown.length < ENOUGH && next !== undefined;
  const byItself = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each page that came
  useEffect(() => {
    if (!tooFew || byItself.current >= MOST_BY_ITSELF) return;
    byItself.current += 1;
    void loadOlder();
  }, [tooFew, next]);
  const [asked, setAsked] = useState(1);
  const pages = Math.max(1, Math.ceil(shown.length / ROWS_A_PAGE));
  const page = Math.min(asked, pages);
  const [one = '', other = ''] = chosen.compared;
  const count = chosen.compared.length;
  return (
    <Table
      variant="container"
      items={shown.slice((page - 1) * ROWS_A_PAGE, page * ROWS_A_PAGE)}
      trackBy="traceId"
      empty={t(next === undefined ? WORDS.none : WORDS.noneSoFar)}
      selectionType="multi"
      selectedItems={chosen.compared.map((traceId) => ({ traceId }) as TraceSummary)}
      isItemDisabled={({ traceId }) => count >= 2 && !chosen.compared.includes(traceId)}
      onSelectionChange={({ detail }) =>
        choose({ compared: detail.selectedItems.map(({ traceId }) => traceId).slice(0, 2) })
      }
      ariaLabels={{
        selectionGroupLabel: t(WORDS.compare),
        allItemsSelectionLabel: () => t(WORDS.choose(n(count))),
        itemSelectionLabel: (_chosen, { name, traceId }) => t(WORDS.chooseOne(`${name} ${traceId}`)),
      }}
      header={
        <Header
          variant="h1"
          counter={`(${t(WORDS.shown(n(shown.length), `${n(items.length)}${next === undefined ? '' : '+'}`))})`}
          description={t(WORDS.help)}
          actions={
            <SpaceBetween direction="horizontal" size="xs" alignItems="center">
              {count === 0 ? null : <Box>{t(WORDS.choose(n(count)))}</Box>}
              <Button disabled={count < 2} href={`#/traces/compare?one=${one}&other=${other}`}>
                {t(WORDS.compare)}
              </Button>
              {next === undefined ? null : (
                <Button onClick={() => void loadOlder()} loading={loading}>
                  {t(WORDS.more)}
                </Button>
              )}
            </SpaceBetween>
          }
        >
          {t(WORDS.traces)}
        </Header>
      }
      pagination={
        <Pagination
          currentPageIndex={page}
          pagesCount={pages}
          openEnd={next !== undefined}
          onChange={({ detail }) => {
            setAsked(detail.currentPageIndex);
            if (detail.currentPageIndex * ROWS_A_PAGE > shown.length && next !== undefined) void loadOlder();
          }}
        />
      }
      columnDefinitions={[
        {
          id: 'name',
          header: t(WORDS.begins),
          cell: ({ traceId, name }) => <Link href={`#/traces/${traceId}`}>{name}</Link>,
          isRowHeader: true,
        },
        { id: 'system', header: t(WORDS.system), cell: ({ system }) => system },
        { id: 'started', header: t(WORDS.started), cell: ({ startedAt }) => timeIn(language, startedAt) },
        { id: 'lasted', header: t(WORDS.lasted), cell: ({ durationMs }) => lengthIn(language, durationMs) },
        { id: 'spans', header: t(WORDS.spanCount), cell: ({ spans }) => n(spans) },
        {
          id: 'outcome',
          header: t(WORDS.outcome),
          cell: ({ errors }) => (
            <StatusIndicator type={errors > 0 ? 'error' : 'success'}>
              {t(errors > 0 ? WORDS.errors(n(errors)) : WORDS.noErrors)}
            </StatusIndicator>
          ),
        },
        {
          id: 'correlation',
          header: t(WORDS.correlation),
          cell: ({ correlationId = '–' }) => <Box variant="small">{correlationId}</Box>,
        },
      ]}
    />
  );
};

const Filters = ({ chosen, choose }: Pick<TraceTableProps, 'chosen' | 'choose'>) => {
  const { t } = useLanguage();
  const systems = useQuery(systemsQuery()).data?.items ?? [];
  const names = new Set([...systems.map(({ name }) => name), chosen.system].filter(Boolean));
  const options = [
    { value: '', label: t(WORDS.anySystem) },
    ...[...names].map((value) => ({ value, label: value })),
  ];
  return (
    <SpaceBetween direction="horizontal" size="m" alignItems="center">
      <Select
        ariaLabel={t(WORDS.system)}
        options={options}
        selectedOption={options.find(({ value }) => value === chosen.system) ?? null}
        onChange={({ detail }) => choose({ system: detail.selectedOption.value ?? '' })}
      />
      <Toggle
        checked={chosen.status === 'error'}
        onChange={({ detail }) => choose({ status: detail.checked ? 'error' : '' })}
      >
        {t(WORDS.errorsOnly)}
      </Toggle>
      <Toggle checked={chosen.own} onChange={({ detail }) => choose({ own: detail.checked })}>
        {t(WORDS.own)}
      </Toggle>
    </SpaceBetween>
  );
};
