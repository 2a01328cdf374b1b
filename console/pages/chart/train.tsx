/** One chart as it goes on: its coaches, its lists, and what moved since somebody looks. */
import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ChartView } from '../../../functions/irctc-booking/contract.charts.ts';
import { BerthCode } from '../../../functions/irctc-booking/contract.codes.ts';
import { chartQuery } from '../../city/rail.ts';
import { cellsOf, coachesOf, isCharted } from '../../model/rail-chart.ts';
import { isSeated, keyOf, lastMovesOf, type Watched, watched } from '../../model/rail-moves.ts';
import { Answered } from '../../parts/trouble.tsx';
import { momentIn, secondIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { ChosenBerth } from './berth.tsx';
import { Coaches } from './coaches.tsx';
import type { Change, Chart, Chosen } from './filter.ts';
import { Legend } from './legend.tsx';
import { Lists } from './lists.tsx';
import { Moves } from './moves.tsx';
import { Places } from './places.tsx';
import { WORDS } from './words.ts';

interface TrainProps {
  readonly chart: Chart;
  readonly chosen: Chosen;
  readonly onChoose: (changed: Change) => void;
}

export const Train = ({ chart, chosen, onChoose }: TrainProps) => {
  const asked = useQuery(chartQuery(chart));
  const seen = useWatched(asked);
  return (
    <Answered of={asked}>
      {(view) => <Shown {...{ view, seen, chosen, onChoose }} lookedAt={asked.dataUpdatedAt} />}
    </Answered>
  );
};

/** What moved from look to look, those that told nothing new among them. */
const useWatched = ({
  data,
  dataUpdatedAt,
}: {
  readonly data: ChartView | undefined;
  readonly dataUpdatedAt: number;
}): Watched | undefined => {
  const [seen, setSeen] = useState<Watched>();
  useEffect(() => {
    if (data !== undefined) setSeen((before) => watched(before, data, dataUpdatedAt));
  }, [data, dataUpdatedAt]);
  return seen;
};

/** So long what moved is marked. */
const NEWS_MS = 9_000;

interface ShownProps extends Pick<TrainProps, 'chosen' | 'onChoose'> {
  readonly view: ChartView;
  readonly seen: Watched | undefined;
  readonly lookedAt: number;
}

const Shown = ({ view, seen, lookedAt, chosen, onChoose }: ShownProps) => {
  const { t, language } = useLanguage();
  const coaches = coachesOf(view);
  const cells = cellsOf(coaches);
  const recent = (seen?.moves ?? []).filter(({ seenAt }) => lookedAt - seenAt < NEWS_MS);
  const news = new Set(recent.map(keyOf));
  const seated = new Set(recent.filter(isSeated).map(keyOf));
  const onBerth = (code: string) => onChoose({ berth: BerthCode.parse(code) });
  return (
    <SpaceBetween size="m">
      {view.next === undefined ? null : <Alert type="info">{t(WORDS.partly)}</Alert>}
      <Container
        header={
          <Header
            variant="h2"
            description={
              <>
                {t(WORDS.leaves(momentIn(language, view.departure)))}
                {' · '}
                {isCharted(view) ? t(WORDS.charted) : t(WORDS.chartAt(momentIn(language, view.chartAt)))}
                {' · '}
                {t(WORDS.keys)}
              </>
            }
            actions={
              <SpaceBetween direction="horizontal" size="s" alignItems="center">
                <StatusIndicator type="success">
                  {t(WORDS.lookedAt(secondIn(language, new Date(lookedAt).toISOString())))}
                </StatusIndicator>
                <SegmentedControl
                  label={t(WORDS.views)}
                  selectedId={chosen.view}
                  options={[
                    { id: 'drawn', text: t(WORDS.drawn) },
                    { id: 'table', text: t(WORDS.table) },
                  ]}
                  onChange={({ detail }) =>
                    onChoose({ view: detail.selectedId === 'table' ? 'table' : 'drawn' })
                  }
                />
              </SpaceBetween>
            }
          >
            {t(WORDS.coaches)}
          </Header>
        }
      >
        <SpaceBetween size="m">
          <Legend cells={cells} />
          {chosen.view === 'table' ? (
            <Places cells={cells} />
          ) : (
            <Coaches {...{ coaches, onBerth }} news={seated} chosen={chosen.berth} />
          )}
          {chosen.berth === undefined ? null : (
            <ChosenBerth
              code={chosen.berth}
              cell={cells.find(({ code }) => code === chosen.berth)}
              onClose={() => onChoose({ berth: undefined })}
            />
          )}
        </SpaceBetween>
      </Container>
      <div className="chart-below">
        <Lists lists={view.lists} news={news} />
        <Moves moves={seen?.moves ?? []} count={seen?.count ?? 0} last={seen ? lastMovesOf(seen) : []} />
      </div>
    </SpaceBetween>
  );
};
