/** The desk of dead letters: choose, look, edit, try dry, send back at a rate, and see what came of it. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { type DeadLetterView, deadLetterRoutes } from '../../../functions/console/contract.ts';
import { ask } from '../../city/ask.ts';
import { useSession } from '../../city/signed-in.tsx';
import { Answered, Trouble } from '../../parts/trouble.tsx';
import { numberIn, timeIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { Desk } from './desk.tsx';
import { type Edit, Letter } from './letter.tsx';
import { Outcomes } from './outcomes.tsx';
import { useRedrive } from './use-redrive.ts';
import { WholeQueue } from './whole-queue.tsx';
import { WORDS } from './words.ts';

/** As many as a look gives. */
const SHOWN = 500;

export const DeadLetters = () => {
  const [address, setAddress] = useSearchParams();
  const queue = address.get('queue') ?? undefined;
  const error = address.get('error') ?? undefined;
  // Nobody sees the letters while they are read, so they are not read again by themselves.
  const letters = useQuery({
    queryKey: ['dead-letters', queue ?? '', error ?? ''],
    queryFn: ({ signal }) =>
      ask('console', deadLetterRoutes.listDeadLetters, { query: { queue, error, limit: SHOWN } }, { signal }),
    refetchOnWindowFocus: false,
  });
  return (
    <Answered of={letters}>
      {(found) => (
        <Shown
          {...{ found, queue, error }}
          looking={letters.isFetching}
          look={() => void letters.refetch()}
          choose={(changed) => {
            const next = { queue, error, ...changed };
            setAddress(
              Object.entries(next).flatMap(([name, value]) =>
                value ? [[name, value] as [string, string]] : [],
              ),
            );
          }}
        />
      )}
    </Answered>
  );
};

interface ShownProps {
  readonly found: {
    readonly items: readonly DeadLetterView[];
    readonly found: number;
    readonly read: number;
    readonly waiting: number;
  };
  readonly queue: string | undefined;
  readonly error: string | undefined;
  readonly looking: boolean;
  readonly look: () => void;
  readonly choose: (changed: { queue?: string | undefined; error?: string | undefined }) => void;
}

const Shown = ({ found, queue, error, looking, look, choose }: ShownProps) => {
  const { t, language } = useLanguage();
  const { session } = useSession();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<string>();
  const [edits, setEdits] = useState<{ readonly [trail: string]: readonly Edit[] }>({});
  const redrive = useRedrive();
  const { items } = found;
  const selected = items.filter(({ trail }) => chosen.has(trail));
  const letter = items.find(({ trail }) => trail === open);
  const n = (value: number) => numberIn(language, value);
  const isOperator = session.role === 'operator';
  return (
    <SpaceBetween size="m">
      <Table
        variant="container"
        items={[...items]}
        trackBy={({ queue: lies, trail, since }) => `${lies} ${trail} ${since}`}
        empty={t(WORDS.none)}
        {...(isOperator
          ? {
              selectionType: 'multi' as const,
              selectedItems: selected,
              onSelectionChange: ({ detail }: { detail: { selectedItems: DeadLetterView[] } }) =>
                setChosen(new Set(detail.selectedItems.map(({ trail }) => trail))),
              ariaLabels: {
                selectionGroupLabel: t(WORDS.title),
                allItemsSelectionLabel: () => t(WORDS.selectAll),
                itemSelectionLabel: (_all: unknown, { trail }: DeadLetterView) => t(WORDS.selectOne(trail)),
              },
            }
          : {})}
        header={
          <Header
            variant="h1"
            counter={`(${t(WORDS.read(n(found.found), n(found.read), n(found.waiting)))})`}
            description={t(WORDS.help)}
            actions={
              <Button loading={looking} onClick={look}>
                {t(WORDS.look)}
              </Button>
            }
          >
            {t(WORDS.title)}
          </Header>
        }
        filter={<Filters {...{ items, queue, error, choose }} />}
        columnDefinitions={[
          {
            id: 'trail',
            header: t(WORDS.trail),
            isRowHeader: true,
            cell: ({ trail }) => (
              <button
                type="button"
                className="state-button"
                aria-pressed={trail === open}
                onClick={() => setOpen(trail === open ? undefined : trail)}
              >
                {trail}
              </button>
            ),
          },
          { id: 'error', header: t(WORDS.error), cell: ({ error: name }) => name },
          { id: 'queue', header: t(WORDS.queue), cell: ({ queue: name }) => name },
          {
            id: 'about',
            header: t(WORDS.about),
            cell: ({ about }) =>
              about === undefined ? (
                '–'
              ) : (
                <Link href={`#/machines/paytm-saga-payment?search=${about}`}>{about}</Link>
              ),
          },
          { id: 'kind', header: t(WORDS.kind), cell: ({ kind }) => t(WORDS.kinds[kind]) },
          {
            id: 'attempts',
            header: t(WORDS.attempts),
            cell: ({ attempts }) => (attempts === undefined ? '–' : n(attempts)),
          },
          { id: 'redrives', header: t(WORDS.redrives), cell: ({ redrives }) => n(redrives) },
          { id: 'since', header: t(WORDS.since), cell: ({ since }) => timeIn(language, since) },
        ]}
      />
      {isOperator && queue !== undefined ? <WholeQueue key={queue} queue={queue} /> : null}
      {isOperator ? (
        <Desk
          trails={selected.map(({ trail }) => trail)}
          pending={redrive.run.isPending}
          act={(act, dryRun, ratePerSecond) =>
            redrive.run.mutate({
              act,
              dryRun,
              ratePerSecond,
              trails: selected.map(({ trail }) => trail),
              edits: given(edits),
            })
          }
        />
      ) : (
        <Alert type="info">{t(WORDS.looksOnly)}</Alert>
      )}
      {redrive.run.error === null ? null : <Trouble error={redrive.run.error} asked="act" />}
      {redrive.outcomes.length === 0 ? null : (
        <Outcomes outcomes={redrive.outcomes} wasDry={redrive.wasDry} verdicts={redrive.verdicts.data} />
      )}
      {letter === undefined ? null : (
        <Letter
          letter={letter}
          {...(isOperator
            ? {
                edit: {
                  edits: edits[letter.trail] ?? [],
                  change: (own: readonly Edit[]) => setEdits({ ...edits, [letter.trail]: own }),
                },
              }
            : {})}
        />
      )}
    </SpaceBetween>
  );
};

/** Rows that nobody filled in are no edits. */
const given = (edits: { readonly [trail: string]: readonly Edit[] }) =>
  Object.fromEntries(
    Object.entries(edits).flatMap(([trail, rows]) => {
      const filled = rows.filter(({ path, json }) => path !== '' || json !== '');
      return filled.length === 0 ? [] : [[trail, filled]];
    }),
  );

const Filters = ({
  items,
  queue,
  error,
  choose,
}: Pick<ShownProps, 'queue' | 'error' | 'choose'> & { readonly items: readonly DeadLetterView[] }) => {
  const { t } = useLanguage();
  const options = (all: string, known: readonly string[], chosen: string | undefined) => [
    { value: '', label: all },
    ...[...new Set([...known, ...(chosen === undefined ? [] : [chosen])])]
      .toSorted()
      .map((value) => ({ value, label: value })),
  ];
  const queues = options(
    t(WORDS.everyQueue),
    items.map((letter) => letter.queue),
    queue,
  );
  const errors = options(
    t(WORDS.everyError),
    items.map((letter) => letter.error),
    error,
  );
  return (
    <SpaceBetween direction="horizontal" size="s">
      <Select
        ariaLabel={t(WORDS.queue)}
        options={queues}
        selectedOption={queues.find(({ value }) => value === (queue ?? '')) ?? null}
        onChange={({ detail }) => choose({ queue: detail.selectedOption.value })}
      />
      <Select
        ariaLabel={t(WORDS.error)}
        options={errors}
        selectedOption={errors.find(({ value }) => value === (error ?? '')) ?? null}
        onChange={({ detail }) => choose({ error: detail.selectedOption.value })}
      />
    </SpaceBetween>
  );
};
