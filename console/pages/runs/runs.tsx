/** The executions of a machine, newest first; what is looked for stands in the address. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Link from '@cloudscape-design/components/link';
import Pagination from '@cloudscape-design/components/pagination';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { type RunView, STATUSES } from '../../../functions/console/contract.ts';
import { every, LIVE_MS } from '../../city/live.ts';
import { runsQuery } from '../../city/questions.ts';
import { whyIn } from '../../model/why.ts';
import { Status, useStatusWord } from '../../parts/status.tsx';
import { Answered } from '../../parts/trouble.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useTyped } from '../../parts/use-typed.ts';
import { lengthIn, numberIn, timeIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { askedStatus, type Chosen, chosenIn, mayBeOlder, meant, sagaIn, waitOf } from './filter.ts';
import { useWaits } from './use-waits.ts';
import { WORDS } from './words.ts';

const ROWS_A_PAGE = 50;
/** While somebody pages through old ones, the list is not asked anew under their hands. */
const LIVE_PAGES = 1;

export const Runs = () => {
  const { machine = '' } = useParams();
  const [address, setAddress] = useSearchParams();
  const chosen = chosenIn(address);
  const runs = useInfiniteQuery({
    ...runsQuery(machine, { status: askedStatus(chosen), saga: sagaIn(chosen) }),
    refetchInterval: (query) =>
      (query.state.data?.pages.length ?? 0) <= LIVE_PAGES ? every(LIVE_MS)(query) : false,
  });
  const choose = (changed: Partial<Chosen>) => {
    const next = { ...chosen, ...changed };
    setAddress(
      Object.fromEntries(
        Object.entries(next).flatMap(([name, value]) => (value ? [[name, String(value)]] : [])),
      ),
      { replace: true },
    );
  };
  return (
    <SpaceBetween size="m">
      {/* Not in the table, which is made anew when something else is looked for: nobody's hands are on that. */}
      <Filters {...{ chosen, choose }} />
      <Answered of={runs}>
        {({ pages }) => (
          <RunTable
            key={address.toString()}
            {...{ machine, chosen }}
            loaded={pages.flatMap(({ items }) => items)}
            {...(runs.hasNextPage ? { loadMore: () => void runs.fetchNextPage() } : {})}
            loading={runs.isFetchingNextPage}
          />
        )}
      </Answered>
    </SpaceBetween>
  );
};

interface RunTableProps {
  readonly machine: string;
  readonly chosen: Chosen;
  readonly loaded: readonly RunView[];
  readonly loadMore?: () => void;
  readonly loading: boolean;
}

const RunTable = ({ machine, chosen, loaded, loadMore, loading }: RunTableProps) => {
  const { t, language } = useLanguage();
  const now = useNow(1_000);
  const [page, setPage] = useState(1);
  const wait = waitOf(chosen.status);
  const named = meant(loaded, chosen, now);
  const { waits, looked } = useWaits(machine, named, wait !== undefined || chosen.status === 'RUNNING');
  const found =
    wait === undefined
      ? named
      : named.filter(({ name }) => waits.get(name)?.some(({ kind }) => kind === wait));
  const older = loadMore !== undefined && mayBeOlder(loaded, chosen, now) ? loadMore : undefined;
  const shown = found.slice((page - 1) * ROWS_A_PAGE, page * ROWS_A_PAGE);
  const running = named.filter(({ status }) => status === 'RUNNING').length;
  const why = ({ name }: RunView) =>
    (waits.get(name) ?? []).map((waiting) => whyIn(language, waiting, new Date(now))).join(' ');
  const n = (value: number) => numberIn(language, value);
  return (
    <Table
      variant="container"
      items={shown}
      trackBy="name"
      loadingText={t(WORDS.executions)}
      empty={t(older === undefined ? WORDS.none : WORDS.noneSoFar)}
      header={
        <Header
          variant="h1"
          counter={`(${t(WORDS.shown(n(found.length), `${n(loaded.length)}${loadMore ? '+' : ''}`))})`}
          description={
            wait !== undefined && running > looked ? t(WORDS.looked(n(looked), n(running))) : undefined
          }
          actions={
            older && (
              <Button onClick={older} loading={loading}>
                {t(WORDS.more)}
              </Button>
            )
          }
        >
          {machine}
        </Header>
      }
      pagination={
        <Pagination
          currentPageIndex={page}
          pagesCount={Math.max(1, Math.ceil(found.length / ROWS_A_PAGE))}
          openEnd={older !== undefined}
          onChange={({ detail }) => {
            setPage(detail.currentPageIndex);
            if (detail.currentPageIndex * ROWS_A_PAGE > found.length) older?.();
          }}
        />
      }
      columnDefinitions={[
        {
          id: 'name',
          header: t(WORDS.name),
          cell: ({ name }) => <Link href={`#/machines/${machine}/runs/${name}`}>{name}</Link>,
          isRowHeader: true,
        },
        { id: 'status', header: t(WORDS.status), cell: ({ status }) => <Status status={status} /> },
        { id: 'started', header: t(WORDS.started), cell: ({ startedAt }) => timeIn(language, startedAt) },
        {
          id: 'lasted',
          header: t(WORDS.lasted),
          cell: ({ startedAt, endedAt }) => {
            const lasted = lengthIn(
              language,
              Date.parse(endedAt ?? new Date(now).toISOString()) - Date.parse(startedAt),
            );
            return endedAt === undefined ? t(WORDS.soFar(lasted)) : lasted;
          },
        },
        ...(waits.size > 0
          ? [
              {
                id: 'why',
                header: t(WORDS.why),
                cell: (run: RunView) => <Box variant="small">{why(run)}</Box>,
              },
            ]
          : []),
      ]}
    />
  );
};

interface FiltersProps {
  readonly chosen: Chosen;
  readonly choose: (changed: Partial<Chosen>) => void;
}

const Filters = ({ chosen, choose }: FiltersProps) => {
  const { t } = useLanguage();
  const word = useStatusWord();
  const [search, setSearch] = useTyped(chosen.search, (typed) => choose({ search: typed }));
  const statuses = [
    { value: '', label: t(WORDS.all) },
    ...STATUSES.map((status) => ({ value: status, label: word(status) })),
    { value: 'retry', label: t(WORDS.retrying) },
    { value: 'token', label: t(WORDS.waitingToken) },
    { value: 'time', label: t(WORDS.waitingTime) },
    { value: 'worker', label: t(WORDS.working) },
  ];
  const times = [
    { value: '0', label: t(WORDS.anyTime) },
    { value: '1', label: t(WORDS.lastHour) },
    { value: '24', label: t(WORDS.lastDay) },
    { value: '168', label: t(WORDS.lastWeek) },
  ];
  return (
    <SpaceBetween direction="horizontal" size="s">
      <div style={{ width: '24rem', maxWidth: '90vw' }}>
        <Input
          type="search"
          value={search}
          placeholder={t(WORDS.search)}
          ariaLabel={t(WORDS.search)}
          onChange={({ detail }) => setSearch(detail.value)}
        />
      </div>
      <Select
        ariaLabel={t(WORDS.status)}
        options={statuses}
        selectedOption={statuses.find(({ value }) => value === chosen.status) ?? null}
        onChange={({ detail }) => choose({ status: detail.selectedOption.value ?? '' })}
      />
      <Select
        ariaLabel={t(WORDS.since)}
        options={times}
        selectedOption={times.find(({ value }) => value === String(chosen.hours)) ?? null}
        onChange={({ detail }) => choose({ hours: Number(detail.selectedOption.value ?? 0) })}
      />
    </SpaceBetween>
  );
};
