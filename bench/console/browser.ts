/** Measures the console in a real Chromium, at its full size and at a small one in turn. bench/README.md tells how. */
import { openBrowser } from '../../console/browser/open.ts';
import { builtPage } from '../../localstack/cloud/page.ts';
import { type Amounts, standIn } from './city.ts';
import { ACTS, type Act, MOMENTS, type Moment, type Visited, visited } from './drive.ts';

export const LARGE: Amounts = { events: 10_000, runs: 5_000, traces: 2_000, cityEvents: 2_000 };
export const SMALL: Amounts = { events: 100, runs: 100, traces: 100, cityEvents: 100 };

/** How an act was drawn, over all rounds; times in milliseconds. */
export interface Frames {
  readonly median: number;
  /** Nineteen of twenty frames came sooner. */
  readonly slow: number;
  /** Of a visit, the median: what else the machine does at a moment is in one of them. */
  readonly longest: number;
  /** Tasks of more than 50 ms, in a visit on average, and the longest of a visit, the median. */
  readonly longTasks: number;
  readonly longestTask: number;
  readonly nodes: number;
}

export interface OneSize {
  /** Medians, in milliseconds. */
  readonly moments: { readonly [moment in Moment]: number };
  /** Medians, in kilobytes. */
  readonly kb: { readonly first: number; readonly again: number };
  readonly acts: { readonly [act in Act]: Frames };
}

export interface InBrowser {
  readonly rounds: number;
  /** `Chromium 140`. */
  readonly browser: string;
  readonly small: OneSize;
  readonly large: OneSize;
}

/** Of sorted values the one at a share of them. */
const at = (values: readonly number[], share: number): number =>
  values.toSorted((one, other) => one - other)[Math.round((values.length - 1) * share)] ?? Number.NaN;
const median = (values: readonly number[]): number => at(values, 0.5);

const framesOf = (visits: readonly Visited[], act: Act): Frames => {
  const drawn = visits.map(({ acts }) => acts[act]);
  const frames = drawn.flatMap((one) => one.frames);
  return {
    ...{ median: median(frames), slow: at(frames, 0.95) },
    longest: median(drawn.map((one) => Math.max(...one.frames))),
    longTasks: drawn.reduce((sum, { longTasks }) => sum + longTasks.length, 0) / visits.length,
    longestTask: median(drawn.map(({ longTasks }) => Math.max(0, ...longTasks))),
    nodes: Math.max(...drawn.map(({ nodes }) => nodes)),
  };
};

/** The same of each, by its name. */
export const each = <K extends string, V>(keys: readonly K[], of: (key: K) => V) =>
  Object.fromEntries(keys.map((key) => [key, of(key)])) as { readonly [key in K]: V };

/** What visits of one size have in common. */
export const summed = (visits: readonly Visited[]): OneSize => ({
  moments: each(MOMENTS, (moment) => median(visits.map(({ moments }) => moments[moment]))),
  kb: {
    first: median(visits.map(({ kb }) => kb.first)),
    again: median(visits.map(({ kb }) => kb.again)),
  },
  acts: each(ACTS, (act) => framesOf(visits, act)),
});

/**
 * So many visits of each size, in turn, each second round the other way round, after one that warms the browser up.
 * @throws {Error} there is no Chromium, the page broke, or it asked what nobody answers
 */
export const inBrowser = async (rounds: number): Promise<InBrowser> => {
  const { folder } = await builtPage();
  const browser = await openBrowser();
  const [small, large] = await Promise.all([standIn(folder, SMALL), standIn(folder, LARGE)]);
  const visits = { small: [] as Visited[], large: [] as Visited[] };
  const sizes = {
    small: async () => void visits.small.push(await visited(browser, small, SMALL)),
    large: async () => void visits.large.push(await visited(browser, large, LARGE)),
  };
  try {
    await visited(browser, small, SMALL);
    for (let round = 0; round < rounds; round++) {
      const order = [sizes.small, sizes.large];
      for (const visit of round % 2 === 0 ? order : order.toReversed()) await visit();
    }
    const unanswered = [...small.unanswered, ...large.unanswered];
    if (unanswered.length > 0) throw new Error(`nobody answers: ${unanswered.join(', ')}`);
    const [major] = browser.version().split('.');
    return {
      ...{ rounds, browser: `Chromium ${major}` },
      ...{ small: summed(visits.small), large: summed(visits.large) },
    };
  } finally {
    await browser.close();
    await Promise.all([small.close(), large.close()]);
  }
};
