/** A map of Mumbai of our own: where land ends, the roads that food is brought on, and where a place is on the paper. */
import { JUNCTIONS, type Junction, ROADS } from '../../functions/swiggy-tracking/contract.mumbai.ts';
import type { Position } from '../../functions/zomato-ordering/contract.views.ts';
import { metersBetween } from './meters.ts';

/** A place on the paper, in the units of its view box. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What the paper shows, in degrees (WGS 84). A city is small enough to be flat. */
const WEST = 72.77;
const EAST = 72.975;
const SOUTH = 18.878;
const NORTH = 19.142;
const FLATTENED = Math.cos((((SOUTH + NORTH) / 2) * Math.PI) / 180);

export const PAPER = {
  width: 640,
  height: Math.round((640 * (NORTH - SOUTH)) / ((EAST - WEST) * FLATTENED)),
} as const;

/** Where a place is on the paper, which it may lie beside. */
export const pointOf = ({ latitude, longitude }: Position): Point => ({
  x: ((longitude - WEST) / (EAST - WEST)) * PAPER.width,
  y: ((NORTH - latitude) / (NORTH - SOUTH)) * PAPER.height,
});

/** Whether the paper shows a place. */
export const isOnPaper = (place: Position): boolean => {
  const { x, y } = pointOf(place);
  return x >= 0 && x <= PAPER.width && y >= 0 && y <= PAPER.height;
};

type Place = readonly [latitude: number, longitude: number];

/** The shore, by hand: from Versova down the open sea to Colaba, and up the harbour to Thane Creek. */
const SHORE: readonly Place[] = [
  [19.16, 72.795],
  [19.148, 72.8],
  [19.136, 72.8115],
  [19.118, 72.8215],
  [19.098, 72.824],
  [19.084, 72.823],
  [19.076, 72.828],
  [19.069, 72.8215],
  [19.059, 72.8215],
  [19.05, 72.819],
  [19.0415, 72.818],
  [19.0405, 72.826],
  [19.044, 72.833],
  [19.0445, 72.838],
  [19.04, 72.8375],
  [19.032, 72.8355],
  [19.022, 72.833],
  [19.014, 72.826],
  [19.0165, 72.82],
  [19.0235, 72.8175],
  [19.021, 72.8145],
  [19.008, 72.814],
  [18.998, 72.812],
  [18.99, 72.8095],
  [18.984, 72.813],
  [18.977, 72.81],
  [18.969, 72.8045],
  [18.958, 72.797],
  [18.945, 72.7935],
  [18.9435, 72.797],
  [18.9505, 72.803],
  [18.9555, 72.811],
  [18.951, 72.8185],
  [18.943, 72.8225],
  [18.932, 72.8235],
  [18.925, 72.819],
  [18.92, 72.8225],
  [18.913, 72.819],
  [18.907, 72.8115],
  [18.899, 72.808],
  [18.893, 72.81],
  [18.8905, 72.8135],
  [18.897, 72.818],
  [18.906, 72.822],
  [18.9125, 72.829],
  [18.9205, 72.8355],
  [18.93, 72.84],
  [18.94, 72.8465],
  [18.953, 72.852],
  [18.966, 72.8535],
  [18.98, 72.8575],
  [18.994, 72.862],
  [19.008, 72.8705],
  [19.018, 72.8795],
  [19.012, 72.8855],
  [19.0, 72.8875],
  [18.9925, 72.8985],
  [18.9925, 72.912],
  [19.0, 72.924],
  [19.012, 72.9375],
  [19.028, 72.947],
  [19.045, 72.9515],
  [19.062, 72.9525],
  [19.08, 72.948],
  [19.1, 72.9525],
  [19.12, 72.9605],
  [19.14, 72.965],
  [19.16, 72.97],
];

/** Mithi, from the bay at Mahim by Kurla to the lakes, and the lake of Powai. */
const RIVER: readonly Place[] = [
  [19.0445, 72.838],
  [19.0455, 72.8455],
  [19.0525, 72.852],
  [19.056, 72.862],
  [19.0645, 72.872],
  [19.072, 72.877],
  [19.088, 72.8815],
  [19.106, 72.886],
  [19.122, 72.893],
];
const LAKE: readonly Place[] = [
  [19.133, 72.896],
  [19.1325, 72.904],
  [19.128, 72.911],
  [19.1235, 72.9105],
  [19.1245, 72.902],
  [19.1275, 72.8965],
];

const placed = ([latitude, longitude]: Place): Position => ({ latitude, longitude });

export const LAND: readonly Point[] = SHORE.map((place) => pointOf(placed(place)));
export const WATERS: { readonly river: readonly Point[]; readonly lake: readonly Point[] } = {
  river: RIVER.map((place) => pointOf(placed(place))),
  lake: LAKE.map((place) => pointOf(placed(place))),
};

/** Marine Drive goes round the bay, and not through it. */
const BENDS: { readonly [road: string]: readonly Place[] } = {
  'churchgate girgaonChowpatty': [
    [18.943, 72.8243],
    [18.9515, 72.8205],
  ],
};

/** Each road, as the points that it goes by. */
export const ROAD_LINES: readonly (readonly Point[])[] = ROADS.map(([from, to]) => [
  pointOf(JUNCTIONS[from]),
  ...(BENDS[`${from} ${to}`] ?? []).map((place) => pointOf(placed(place))),
  pointOf(JUNCTIONS[to]),
]);

/** As an attribute of SVG. */
export const pointsOf = (points: readonly Point[]): string =>
  points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');

/** Whether a place is on land, by the shore of this map: a ray to the west crosses it an odd number of times. */
export const isOnLand = (place: Position): boolean => {
  const { x, y } = pointOf(place);
  return LAND.reduce((inside, one, n) => {
    const other = LAND.at(n - 1) as Point;
    if (one.y > y === other.y > y) return inside;
    const crossing = one.x + ((y - one.y) / (other.y - one.y)) * (other.x - one.x);
    return crossing > x ? !inside : inside;
  }, false);
};

/** A part of town that has a name on the map. */
export interface Locality {
  readonly name: { readonly en: string; readonly hi: string };
  readonly at: Position;
  /** On which side of its junction the name stands. */
  readonly side: 'left' | 'right';
  /** Whether it has its name on a small paper, too. */
  readonly large: boolean;
}

const locality = (
  junction: Junction,
  en: string,
  hi: string,
  side: Locality['side'],
  large = false,
): Locality => ({ name: { en, hi }, at: JUNCTIONS[junction], side, large });

export const LOCALITIES: readonly Locality[] = [
  locality('colaba', 'Colaba', 'कोलाबा', 'left', true),
  locality('churchgate', 'Churchgate', 'चर्चगेट', 'left'),
  locality('csmt', 'CSMT', 'सीएसएमटी', 'right', true),
  locality('girgaonChowpatty', 'Girgaon', 'गिरगाँव', 'left'),
  locality('byculla', 'Byculla', 'भायखला', 'right'),
  locality('hajiAli', 'Haji Ali', 'हाजी अली', 'left', true),
  locality('lowerParel', 'Lower Parel', 'लोअर परेल', 'right'),
  locality('worliNaka', 'Worli', 'वरली', 'left'),
  locality('dadarTt', 'Dadar', 'दादर', 'left', true),
  locality('wadala', 'Wadala', 'वडाला', 'right'),
  locality('shivajiPark', 'Shivaji Park', 'शिवाजी पार्क', 'left'),
  locality('mahimCauseway', 'Mahim', 'माहिम', 'left'),
  locality('sion', 'Sion', 'सायन', 'right', true),
  locality('bandraStation', 'Bandra', 'बांद्रा', 'left', true),
  locality('bandraKurlaComplex', 'BKC', 'बीकेसी', 'left'),
  locality('kurla', 'Kurla', 'कुर्ला', 'right'),
  locality('chembur', 'Chembur', 'चेंबूर', 'right', true),
  locality('khar', 'Khar', 'खार', 'left'),
  locality('vakola', 'Vakola', 'वाकोला', 'right'),
  locality('santacruzWest', 'Santacruz', 'सांताक्रूज़', 'left'),
  locality('ghatkopar', 'Ghatkopar', 'घाटकोपर', 'right'),
  locality('juhu', 'Juhu', 'जुहू', 'left', true),
  locality('vileParle', 'Vile Parle', 'विले पार्ले', 'right'),
  locality('andheriStation', 'Andheri', 'अंधेरी', 'left', true),
  locality('powai', 'Powai', 'पवई', 'right', true),
];

/** Farther away than this nothing is near. */
const NEAR_METERS = 5_000;

/** What a place is near to, for those who do not see the map; undefined where nothing is that the map names. */
export const nearestTo = (place: Position): Locality['name'] | undefined => {
  const far = LOCALITIES.map(({ name, at }) => ({ name, meters: metersBetween(place, at) }));
  const nearest = far.reduce((best, one) => (one.meters < best.meters ? one : best));
  return nearest.meters <= NEAR_METERS ? nearest.name : undefined;
};
