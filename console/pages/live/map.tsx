/** Mumbai as an SVG of our own: land, roads, names, kitchens, riders, and where the chosen order goes. */
import Box from '@cloudscape-design/components/box';
import type { CSSProperties } from 'react';
import type { Position, RestaurantView } from '../../../functions/zomato-ordering/contract.views.ts';
import { LIVE_MS } from '../../city/live.ts';
import type { Feed } from '../../model/live-order.ts';
import {
  isOnPaper,
  LAND,
  LOCALITIES,
  type Locality,
  nearestTo,
  PAPER,
  pointOf,
  pointsOf,
  ROAD_LINES,
  WATERS,
} from '../../model/mumbai.ts';
import type { Marker } from '../../model/riders.ts';
import { numberIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { linkTo } from './filter.ts';
import { WORDS } from './words.ts';

/** A push comes once a second, a list every two: a marker goes to its new place for as long, and then stands there. */
const PUSHED_MS = 1_000;

interface MapProps {
  readonly restaurants: readonly RestaurantView[];
  readonly markers: readonly Marker[];
  /** The chosen order; empty where none is. */
  readonly order: string;
  readonly feed: Feed;
}

export const Mumbai = ({ restaurants, markers, order, feed }: MapProps) => {
  const { t, language } = useLanguage();
  const shown = markers
    .filter(({ position }) => isOnPaper(position))
    // What is drawn last lies above.
    .toSorted((one, other) => Number(one.order === order) - Number(other.order === order));
  const beside = markers.length - shown.length;
  return (
    <figure className="mumbai-figure" aria-label={t(WORDS.map)}>
      <svg
        className={order === '' ? 'mumbai' : 'mumbai has-chosen'}
        viewBox={`0 0 ${PAPER.width} ${PAPER.height}`}
      >
        <title>{t(WORDS.map)}</title>
        <Ground />
        {LOCALITIES.map((one) => (
          <Name key={one.name.en} of={one} />
        ))}
        {restaurants
          .filter(({ position }) => isOnPaper(position))
          .map(({ id, name, position }) => (
            <Kitchen key={id} at={position} name={name} />
          ))}
        {order === '' ? null : <Way feed={feed} />}
        {shown.map((marker) => (
          <Rider key={`${marker.order} ${marker.rider}`} marker={marker} chosen={marker.order === order} />
        ))}
      </svg>
      <figcaption>
        <Box variant="small" color="text-body-secondary">
          {t(WORDS.mapHelp)}
          {beside === 0 ? null : ` ${t(WORDS.beside(numberIn(language, beside)))}`}
        </Box>
      </figcaption>
    </figure>
  );
};

/** What does not move. */
const Ground = () => {
  const { t } = useLanguage();
  return (
    <g>
      <rect className="sea" width={PAPER.width} height={PAPER.height} />
      <polygon className="land" points={pointsOf(LAND)} />
      <polyline className="river" points={pointsOf(WATERS.river)} />
      <polygon className="lake" points={pointsOf(WATERS.lake)} />
      {ROAD_LINES.map((points) => (
        <polyline key={pointsOf(points)} className="road" points={pointsOf(points)} />
      ))}
      <text className="sea-name" x={24} y={PAPER.height * 0.45}>
        {t(WORDS.sea)}
      </text>
    </g>
  );
};

const Name = ({ of: { name, at, side, large } }: { readonly of: Locality }) => {
  const { t } = useLanguage();
  const { x, y } = pointOf(at);
  const isLeft = side === 'left';
  return (
    <g className={large ? 'locality' : 'locality is-small'}>
      <circle cx={x} cy={y} r={2.5} />
      <text x={isLeft ? x - 7 : x + 7} y={y + 4.5} textAnchor={isLeft ? 'end' : 'start'}>
        {t(name)}
      </text>
    </g>
  );
};

const placeAt = (at: Position): CSSProperties => {
  const { x, y } = pointOf(at);
  return { transform: `translate(${x.toFixed(2)}px, ${y.toFixed(2)}px)` };
};

const Kitchen = ({ at, name }: { readonly at: Position; readonly name: string }) => {
  const { t } = useLanguage();
  return (
    <g className="kitchen" style={placeAt(at)}>
      <title>{`${t(WORDS.restaurant)}: ${name}`}</title>
      <path d="M-5,-5h10v10h-10z" />
    </g>
  );
};

/** Where the chosen order begins and ends, and what was seen of its rider. */
const Way = ({ feed: { page, trail } }: { readonly feed: Feed }) => {
  const { t } = useLanguage();
  const last = trail.at(-1);
  return (
    <g>
      <polyline className="trail" points={pointsOf(trail.map(pointOf))} />
      {page?.restaurant === undefined ? null : (
        <g className="kitchen is-chosen" style={placeAt(page.restaurant)}>
          <title>{t(WORDS.restaurant)}</title>
          <path d="M-8,-8h16v16h-16z" />
        </g>
      )}
      {page?.delivery === undefined ? null : (
        <g className="customer" style={placeAt(page.delivery)}>
          <title>{t(WORDS.customer)}</title>
          <path className="pin" d="M0,0c-8,-11 -11,-14 -11,-20a11,11 0 0 1 22,0c0,6 -3,9 -11,20z" />
          <circle className="pin-hole" cy={-20} r={4} />
        </g>
      )}
      {last === undefined ? null : (
        <g className="reported" style={placeAt(last)}>
          <title>{t(WORDS.reported)}</title>
          <circle r={12} />
        </g>
      )}
    </g>
  );
};

const Rider = ({ marker, chosen }: { readonly marker: Marker; readonly chosen: boolean }) => {
  const { t } = useLanguage();
  const { position, heading, order, rider } = marker;
  const near = nearestTo(position);
  const where = near === undefined ? '' : `, ${t(WORDS.near(t(near)))}`;
  const glide = { transitionDuration: `${chosen ? PUSHED_MS : LIVE_MS}ms` };
  return (
    <a
      href={linkTo(order)}
      className={chosen ? 'rider is-chosen' : 'rider'}
      aria-label={`${t(WORDS.rider)} ${rider}, ${t(WORDS.order)} ${order}${where}`}
      {...(chosen ? { 'aria-current': true } : {})}
      style={{ ...placeAt(position), ...glide }}
      data-at={position.at}
    >
      <circle className="touch" r={18} />
      {heading === undefined ? (
        <circle className="body" r={7} />
      ) : (
        <path className="body" d="M0,-12L8,9L0,5L-8,9z" transform={`rotate(${heading.toFixed(0)})`} />
      )}
      <text x={14} y={5}>
        {rider}
      </text>
    </a>
  );
};
