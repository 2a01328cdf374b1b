/** One berth: in a sentence, and whole with whoever has it. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import type { Occupant } from '../../../functions/irctc-booking/contract.charts.ts';
import type { Cell, Place } from '../../model/rail-chart.ts';
import { numberIn } from '../../words/format.ts';
import { type Text, useLanguage } from '../../words/language.tsx';
import { GENDERS, KINDS, LOOKS, QUOTAS, shortOf, WORDS } from './words.ts';

/** A berth as it is read out: `B1-7, side lower, General, shared in RAC, half a: booked, R*** S***, half b: free`. */
export const useCellText = (): ((cell: Cell) => string) => {
  const { t } = useLanguage();
  const told = ({ look, by }: Place) => `${t(LOOKS[look])}${by === undefined ? '' : `, ${by.name}`}`;
  return ({ code, kind, quota, places }) => {
    const what = [code, t(KINDS[kind]), t(QUOTAS[quota])];
    const [only, second] = places;
    if (only === undefined) return what.join(', ');
    if (second === undefined) return [...what, told(only)].join(', ');
    const halves = places.map((place) => `${t(WORDS.half(place.code.slice(-1)))}: ${told(place)}`);
    return [...what, t(WORDS.shared), ...halves].join(', ');
  };
};

export const storyLink = (booking: string): string => `#/events/stories/${encodeURIComponent(booking)}`;

/** Who has a place, as much as a chart tells. */
const Who = ({ by, look }: Pick<Place, 'by' | 'look'>) => {
  const { t, language } = useLanguage();
  if (by === undefined) return t(look === 'free' || look === 'vacant' ? WORDS.nobody : WORDS.untold);
  return t(WORDS.aged(by.name, numberIn(language, by.age), t(GENDERS[by.gender])));
};

const BookingLink = ({ by }: { readonly by: Occupant }) => {
  const { t, language } = useLanguage();
  const nth = t(WORDS.nth(numberIn(language, by.passenger)));
  return (
    <span className="lasted">
      <Link href={storyLink(by.booking)}>
        {shortOf(by.booking)}
        <span className="visually-hidden">{`, ${t(WORDS.booking)} ${by.booking}`}</span>
      </Link>
      {`, ${nth}`}
    </span>
  );
};

/** Heads of a table of places. @param more between its berth and its state */
export const PlaceHeads = ({ more = [] }: { readonly more?: readonly Text[] }) => {
  const { t } = useLanguage();
  const heads = [WORDS.berth, ...more, WORDS.state, WORDS.who, WORDS.pnr, WORDS.booking];
  return (
    <tr>
      {heads.map((head) => (
        <th key={head.en} scope="col">
          {t(head)}
        </th>
      ))}
    </tr>
  );
};

/** A place in a table: its berth, how it stands, and who has it. @param more as the heads have it */
export const PlaceRow = ({
  place,
  more = [],
}: {
  readonly place: Place;
  readonly more?: readonly string[];
}) => {
  const { t } = useLanguage();
  return (
    <tr>
      <th scope="row">{place.code}</th>
      {more.map((told) => (
        <td key={told}>{told}</td>
      ))}
      <td>{t(LOOKS[place.look])}</td>
      <td>
        <Who {...place} />
      </td>
      <td className="amount">{place.by?.pnr ?? '–'}</td>
      <td>{place.by === undefined ? '–' : <BookingLink by={place.by} />}</td>
    </tr>
  );
};

interface ChosenBerthProps {
  readonly code: string;
  /** Absent where the class has no such berth. */
  readonly cell: Cell | undefined;
  readonly onClose: () => void;
}

export const ChosenBerth = ({ code, cell, onClose }: ChosenBerthProps) => {
  const { t } = useLanguage();
  return (
    <section className="chosen-berth" aria-label={`${t(WORDS.berth)} ${code}`}>
      <div className="chosen-berth-head">
        <Box variant="h3">
          {cell === undefined ? code : `${code} · ${t(KINDS[cell.kind])} · ${t(QUOTAS[cell.quota])}`}
        </Box>
        <Button onClick={onClose}>{t(WORDS.close)}</Button>
      </div>
      {cell === undefined ? (
        <Box color="text-body-secondary">{t(WORDS.noSuchBerth)}</Box>
      ) : (
        <table className="lens">
          <thead>
            <PlaceHeads />
          </thead>
          <tbody>
            {cell.places.map((place) => (
              <PlaceRow key={place.code} place={place} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};
