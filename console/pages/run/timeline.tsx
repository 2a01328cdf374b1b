/** Every visit and every attempt on an axis of time. Long times without an event are folded, and say so. */
import { type CSSProperties, useMemo, useState } from 'react';
import type { Visit } from '../../model/run.ts';
import { type Axis, axisOf, busyIn, momentsIn } from '../../model/timeline.ts';
import { Rows, useRows } from '../../parts/rows.tsx';
import { useStatusWord } from '../../parts/status.tsx';
import { clockIn, lengthIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import type { RunInView } from './use-run.ts';
import { WORDS } from './words.ts';

export const Timeline = ({ run }: { readonly run: RunInView }) => {
  const { t, language } = useLanguage();
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const { last, now, cursor, states, detail } = run;
  // The axis is that of the whole run, so that bars do not jump when the cursor moves.
  const axis = useMemo(() => {
    const moments = momentsIn(last);
    const end = detail.endedAt === undefined ? Date.now() : Date.parse(detail.endedAt);
    return axisOf(moments, busyIn(last, states, end), unfolded);
  }, [last, states, detail.endedAt, unfolded]);
  const rows = useRows(now.visits.length);
  const at = cursor.event === undefined ? undefined : Date.parse(cursor.event.at);
  return (
    <>
      {axis.folds.map((fold) => (
        <button
          key={fold.from}
          type="button"
          className="fold-note"
          title={t(WORDS.unfold)}
          onClick={() => setUnfolded(new Set([...unfolded, fold.from]))}
        >
          ⇥ {t(WORDS.folded(lengthIn(language, fold.to - fold.from)))}
        </button>
      ))}
      <Rows of={rows} label={t(WORDS.timeline)}>
        {(index, place) => {
          const visit = now.visits[index];
          return visit === undefined ? null : <Row key={index} {...{ run, visit, axis, at, place }} />;
        }}
      </Rows>
    </>
  );
};

interface RowProps {
  readonly run: RunInView;
  readonly visit: Visit;
  readonly axis: Axis;
  readonly at: number | undefined;
  readonly place: CSSProperties;
}

const Row = ({ run, visit, axis, at, place }: RowProps) => {
  const { language } = useLanguage();
  const word = useStatusWord();
  const { state = '?', enteredAt, exitedAt, attempts, outcome, within } = visit;
  const end = run.cursor.isLast && run.detail.endedAt === undefined ? axis.to : (at ?? axis.to);
  const bar = (from: string | undefined, to: string | undefined) => {
    const left = axis.place(from === undefined ? axis.from : Date.parse(from));
    const right = axis.place(to === undefined ? end : Date.parse(to));
    return { left: `${left * 100}%`, width: `max(3px, ${(right - left) * 100}%)` };
  };
  const lasted =
    enteredAt !== undefined && exitedAt !== undefined
      ? lengthIn(language, Date.parse(exitedAt) - Date.parse(enteredAt))
      : word(outcome);
  return (
    <li className="timeline-row" style={place}>
      <button
        type="button"
        className="state-button"
        aria-pressed={run.chosen === state}
        style={{ paddingInlineStart: within === undefined ? 0 : '1rem' }}
        title={enteredAt === undefined ? state : `${state} · ${clockIn(language, enteredAt)}`}
        onClick={() => run.choose(state)}
      >
        {state}
      </button>
      <div className="bars" aria-hidden>
        {axis.folds.map(({ from, to }) => (
          <div
            key={from}
            className="bar-fold"
            style={bar(new Date(from).toISOString(), new Date(to).toISOString())}
          />
        ))}
        <div className={`bar is-${outcome}`} style={bar(enteredAt, exitedAt)} />
        {attempts.map(({ events, scheduledAt, endedAt, outcome: ended, error }) => (
          <div
            key={events[0]}
            className={`bar-attempt is-${ended}`}
            style={bar(scheduledAt, endedAt)}
            title={error ?? word(ended)}
          />
        ))}
        {at === undefined ? null : (
          <div className="bar-cursor" style={{ left: `${axis.place(at) * 100}%` }} />
        )}
      </div>
      <span className="lasted">
        {lasted}
        {attempts.length > 1 ? ` ↻${attempts.length}` : ''}{' '}
        <span className="visually-hidden">{word(outcome)}</span>
      </span>
    </li>
  );
};
