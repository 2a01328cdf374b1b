/** The queues behind the chart: how deep each is, how long its oldest message waits, and what nobody could work off. */
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { SystemView } from '../../../functions/console/contract.ts';
import { depthsQuery } from '../../city/rail.ts';
import { systemStateQuery } from '../../city/state.ts';
import {
  type Age,
  fullOf,
  type QueueRow,
  queueRows,
  type Samples,
  sparkOf,
  withSample,
} from '../../model/rail-queues.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { ageIn, numberIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { KINDS, WORDS } from './queue-words.ts';

export const Queues = ({ system }: { readonly system: SystemView }) => {
  const { t, language } = useLanguage();
  const depths = useQuery(depthsQuery());
  const state = useQuery(systemStateQuery(system.name));
  const [samples, setSamples] = useState<Samples>(new Map());
  useEffect(() => {
    if (depths.data !== undefined) setSamples((before) => withSample(before, depths.data.queues));
  }, [depths.data]);
  const rows = queueRows(system, depths.data?.queues, state.data?.queues);
  const trouble = depths.error === null ? state : depths;
  return (
    <Container
      header={
        <Header variant="h2" counter={`(${numberIn(language, rows.length)})`} description={t(WORDS.help)}>
          {t(WORDS.queues)}
        </Header>
      }
    >
      {trouble.error === null ? null : <Trouble error={trouble.error} again={trouble.refetch} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard (axe: scrollable-region-focusable) */}
      <section className="rail-queues" aria-label={t(WORDS.queues)} tabIndex={0}>
        <table className="lens">
          <thead>
            <tr>
              <th scope="col">{t(WORDS.queue)}</th>
              <th scope="col">{t(WORDS.original)}</th>
              <th scope="col">{t(WORDS.topic)}</th>
              <th scope="col">{t(WORDS.visible)}</th>
              <th scope="col">{t(WORDS.inFlight)}</th>
              <th scope="col">{t(WORDS.oldest)}</th>
              <th scope="col">{t(WORDS.trend)}</th>
              <th scope="col">{t(WORDS.dead)}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.name} row={row} values={samples.get(row.name) ?? []} />
            ))}
          </tbody>
        </table>
      </section>
    </Container>
  );
};

const Row = ({ row, values }: { readonly row: QueueRow; readonly values: readonly number[] }) => {
  const { t, language } = useLanguage();
  const n = (value: number | undefined) => (value === undefined ? '–' : numberIn(language, value));
  const { name, short, kind, original, topic, depth, age, dead } = row;
  const note = t(KINDS[kind]);
  return (
    <tr data-queue={name}>
      <th scope="row">
        {short}
        {note === '' ? null : <div className="rail-note">{note}</div>}
      </th>
      <td>{original ?? '–'}</td>
      <td>{kind === 'dead' ? '–' : (topic ?? <span className="rail-note">{t(WORDS.elsewhere)}</span>)}</td>
      <td className="amount">
        {kind === 'dead' ? <Letters name={name} count={depth.visible} /> : n(depth.visible)}
      </td>
      <td className="amount">{n(depth.inFlight)}</td>
      <td className="lasted">
        <Oldest age={age} />
      </td>
      <td>
        <Spark name={name} values={values} />
      </td>
      <td>
        {dead === undefined ? (
          '–'
        ) : (
          <>
            <Letters name={dead.name} count={fullOf(dead.depth)} />
            {dead.age.is === 'none' ? null : (
              <span className="lasted">
                {' · '}
                <Oldest age={dead.age} />
              </span>
            )}
          </>
        )}
      </td>
    </tr>
  );
};

/** How many letters wait for a person, and the way to them. */
const Letters = ({ name, count }: { readonly name: string; readonly count: number | undefined }) => {
  const { t, language } = useLanguage();
  if (count === undefined) return '–';
  const text = numberIn(language, count);
  if (count === 0) return text;
  return (
    <StatusIndicator type="error">
      <Link
        href={`#/dead-letters?queue=${encodeURIComponent(name)}`}
        ariaLabel={`${text}, ${t(WORDS.lettersIn(name))}`}
      >
        {text}
      </Link>
    </StatusIndicator>
  );
};

const Oldest = ({ age }: { readonly age: Age }) => {
  const { t, language } = useLanguage();
  if (age.is === 'told') return ageIn(language, age.seconds * 1_000);
  return <span className="rail-note">{t(age.is === 'none' ? WORDS.none : WORDS.untold)}</span>;
};

const SPARK = { width: 120, height: 20 } as const;

/** How deep it was at each look. */
const Spark = ({ name, values }: { readonly name: string; readonly values: readonly number[] }) => {
  const { t, language } = useLanguage();
  const points = sparkOf(values, SPARK);
  if (points === '') return null;
  const [now, most] = [values.at(-1) ?? 0, Math.max(...values)];
  const label = t(WORDS.trendOf(name, numberIn(language, now), numberIn(language, most)));
  return (
    <svg
      className="spark"
      role="img"
      aria-label={label}
      viewBox={`-1 -2 ${SPARK.width + 4} ${SPARK.height + 4}`}
    >
      <polyline points={points} />
      <circle cx={points.split(' ').at(-1)?.split(',')[0]} cy={points.split(',').at(-1)} r={2} />
    </svg>
  );
};
