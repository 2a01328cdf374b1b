/** The history as Step Functions tells it, one row an event; types of tomorrow are rows like others. */
import { useEffect } from 'react';
import type { RunEvent } from '../../../functions/console/contract.ts';
import { Rows, useRows } from '../../parts/rows.tsx';
import { clockIn, numberIn, sizeIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import type { RunInView } from './use-run.ts';
import { WORDS } from './words.ts';

export const EventTable = ({ run }: { readonly run: RunInView }) => {
  const { t, language } = useLanguage();
  const { history, cursor } = run;
  const rows = useRows(history.events.length);
  const { virtual } = rows;
  // The row of the cursor comes along when it moves.
  useEffect(() => {
    if (cursor.place >= 0) virtual.scrollToIndex(cursor.place, { align: 'auto' });
  }, [cursor.place, virtual]);
  return (
    <>
      {run.last.missing.map(({ from, to }) => (
        <p key={from}>{t(WORDS.gap(numberIn(language, from), numberIn(language, to)))}</p>
      ))}
      <Rows of={rows} label={t(WORDS.events)}>
        {(index, place) => {
          const event = history.events[index];
          return event === undefined ? null : (
            <li
              key={event.id}
              className={`event-row${index === cursor.place ? ' is-cursor' : ''}`}
              style={place}
            >
              <button type="button" className="state-button" onClick={() => cursor.move(index)}>
                {numberIn(language, event.id)}
              </button>
              <span>{clockIn(language, event.at)}</span>
              <span>{event.type}</span>
              <span className="says">{saidBy(event, (size) => sizeIn(language, size))}</span>
            </li>
          );
        }}
      </Rows>
    </>
  );
};

const saidBy = ({ facts, payloads }: RunEvent, size: (bytes: number) => string): string =>
  [
    ...Object.entries(facts).map(([name, value]) => `${name}: ${String(value)}`),
    ...Object.entries(payloads).map(([name, payload]) => `${name}: ${payload.text ?? size(payload.size)}`),
  ].join(' · ');
