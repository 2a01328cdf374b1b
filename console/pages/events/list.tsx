/** Rows of events, the newest above; what somebody reads stays where it is while others come. */
import { useLayoutEffect, useRef } from 'react';
import type { CityEvent } from '../../../functions/console/contract.ts';
import { ROW_PX, Rows, useRows } from '../../parts/rows.tsx';
import { clockIn, numberIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { storyLink } from './filter.ts';
import { WORDS } from './words.ts';

interface EventListProps {
  readonly events: readonly CityEvent[];
  /** How many have come so far. */
  readonly arrived: number;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

export const EventList = ({ events, arrived, chosen, onChoose }: EventListProps) => {
  const { t, language } = useLanguage();
  const rows = useRows(events.length);
  const { scroller } = rows;
  const first = events[0]?.id;
  const before = useRef({ arrived, first });
  useLayoutEffect(() => {
    const came = first === before.current.first ? 0 : arrived - before.current.arrived;
    before.current = { arrived, first };
    const list = scroller.current;
    // At the top one sees what comes; further down nothing moves.
    if (list !== null && list.scrollTop > 0 && came > 0) list.scrollTop += came * ROW_PX;
  }, [arrived, first, scroller]);
  return (
    <>
      <div className="city-event quiet" aria-hidden>
        <span>{t(WORDS.at)}</span>
        <span>{t(WORDS.type)}</span>
        <span>{t(WORDS.subject)}</span>
        <span>{t(WORDS.sequence)}</span>
        <span>{t(WORDS.trace)}</span>
      </div>
      <Rows of={rows} label={t(WORDS.events)} tall>
        {(index, place) => {
          const event = events[index];
          return event === undefined ? null : (
            <li
              key={event.id}
              className={`city-event is-row${event.id === chosen ? ' is-cursor' : ''}`}
              style={place}
            >
              <span className="lasted">{clockIn(language, event.keptAt)}</span>
              <button
                type="button"
                className="state-button"
                title={event.type}
                aria-pressed={event.id === chosen}
                onClick={() => onChoose(event.id === chosen ? '' : event.id)}
              >
                {chosen === '' ? event.type : shortOf(event)}
              </button>
              <a className="cut" href={storyLink(event.subject)} title={event.subject}>
                {event.subject}
              </a>
              <span>{event.sequence === undefined ? '' : numberIn(language, event.sequence)}</span>
              {event.traceId === undefined ? (
                <span />
              ) : (
                <a
                  href={`#/traces/${event.traceId}`}
                  aria-label={`${t(WORDS.trace)} ${event.traceId.slice(0, 8)}`}
                >
                  {event.traceId.slice(0, 8)}
                </a>
              )}
            </li>
          );
        }}
      </Rows>
    </>
  );
};

/** Beside an open event there is little room; whose type it is stands in its title then. */
const shortOf = ({ type, source }: CityEvent): string =>
  type.startsWith(`${source}.`) ? type.slice(source.length + 1) : type;
