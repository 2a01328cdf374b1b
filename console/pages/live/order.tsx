/** The chosen order beside the map: how far it is, who brings it, what is written, what happened, and what it costs. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { OrderId } from '../../../functions/zomato-ordering/contract.views.ts';
import type { How } from '../../city/follow.ts';
import { hasEnded, positionOf, riderOf, type Stage, stagesOf } from '../../model/live-order.ts';
import { Loading, Trouble } from '../../parts/trouble.tsx';
import { clockIn, distanceIn, minuteIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { BillOf } from './bill.tsx';
import { shortOf } from './filter.ts';
import { Chat, Log } from './log.tsx';
import { Where } from './orders.tsx';
import type { Followed } from './use-followed.ts';
import { STATES, WORDS } from './words.ts';

interface OrderProps {
  readonly order: OrderId;
  readonly followed: Followed;
  readonly onClose: () => void;
}

export const Order = ({ order, followed, onClose }: OrderProps) => {
  const { t } = useLanguage();
  const { feed, how, refused } = followed;
  if (refused !== undefined && feed.items.length === 0) return <Trouble error={refused} />;
  return (
    <SpaceBetween size="s">
      {refused === undefined ? null : (
        <Alert type="warning" header={t(WORDS.refused)}>
          {refused.message}
        </Alert>
      )}
      <Container
        header={
          <Header
            variant="h2"
            description={<span className="whole-id">{order}</span>}
            actions={
              <SpaceBetween direction="horizontal" size="xs" alignItems="center">
                {refused === undefined ? <HowItComes how={how} /> : null}
                <Button onClick={onClose}>{t(WORDS.close)}</Button>
              </SpaceBetween>
            }
          >
            {`${t(WORDS.order)} ${shortOf(order)}`}
          </Header>
        }
      >
        {feed.items.length === 0 ? <Loading /> : <HowFar feed={feed} />}
      </Container>
      <Container header={<Header variant="h3">{t(WORDS.chat)}</Header>}>
        <Chat feed={feed} />
      </Container>
      <Container
        header={
          <Header variant="h3" description={t(WORDS.logHelp)}>
            {t(WORDS.log)}
          </Header>
        }
      >
        <Log feed={feed} />
      </Container>
      <BillOf order={order} news={feed.items.length} />
    </SpaceBetween>
  );
};

const HowItComes = ({ how }: { readonly how: How }) => {
  const { t } = useLanguage();
  if (how === 'live') return <StatusIndicator type="success">{t(WORDS.liveNow)}</StatusIndicator>;
  return how === 'asking' ? (
    <StatusIndicator type="info">{t(WORDS.asking)}</StatusIndicator>
  ) : (
    <StatusIndicator type="in-progress">{t(WORDS.connecting)}</StatusIndicator>
  );
};

/** The states as a line, and who brings it. */
const HowFar = ({ feed }: Pick<Followed, 'feed'>) => {
  const { t, language } = useLanguage();
  const rider = riderOf(feed);
  const position = hasEnded(feed) ? undefined : positionOf(feed);
  return (
    <SpaceBetween size="xs">
      <ol className="stages" aria-label={t(WORDS.way)}>
        {stagesOf(feed).map((stage) => (
          <StageOf key={stage.state} stage={stage} />
        ))}
      </ol>
      <div>{t(rider === undefined ? WORDS.nobodyYet : WORDS.broughtBy(rider.name ?? rider.id))}</div>
      {position === undefined ? null : (
        <div>
          <Where position={position} />
          {position.arrival === undefined
            ? null
            : ` · ${t(
                WORDS.left(
                  distanceIn(language, position.arrival.meters),
                  minuteIn(language, position.arrival.at),
                ),
              )}`}
        </div>
      )}
    </SpaceBetween>
  );
};

/** Told by its mark and in words as well as by its colour. */
const MARKS: { readonly [is in Stage['is']]: string } = { done: '✓', now: '●', ahead: '○', ended: '✕' };

const StageOf = ({ stage: { state, is, at } }: { readonly stage: Stage }) => {
  const { t, language } = useLanguage();
  const said = is === 'ended' ? WORDS.done : WORDS[is];
  return (
    <li className={`stage is-${is}`} {...(is === 'now' ? { 'aria-current': 'step' as const } : {})}>
      <span aria-hidden="true" className="stage-mark">
        {MARKS[is]}
      </span>
      <span className="stage-name">{t(STATES[state])}</span>
      <span className="visually-hidden">{`, ${t(said)} `}</span>
      <span className="stage-at">{at === undefined ? '' : clockIn(language, at)}</span>
    </li>
  );
};
