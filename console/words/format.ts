/** Numbers, money and times as people in India write them, the zone always named. */
import type { Language } from './language.tsx';

const ZONE = 'Asia/Kolkata';

/** Made once for each language: lists ask thousands of times, and making one takes longer than using it. */
const inEach = <T>(make: (locale: string) => T): { readonly [language in Language]: T } => ({
  en: make('en-IN'),
  hi: make('hi-IN'),
});

const NUMBERS = inEach((locale) => new Intl.NumberFormat(locale, { numberingSystem: 'latn' }));
const CLOCK: Intl.DateTimeFormatOptions = {
  ...{ timeZone: ZONE, numberingSystem: 'latn', hourCycle: 'h23' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 },
};
const CLOCKS = inEach((locale) => new Intl.DateTimeFormat(locale, CLOCK));
const MINUTES = inEach(
  (locale) =>
    new Intl.DateTimeFormat(locale, {
      ...{ timeZone: ZONE, numberingSystem: 'latn', hourCycle: 'h23' },
      ...{ hour: '2-digit', minute: '2-digit' },
    }),
);
const TIMES = inEach(
  (locale) => new Intl.DateTimeFormat(locale, { ...CLOCK, day: 'numeric', month: 'short', year: 'numeric' }),
);

const SECONDS = inEach(
  (locale) =>
    new Intl.DateTimeFormat(locale, {
      ...{ timeZone: ZONE, numberingSystem: 'latn', hourCycle: 'h23' },
      ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
    }),
);
const MOMENTS = inEach(
  (locale) =>
    new Intl.DateTimeFormat(locale, {
      ...{ timeZone: ZONE, numberingSystem: 'latn', hourCycle: 'h23' },
      ...{ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
    }),
);
const DAYS = inEach(
  (locale) =>
    new Intl.DateTimeFormat(locale, {
      ...{ timeZone: 'UTC', numberingSystem: 'latn' },
      ...{ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
    }),
);

/** `12,34,567`. */
export const numberIn = (language: Language, value: number | bigint): string =>
  NUMBERS[language].format(value);

/** `₹1,23,456.78` of whole paise; digits are moved, nothing is rounded. */
export const rupeesIn = (language: Language, paise: number | bigint): string => {
  const whole = BigInt(paise);
  const [sign, size] = whole < 0n ? ['−', -whole] : ['', whole];
  return `${sign}₹${numberIn(language, size / 100n)}.${String(size % 100n).padStart(2, '0')}`;
};

/** `29 Nov 2026, 07:12:03.456 IST`. */
export const timeIn = (language: Language, iso: string): string =>
  `${TIMES[language].format(new Date(iso))} IST`;

/** `07:12:03.456 IST`, for rows of one day. */
export const clockIn = (language: Language, iso: string): string =>
  `${CLOCKS[language].format(new Date(iso))} IST`;

/** `18:05 IST`, for what nobody knows to the second. */
export const minuteIn = (language: Language, iso: string): string =>
  `${MINUTES[language].format(new Date(iso))} IST`;

/** `18:05:09 IST`, for what is seen every few seconds. */
export const secondIn = (language: Language, iso: string): string =>
  `${SECONDS[language].format(new Date(iso))} IST`;

/** `5 Dec, 17:00 IST`, for what is announced to the minute. */
export const momentIn = (language: Language, iso: string): string =>
  `${MOMENTS[language].format(new Date(iso))} IST`;

/** `Sat, 5 Dec 2026` of a day of a calendar: `2026-12-05`. */
export const dayIn = (language: Language, date: string): string =>
  DAYS[language].format(new Date(`${date}T00:00:00Z`));

/** `340 m`, `4.2 km`. */
export const distanceIn = (language: Language, meters: number): string => {
  const unit = UNITS[language];
  // What would be rounded to a thousand metres is a kilometre.
  return meters < 995
    ? `${Math.round(meters / 10) * 10} ${unit.m}`
    : `${(meters / 1_000).toFixed(1)} ${unit.km}`;
};

/** `340 ms`, `2.4 s`, `3 min 05 s`, `2 h 14 min`. */
export const lengthIn = (language: Language, milliseconds: number): string => {
  const unit = UNITS[language];
  const whole = Math.max(0, Math.round(milliseconds));
  if (whole < 1_000) return `${whole} ${unit.ms}`;
  // What would be rounded to sixty seconds is a minute.
  if (whole < 59_950) return `${(whole / 1_000).toFixed(1)} ${unit.s}`;
  const seconds = Math.round(whole / 1_000);
  const pair = (large: number, a: string, small: number, b: string) =>
    `${numberIn(language, large)} ${a} ${String(small).padStart(2, '0')} ${b}`;
  if (seconds < 3_600) return pair(Math.floor(seconds / 60), unit.min, seconds % 60, unit.s);
  return pair(Math.floor(seconds / 3_600), unit.h, Math.floor((seconds % 3_600) / 60), unit.min);
};

/** `12 s`, `3 min 05 s`: of an age, of which a tenth of a second says nothing. */
export const ageIn = (language: Language, milliseconds: number): string => {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  return seconds < 60 ? `${seconds} ${UNITS[language].s}` : lengthIn(language, seconds * 1_000);
};

/** `12.3 kB`. */
export const sizeIn = (language: Language, bytes: number): string => {
  if (bytes < 1_000) return `${numberIn(language, bytes)} B`;
  if (bytes < 999_950) return `${(bytes / 1_000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
};

const UNITS: {
  readonly [language in Language]: { readonly [unit in 'ms' | 's' | 'min' | 'h' | 'm' | 'km']: string };
} = {
  en: { ms: 'ms', s: 's', min: 'min', h: 'h', m: 'm', km: 'km' },
  hi: { ms: 'मि॰से॰', s: 'से॰', min: 'मि॰', h: 'घं॰', m: 'मी॰', km: 'कि॰मी॰' },
};
