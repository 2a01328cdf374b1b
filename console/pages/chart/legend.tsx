/** What each mark of the chart means, and how many places have it. */
import Box from '@cloudscape-design/components/box';
import { type Cell, countsOf, type Look } from '../../model/rail-chart.ts';
import { numberIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { PlaceDrawn } from './coaches.tsx';
import { LOOKS, QUOTAS, WORDS } from './words.ts';

const SHOWN: readonly Look[] = ['free', 'held', 'taken', 'vacant'];

export const Legend = ({ cells }: { readonly cells: readonly Cell[] }) => {
  const { t, language } = useLanguage();
  const counts = countsOf(cells);
  const quotas = (['TQ', 'LD', 'SS'] as const).filter((quota) => cells.some((cell) => cell.quota === quota));
  return (
    <section className="chart-legend" aria-label={t(WORDS.legend)}>
      <ul>
        {SHOWN.map((look) => (
          <li key={look}>
            <span className="berth is-sample" aria-hidden="true">
              <PlaceDrawn place={{ look }} />
            </span>
            {t(LOOKS[look])} <strong>{numberIn(language, counts[look])}</strong>
          </li>
        ))}
        {cells.some(({ places }) => places.length > 1) ? (
          <li>
            <span className="berth is-sample" aria-hidden="true">
              <PlaceDrawn place={{ look: 'taken' }}>a</PlaceDrawn>
              <PlaceDrawn place={{ look: 'free' }}>b</PlaceDrawn>
            </span>
            {t(WORDS.shared)}
          </li>
        ) : null}
        {quotas.map((quota) => (
          <li key={quota}>
            <span className="berth-quota">{quota}</span> {t(QUOTAS[quota])}
          </li>
        ))}
      </ul>
      <Box variant="small" color="text-body-secondary">
        {t(WORDS.legendQuota)}
      </Box>
    </section>
  );
};
