/** Two traces beside each other: where they part first, what one of them lacks, and how long each place took. */
import Alert from '@cloudscape-design/components/alert';
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import Toggle from '@cloudscape-design/components/toggle';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { TraceRow, TraceView } from '../../../functions/platform/contract.ts';
import { traceQuery } from '../../city/traces.ts';
import { aligned, firstApart, isBad, type SpanPair } from '../../model/traces.ts';
import { Status } from '../../parts/status.tsx';
import { Answered } from '../../parts/trouble.tsx';
import { lengthIn, numberIn, timeIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { WORDS } from './words.ts';

const ROWS_A_PAGE = 100;
const INDENT_REM = 0.8;

export const CompareTraces = () => {
  const { t } = useLanguage();
  const [address] = useSearchParams();
  const [one, other] = [address.get('one') ?? '', address.get('other') ?? ''];
  const ones = useQuery({ ...traceQuery(one), enabled: one !== '' });
  const others = useQuery({ ...traceQuery(other), enabled: other !== '' });
  if (one === '' || other === '') {
    return (
      <SpaceBetween size="s">
        <Header variant="h1">{t(WORDS.two)}</Header>
        <Alert type="info" action={<Button href={`#/traces?one=${one || other}`}>{t(WORDS.traces)}</Button>}>
          {t(WORDS.twoNeeded)}
        </Alert>
      </SpaceBetween>
    );
  }
  return (
    <Answered of={ones} title={t(WORDS.two)}>
      {(left) => (
        <Answered of={others} title={t(WORDS.two)}>
          {(right) => <Beside one={left} other={right} />}
        </Answered>
      )}
    </Answered>
  );
};

interface Row extends SpanPair {
  readonly at: number;
}

const Beside = ({ one, other }: { readonly one: TraceView; readonly other: TraceView }) => {
  const { t, language } = useLanguage();
  const [address, setAddress] = useSearchParams();
  const put = (changes: { readonly [name: string]: string }) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value === '') next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace: true },
    );
  const pairs = useMemo(
    () => aligned(one.spans, other.spans).map((pair, at): Row => ({ ...pair, at })),
    [one.spans, other.spans],
  );
  const first = firstApart(pairs);
  const apart = pairs.filter(({ differs }) => differs !== undefined);
  const only = address.has('only');
  const meant = only ? apart : pairs;
  const pages = Math.max(1, Math.ceil(meant.length / ROWS_A_PAGE));
  const page = Math.min(pages, Math.max(1, Number(address.get('page') ?? 1) || 1));
  const pageOfFirst = Math.floor(meant.findIndex(({ at }) => at === first) / ROWS_A_PAGE) + 1;
  const n = (value: number) => numberIn(language, value);
  const side = (name: string, { traceId, startedAt, spans, total, more }: TraceView) => (
    <div>
      {name}: <Link href={`#/traces/${traceId}`}>{traceId}</Link> · {timeIn(language, startedAt)} ·{' '}
      {t(WORDS.spans(n(spans.length), `${n(total)}${more ? '+' : ''}`))}
    </div>
  );
  return (
    <SpaceBetween size="m">
      {[one, other].some(({ spans, total, more }) => more || spans.length < total) ? (
        <Alert type="warning">{t(WORDS.cut)}</Alert>
      ) : null}
      <Table
        variant="container"
        items={meant.slice((page - 1) * ROWS_A_PAGE, page * ROWS_A_PAGE)}
        trackBy={({ at }) => String(at)}
        empty={t(WORDS.alike)}
        header={
          <Header
            variant="h1"
            counter={`(${t(WORDS.differ(n(apart.length), n(pairs.length)))})`}
            description={
              <>
                {side(t(WORDS.one), one)}
                {side(t(WORDS.other), other)}
              </>
            }
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button onClick={() => put({ one: other.traceId, other: one.traceId, page: '' })}>
                  {t(WORDS.swap)}
                </Button>
                <Button
                  disabled={first === undefined}
                  onClick={() => {
                    put({ page: String(pageOfFirst) });
                    // The page of the table changes first.
                    requestAnimationFrame(() => document.getElementById('first-difference')?.focus());
                  }}
                >
                  {t(WORDS.toFirst)}
                </Button>
              </SpaceBetween>
            }
          >
            {t(WORDS.two)}
          </Header>
        }
        filter={
          <Toggle
            checked={only}
            onChange={({ detail }) => put({ only: detail.checked ? '1' : '', page: '' })}
          >
            {t(WORDS.onlyDifferences)}
          </Toggle>
        }
        pagination={
          <Pagination
            currentPageIndex={page}
            pagesCount={pages}
            onChange={({ detail }) => put({ page: String(detail.currentPageIndex) })}
          />
        }
        columnDefinitions={[
          {
            id: 'span',
            header: t(WORDS.span),
            cell: (pair) => (
              <span style={{ paddingInlineStart: `${pair.depth * INDENT_REM}rem` }}>
                {(pair.one ?? pair.other)?.name}
              </span>
            ),
            isRowHeader: true,
          },
          {
            id: 'system',
            header: t(WORDS.system),
            cell: (pair) => (pair.one ?? pair.other)?.system,
          },
          {
            id: 'one',
            header: t(WORDS.one),
            cell: (pair) => <Side trace={one.traceId} row={pair.one} />,
          },
          {
            id: 'other',
            header: t(WORDS.other),
            cell: (pair) => <Side trace={other.traceId} row={pair.other} />,
          },
          { id: 'times', header: t(WORDS.times), cell: (pair) => <Times pair={pair} /> },
          {
            id: 'difference',
            header: t(WORDS.difference),
            cell: (pair) => <DifferenceOf pair={pair} isFirst={pair.at === first} />,
          },
        ]}
      />
    </SpaceBetween>
  );
};

/** How long it took in a trace, and how it ended where that was badly; the way to it there. */
const Side = ({ trace, row }: { readonly trace: string; readonly row: TraceRow | undefined }) => {
  const { t, language } = useLanguage();
  if (row === undefined) return <Box color="text-body-secondary">{t(WORDS.lacks)}</Box>;
  return (
    <span className="lasted">
      <Link href={`#/traces/${trace}?span=${row.spanId}`}>{lengthIn(language, row.durationMs)}</Link>{' '}
      {isBad(row) ? <Status status="failed" /> : null}
    </span>
  );
};

const Times = ({ pair: { one, other } }: { readonly pair: SpanPair }) => {
  const { t, language } = useLanguage();
  if (one === undefined || other === undefined || one.durationMs === 0 || other.durationMs === 0) return '–';
  const times = one.durationMs / other.durationMs;
  const text = times >= 10 ? numberIn(language, Math.round(times)) : times.toFixed(times < 0.1 ? 2 : 1);
  return <span className="lasted">{t(WORDS.timesOf(text))}</span>;
};

const DifferenceOf = ({ pair, isFirst }: { readonly pair: SpanPair; readonly isFirst: boolean }) => {
  const { t } = useLanguage();
  if (pair.differs === undefined) return null;
  const what =
    pair.differs === 'status'
      ? WORDS.endedOtherwise
      : pair.one === undefined
        ? WORDS.onlyOther
        : WORDS.onlyOne;
  return (
    <span {...(isFirst ? { id: 'first-difference', tabIndex: -1 } : {})}>
      <StatusIndicator type="warning">{t(what)}</StatusIndicator>{' '}
      {isFirst ? <Badge color="red">{t(WORDS.first)}</Badge> : null}
    </span>
  );
};
