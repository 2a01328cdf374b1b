/** The coaches as they lie: bays one beside the other, the aisle, and what lies along it; each berth by its state. */
import { type CSSProperties, type KeyboardEvent, useRef, useState } from 'react';
import {
  type Bay,
  besideOf,
  type Cell,
  type Coach,
  type Direction,
  type Place,
} from '../../model/rail-chart.ts';
import { keyOf } from '../../model/rail-moves.ts';
import { numberIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { useCellText } from './berth.tsx';
import { WORDS } from './words.ts';

interface CoachesProps {
  readonly coaches: readonly Coach[];
  /** Who came to their place just now, by their keys. */
  readonly news: ReadonlySet<string>;
  readonly chosen: string | undefined;
  readonly onBerth: (code: string) => void;
}

export const Coaches = ({ coaches, ...rest }: CoachesProps) => (
  <div className="coaches">
    {coaches.map((coach) => (
      <CoachDrawn key={coach.name} coach={coach} {...rest} />
    ))}
  </div>
);

const KEYS: { readonly [key: string]: Direction } = {
  ...{ ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' },
};

/** One stop of the Tab key: within it the arrow keys go from berth to berth. */
const CoachDrawn = ({
  coach,
  news,
  chosen,
  onBerth,
}: Omit<CoachesProps, 'coaches'> & { readonly coach: Coach }) => {
  const { t } = useLanguage();
  const cells = coach.bays.flatMap(({ cells: of }) => of);
  const [held, setHeld] = useState<string>();
  const own = (code: string | undefined) => cells.find((cell) => cell.code === code)?.code;
  const current = own(held) ?? own(chosen) ?? cells[0]?.code;
  const bays = useRef<HTMLElement>(null);
  const onKey = (event: KeyboardEvent) => {
    const direction = KEYS[event.key];
    if (direction === undefined || current === undefined) return;
    event.preventDefault();
    const next = besideOf(coach, current, direction);
    if (next === undefined) return;
    setHeld(next.code);
    bays.current?.querySelector<HTMLElement>(`[data-berth="${next.code}"]`)?.focus();
  };
  return (
    <div className="coach">
      <h3 className="coach-name">{t(WORDS.coach(coach.name))}</h3>
      <section className="coach-body" aria-label={t(WORDS.coach(coach.name))} ref={bays} onKeyDown={onKey}>
        {coach.bays.map((bay) => (
          <BayDrawn
            key={bay.number}
            {...{ bay, coach, news, chosen, current }}
            onBerth={(code) => {
              setHeld(code);
              onBerth(code);
            }}
          />
        ))}
      </section>
    </div>
  );
};

interface BayProps extends Pick<CoachesProps, 'news' | 'chosen' | 'onBerth'> {
  readonly bay: Bay;
  readonly coach: Coach;
  /** Where the Tab key comes to. */
  readonly current: string | undefined;
}

const BayDrawn = ({ bay, coach: { rows, aisle }, news, chosen, current, onBerth }: BayProps) => {
  const { language } = useLanguage();
  const grid: CSSProperties = {
    gridTemplateColumns: `repeat(${bay.columns}, var(--berth))`,
    gridTemplateRows: Array.from({ length: rows }, (_, row) =>
      row === aisle ? 'var(--aisle)' : 'var(--berth-height)',
    ).join(' '),
  };
  return (
    <div className="bay" style={grid}>
      {aisle === undefined ? null : (
        <span className="bay-aisle" aria-hidden="true" style={{ gridRow: aisle + 1 }}>
          {numberIn(language, bay.number)}
        </span>
      )}
      {bay.cells.map((cell) => (
        <BerthDrawn
          key={cell.code}
          cell={cell}
          isNews={cell.places.some(({ by }) => by !== undefined && news.has(keyOf(by)))}
          isChosen={cell.code === chosen}
          isCurrent={cell.code === current}
          onClick={() => onBerth(cell.code)}
        />
      ))}
    </div>
  );
};

interface BerthProps {
  readonly cell: Cell;
  readonly isNews: boolean;
  readonly isChosen: boolean;
  readonly isCurrent: boolean;
  readonly onClick: () => void;
}

const BerthDrawn = ({ cell, isNews, isChosen, isCurrent, onClick }: BerthProps) => {
  const text = useCellText();
  const { code, number, row, column, span, places, quota } = cell;
  const name = ['berth', isNews ? 'is-news' : '', isChosen ? 'is-chosen' : ''].filter(Boolean).join(' ');
  return (
    <button
      type="button"
      className={name}
      style={{ gridRow: row + 1, gridColumn: `${column + 1} / span ${span}` }}
      aria-pressed={isChosen}
      tabIndex={isCurrent ? 0 : -1}
      data-berth={code}
      onClick={onClick}
    >
      <span className="visually-hidden">{text(cell)}</span>
      {places.map((place) => (
        <PlaceDrawn key={place.code} place={place}>
          {places.length > 1 ? place.code.slice(-1) : ''}
        </PlaceDrawn>
      ))}
      <span className="berth-number" aria-hidden="true">
        {number}
      </span>
      {quota === 'GN' ? null : (
        <span className="berth-quota" aria-hidden="true">
          {quota}
        </span>
      )}
    </button>
  );
};

/** Told by its pattern as well as by its colour. */
export const PlaceDrawn = ({
  place: { look },
  children,
}: {
  readonly place: Pick<Place, 'look'>;
  readonly children?: string;
}) => (
  <span className={`place is-${look}`} aria-hidden="true">
    {children}
  </span>
);
