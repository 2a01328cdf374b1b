/** The orders under way as a table: the map for those who do not see it, and more than it. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { PositionView } from '../../../functions/swiggy-tracking/contract.views.ts';
import { nearestTo } from '../../model/mumbai.ts';
import type { OrderRow } from '../../model/riders.ts';
import { useNow } from '../../parts/use-now.ts';
import { ageIn, numberIn, rupeesIn, timeIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { linkTo, shortOf } from './filter.ts';
import { STATES, WORDS } from './words.ts';

interface OrdersProps {
  readonly rows: readonly OrderRow[];
  readonly chosen: string;
  /** There are others than these. */
  readonly more: boolean;
}

export const Orders = ({ rows, chosen, more }: OrdersProps) => {
  const { t, language } = useLanguage();
  return (
    <SpaceBetween size="s">
      {more ? <Alert type="info">{t(WORDS.others)}</Alert> : null}
      <Table
        variant="container"
        items={[...rows]}
        trackBy="id"
        wrapLines
        empty={<Nothing />}
        header={
          <Header variant="h2" counter={`(${numberIn(language, rows.length)}${more ? '+' : ''})`}>
            {t(WORDS.orders)}
          </Header>
        }
        columnDefinitions={[
          {
            id: 'order',
            header: t(WORDS.order),
            isRowHeader: true,
            cell: ({ id }) => (
              <span className="lasted">
                <Link href={linkTo(id)}>
                  {shortOf(id)}
                  <span className="visually-hidden">{`, ${t(WORDS.order)} ${id}`}</span>
                </Link>
                {id === chosen ? <strong>{` (${t(WORDS.chosen)})`}</strong> : null}
              </span>
            ),
          },
          { id: 'state', header: t(WORDS.state), cell: ({ state }) => t(STATES[state]) },
          {
            id: 'restaurant',
            header: t(WORDS.restaurant),
            cell: ({ ordered }) => ordered?.restaurant ?? '–',
          },
          { id: 'rider', header: t(WORDS.rider), cell: ({ rider }) => rider ?? '–' },
          {
            id: 'where',
            header: t(WORDS.where),
            cell: ({ marker }) => (marker === undefined ? '–' : <Where position={marker.position} />),
          },
          {
            id: 'total',
            header: t(WORDS.total),
            cell: ({ ordered }) => (ordered === undefined ? '–' : rupeesIn(language, ordered.total)),
          },
          {
            id: 'placed',
            header: t(WORDS.placedAt),
            cell: ({ ordered }) => (ordered === undefined ? '–' : timeIn(language, ordered.placedAt)),
          },
        ]}
      />
    </SpaceBetween>
  );
};

/** So often it is said anew how long ago something was. */
const TICK_MS = 1_000;

/** Where a rider said that they were, and how long ago that was. */
export const Where = ({ position }: { readonly position: PositionView }) => {
  const { t, language } = useLanguage();
  const now = useNow(TICK_MS);
  const near = nearestTo(position);
  const { latitude, longitude, at } = position;
  const where =
    near === undefined ? WORDS.place(latitude.toFixed(3), longitude.toFixed(3)) : WORDS.near(t(near));
  return <>{`${t(where)}, ${t(WORDS.ago(ageIn(language, now - Date.parse(at))))}`}</>;
};

/** What to do where nothing moves. */
const Nothing = () => {
  const { t } = useLanguage();
  return (
    <Box textAlign="center" padding="m">
      <div>{t(WORDS.none)}</div>
      <div>
        {t(WORDS.howToMove)} <Box variant="code">npx --no dabba story swiggy-tracking</Box>
      </div>
    </Box>
  );
};
