/** The chart as a table: the drawing for those who do not see it, and more than it. */
import type { Cell } from '../../model/rail-chart.ts';
import { useLanguage } from '../../words/language.tsx';
import { BookingLink, Who } from './berth.tsx';
import { KINDS, LOOKS, QUOTAS, WORDS } from './words.ts';

export const Places = ({ cells }: { readonly cells: readonly Cell[] }) => {
  const { t } = useLanguage();
  const rows = cells.flatMap((cell) => cell.places.map((place) => ({ cell, place })));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard (axe: scrollable-region-focusable)
    <section className="chart-places" aria-label={t(WORDS.table)} tabIndex={0}>
      <table className="lens">
        <thead>
          <tr>
            <th scope="col">{t(WORDS.berth)}</th>
            <th scope="col">{t(WORDS.kind)}</th>
            <th scope="col">{t(WORDS.quota)}</th>
            <th scope="col">{t(WORDS.state)}</th>
            <th scope="col">{t(WORDS.who)}</th>
            <th scope="col">{t(WORDS.pnr)}</th>
            <th scope="col">{t(WORDS.booking)}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ cell: { kind, quota, places }, place }) => (
            <tr key={place.code}>
              <th scope="row">{place.code}</th>
              <td>{places.length > 1 ? `${t(KINDS[kind])}, ${t(WORDS.shared)}` : t(KINDS[kind])}</td>
              <td>{t(QUOTAS[quota])}</td>
              <td>{t(LOOKS[place.look])}</td>
              <td>
                <Who {...place} />
              </td>
              <td className="amount">{place.by?.pnr ?? '–'}</td>
              <td>{place.by === undefined ? '–' : <BookingLink by={place.by} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
