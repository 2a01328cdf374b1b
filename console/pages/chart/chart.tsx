/** The chart of a train as it fills, the lists as they move, and the queues behind them; which one stands in the address. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { useSearchParams } from 'react-router';
import type { TrainView } from '../../../functions/irctc-booking/contract.trains.ts';
import { useTail } from '../../city/events.ts';
import { AskProblem } from '../../city/problem.ts';
import { systemsQuery } from '../../city/questions.ts';
import { MOVED, RAIL, trainsQuery } from '../../city/rail.ts';
import { useSession } from '../../city/signed-in.tsx';
import { busyOf } from '../../model/rail-busy.ts';
import { Answered, Trouble } from '../../parts/trouble.tsx';
import { useLanguage } from '../../words/language.tsx';
import { Choice } from './choice.tsx';
import './chart.css';
import { addressOf, type Change, chosenIn, completed, mistypedIn, todayIn } from './filter.ts';
import { Queues } from './queues.tsx';
import { Train } from './train.tsx';
import { WORDS } from './words.ts';

export const Chart = () => {
  const { t } = useLanguage();
  const { session } = useSession();
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description={t(WORDS.help)}>
        {t(WORDS.title)}
      </Header>
      {session.role === 'operator' ? <Deployed /> : <Alert type="info">{t(WORDS.operatorsOnly)}</Alert>}
    </SpaceBetween>
  );
};

const Deployed = () => {
  const { t } = useLanguage();
  const systems = useQuery(systemsQuery());
  return (
    <Answered of={systems}>
      {({ items }) => {
        const rail = items.find(({ name }) => name === RAIL);
        return rail === undefined ? (
          <Alert type="info">
            {t(WORDS.notDeployed)} <Box variant="code">{`npx --no dabba deploy ${RAIL}`}</Box>
          </Alert>
        ) : (
          <SpaceBetween size="m">
            <Trains />
            <Queues system={rail} />
          </SpaceBetween>
        );
      }}
    </Answered>
  );
};

const Trains = () => {
  const trains = useQuery(trainsQuery());
  return <Answered of={trains}>{(known) => <OfTrains trains={known} />}</Answered>;
};

/** So many charts are offered of those where something happened. */
const MOST_BUSY = 5;

const OfTrains = ({ trains }: { readonly trains: readonly TrainView[] }): ReactNode => {
  const { t } = useLanguage();
  const [address, setAddress] = useSearchParams();
  const { tail } = useTail({ system: '', type: MOVED, subject: '' });
  const chosen = chosenIn(address);
  const mistyped = mistypedIn(address);
  const busy = busyOf(tail.data?.events ?? [], MOST_BUSY);
  const chart = completed(chosen, { trains, busy, today: todayIn(Date.now()) });
  const isWhole = chosen.train !== undefined && chosen.date !== undefined && chosen.class !== undefined;
  const shown = tail.isPending || mistyped !== undefined ? undefined : chart;
  // It stays, wherever something happens next.
  useEffect(() => {
    if (!isWhole && shown !== undefined) setAddress(addressOf({ ...chosen, ...shown }), { replace: true });
  });
  if (mistyped !== undefined) return <Trouble error={new AskProblem(mistyped, { status: 404 })} />;
  // Until it is known where something happened, no other chart is asked for.
  if (tail.isPending) return <Answered of={tail}>{() => null}</Answered>;
  if (chart === undefined)
    return (
      <Box textAlign="center" padding="m">
        <div>{t(WORDS.noTrains)}</div>
        <div>
          {t(WORDS.howToBook)} <Box variant="code">{`npx --no dabba story ${RAIL}`}</Box>
        </div>
      </Box>
    );
  const choose = (changed: Change) =>
    setAddress(addressOf({ ...chosen, ...chart, ...changed }), { replace: true });
  return (
    <SpaceBetween size="m">
      <Choice {...{ trains, busy, chart }} onChoose={choose} />
      {tail.error === null ? null : <Trouble error={tail.error} again={tail.refetch} />}
      <Train key={`${chart.train} ${chart.date} ${chart.class}`} {...{ chart, chosen }} onChoose={choose} />
    </SpaceBetween>
  );
};
