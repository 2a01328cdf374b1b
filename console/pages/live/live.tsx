/** Live Mumbai: who brings what at the moment, on a map of our own and in a table; the chosen order stands in the address. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { ordersUnderWayQuery, restaurantsQuery, ridersQuery } from '../../city/live-orders.ts';
import { AskProblem } from '../../city/problem.ts';
import { useSession } from '../../city/signed-in.tsx';
import { hasEnded, positionOf } from '../../model/live-order.ts';
import { type Markers, NO_MARKERS, rowsOf, withPosition, withRiders } from '../../model/riders.ts';
import { Answered, Trouble } from '../../parts/trouble.tsx';
import { useLanguage } from '../../words/language.tsx';
import { isMistyped, orderIn } from './filter.ts';
import { Mumbai } from './map.tsx';
import { Order } from './order.tsx';
import { Orders } from './orders.tsx';
import { type Followed, useFollowed } from './use-followed.ts';
import { WORDS } from './words.ts';

export const Live = () => {
  const { t } = useLanguage();
  const { session } = useSession();
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description={t(WORDS.help)}>
        {t(WORDS.live)}
      </Header>
      {session.role === 'operator' ? <City /> : <Alert type="info">{t(WORDS.operatorsOnly)}</Alert>}
    </SpaceBetween>
  );
};

const City = () => {
  const { t } = useLanguage();
  const [address, setAddress] = useSearchParams();
  const order = orderIn(address);
  const followed = useFollowed(order);
  const orders = useQuery(ordersUnderWayQuery());
  const riders = useQuery(ridersQuery());
  const restaurants = useQuery(restaurantsQuery());
  const markers = useMarkers(riders.data?.items, order, followed);
  return (
    <SpaceBetween size="m">
      <div className="live-columns">
        <Mumbai
          restaurants={restaurants.data ?? []}
          markers={[...markers.values()]}
          order={order ?? ''}
          feed={followed.feed}
        />
        {order === undefined ? (
          <Container>
            {isMistyped(address) ? (
              <Trouble error={new AskProblem(address.get('order') ?? '', { status: 404 })} />
            ) : (
              <Box color="text-body-secondary">{t(WORDS.choose)}</Box>
            )}
          </Container>
        ) : (
          <Order {...{ order, followed }} onClose={() => setAddress({}, { replace: true })} />
        )}
      </div>
      {riders.error === null ? null : <Trouble error={riders.error} again={riders.refetch} />}
      <Answered of={orders}>
        {({ items, more }) => (
          <Orders
            rows={rowsOf(items, riders.data?.items ?? [], markers)}
            chosen={order ?? ''}
            more={more || riders.data?.more === true}
          />
        )}
      </Answered>
    </SpaceBetween>
  );
};

/** Where riders are, by the list of all and, sooner, by what is pushed of the chosen order. */
const useMarkers = (
  riders: Parameters<typeof withRiders>[1] | undefined,
  order: string | undefined,
  { feed }: Followed,
): Markers => {
  const [markers, setMarkers] = useState(NO_MARKERS);
  useEffect(() => {
    if (riders !== undefined) setMarkers((before) => withRiders(before, riders));
  }, [riders]);
  const position = hasEnded(feed) ? undefined : positionOf(feed);
  useEffect(() => {
    if (order !== undefined && position !== undefined)
      setMarkers((before) => withPosition(before, order, position));
  }, [order, position]);
  return markers;
};
