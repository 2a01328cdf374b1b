/** The history as Step Functions tells it, one row an event; types of tomorrow are rows like others. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { RunEvent } from '../../../functions/console/contract.ts';
import { clockIn, numberIn, sizeIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import type { RunInView } from './use-run.ts';
import { WORDS } from './words.ts';

const ROW_PX = 26;
const OVERSCAN = 12;

export const EventTable = ({ run }: { readonly run: RunInView }) => {
  const { t, language } = useLanguage();
  const { history, cursor } = run;
  const scroller = useRef<HTMLElement>(null);
  const rows = useVirtualizer({
    count: history.events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
  });
  // The row of the cursor comes along when it moves.
  useEffect(() => {
    if (cursor.place >= 0) rows.scrollToIndex(cursor.place, { align: 'auto' });
  }, [cursor.place, rows]);
  return (
    <>
      {run.last.missing.map(({ from, to }) => (
        <p key={from}>{t(WORDS.gap(numberIn(language, from), numberIn(language, to)))}</p>
      ))}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard (axe: scrollable-region-focusable) */}
      <section className="timeline" ref={scroller} tabIndex={0} aria-label={t(WORDS.events)}>
        <ul style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const event = history.events[index];
            return event === undefined ? null : (
              <li
                key={event.id}
                className={`event-row${index === cursor.place ? ' is-cursor' : ''}`}
                style={{ transform: `translateY(${start}px)`, height: ROW_PX }}
              >
                <button type="button" className="state-button" onClick={() => cursor.move(index)}>
                  {numberIn(language, event.id)}
                </button>
                <span>{clockIn(language, event.at)}</span>
                <span>{event.type}</span>
                <span className="says">{saidBy(event, (size) => sizeIn(language, size))}</span>
              </li>
            );
          })}
        </ul>
      </section>
    </>
  );
};

const saidBy = ({ facts, payloads }: RunEvent, size: (bytes: number) => string): string =>
  [
    ...Object.entries(facts).map(([name, value]) => `${name}: ${String(value)}`),
    ...Object.entries(payloads).map(([name, payload]) => `${name}: ${payload.text ?? size(payload.size)}`),
  ].join(' · ');
