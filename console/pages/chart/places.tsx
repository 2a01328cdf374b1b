/** The chart as a table: the drawing for those who do not see it, and more than it. */
import type { Cell } from '../../model/rail-chart.ts';
import { useLanguage } from '../../words/language.tsx';
import { PlaceHeads, PlaceRow } from './berth.tsx';
import { KINDS, QUOTAS, WORDS } from './words.ts';

export const Places = ({ cells }: { readonly cells: readonly Cell[] }) => {
  const { t } = useLanguage();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard (axe: scrollable-region-focusable)
    <section className="chart-places" aria-label={t(WORDS.table)} tabIndex={0}>
      <table className="lens">
        <thead>
          <PlaceHeads more={[WORDS.kind, WORDS.quota]} />
        </thead>
        <tbody>
          {cells.flatMap(({ kind, quota, places }) => {
            const lies = places.length > 1 ? `${t(KINDS[kind])}, ${t(WORDS.shared)}` : t(KINDS[kind]);
            return places.map((place) => (
              <PlaceRow key={place.code} place={place} more={[lies, t(QUOTAS[quota])]} />
            ));
          })}
        </tbody>
      </table>
    </section>
  );
};
