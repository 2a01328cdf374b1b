/** One trace: every hop of what was caused by one call, and the ways on from it. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { TraceRow, TraceView } from '../../../functions/platform/contract.ts';
import { systemsQuery } from '../../city/questions.ts';
import { traceQuery } from '../../city/traces.ts';
import { machineOf, thingOf } from '../../model/machines.ts';
import { errorsIn, runOfSpan, runsIn, type SpanRun } from '../../model/traces.ts';
import { Answered } from '../../parts/trouble.tsx';
import { Waterfall } from '../../parts/waterfall.tsx';
import { numberIn, timeIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { WORDS } from './words.ts';

export const TracePage = () => {
  const { t } = useLanguage();
  const { trace = '' } = useParams();
  const found = useQuery(traceQuery(trace));
  return (
    <Answered of={found} title={t(WORDS.trace(trace))}>
      {(view) => <Loaded view={view} />}
    </Answered>
  );
};

const Loaded = ({ view }: { readonly view: TraceView }) => {
  const { t, language } = useLanguage();
  const [address, setAddress] = useSearchParams();
  const { traceId, startedAt, spans, total, more } = view;
  const onlyErrors = address.has('errors');
  const shown = onlyErrors ? errorsIn(spans) : spans;
  const n = (value: number) => numberIn(language, value);
  const put = (name: string, value: string | undefined) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === undefined) next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  return (
    <Container
      header={
        <Header
          variant="h1"
          counter={`(${t(WORDS.spans(n(shown.length), `${n(total)}${more ? '+' : ''}`))})`}
          description={timeIn(language, startedAt)}
          actions={<Ways traceId={traceId} />}
        >
          {t(WORDS.trace(traceId))}
        </Header>
      }
    >
      <SpaceBetween size="s">
        <Runs runs={runsIn(spans)} />
        <Toggle
          checked={onlyErrors}
          onChange={({ detail }) => put('errors', detail.checked ? '1' : undefined)}
        >
          {t(WORDS.errorsOnly)}
        </Toggle>
        {onlyErrors && shown.length === 0 ? (
          <Box color="text-body-secondary">{t(WORDS.noneBad)}</Box>
        ) : (
          <Waterfall
            rows={shown}
            looked={{ span: address.get('span') ?? undefined, look: (span) => put('span', span) }}
            about={(row) => <StateOf row={row} />}
          />
        )}
      </SpaceBetween>
    </Container>
  );
};

const Ways = ({ traceId }: { readonly traceId: string }) => {
  const { t } = useLanguage();
  const navigate = useNavigate();
  // The router counts how many of its pages lie behind; an address that was opened by itself has none.
  const came = Number((window.history.state as { readonly idx?: number } | null)?.idx ?? 0) > 0;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {came ? <Button onClick={() => void navigate(-1)}>{t(WORDS.back)}</Button> : null}
      <Button href="#/traces">{t(WORDS.allTraces)}</Button>
      <Button href={`#/traces?one=${traceId}`}>{t(WORDS.compareWith)}</Button>
    </SpaceBetween>
  );
};

/** The executions that the trace went through, and what each of them told. */
const Runs = ({ runs }: { readonly runs: readonly SpanRun[] }) => {
  const { t } = useLanguage();
  const link = useRunLink();
  if (runs.length === 0) return null;
  return (
    <ul className="plain" aria-label={t(WORDS.runs)}>
      {runs.map((run) => {
        const to = link(run);
        return (
          <li key={`${run.system} ${run.run}`}>
            {to === undefined ? t(WORDS.run(run.run)) : <Link href={to}>{t(WORDS.run(run.run))}</Link>}
            {' · '}
            <Link href={`#/events/stories/${thingOf(run.run)}`}>{t(WORDS.story)}</Link>
          </li>
        );
      })}
    </ul>
  );
};

const StateOf = ({ row }: { readonly row: TraceRow }) => {
  const { t } = useLanguage();
  const link = useRunLink();
  const run = runOfSpan(row);
  const to = run && link(run);
  return run === undefined || to === undefined ? null : (
    <Link href={`${to}?state=${encodeURIComponent(run.state)}`}>{t(WORDS.toState(run.state))}</Link>
  );
};

/** Where an execution is shown, where its machine is known. */
const useRunLink = (): ((run: SpanRun) => string | undefined) => {
  const systems = useQuery(systemsQuery()).data?.items ?? [];
  return ({ system, run }) => {
    const machine = machineOf(systems, system, run);
    return machine === undefined ? undefined : `#/machines/${machine}/runs/${run}`;
  };
};
