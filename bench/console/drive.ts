/** One visit to the console in a real Chromium: how soon it shows something, and how it draws while somebody works. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { pause } from '../../shared/time/index.ts';
import { type Amounts, MACHINE, type StandIn } from './city.ts';
import { type Drawn, inPage, installRecorder } from './recorder.ts';

/** What of a visit is timed once: in milliseconds, or how many kilobytes came. */
export const MOMENTS = [
  'the list at a first visit',
  'the list with the page in the cache',
  'a run, both its ends',
  'a run, whole',
] as const;
export type Moment = (typeof MOMENTS)[number];

/** What somebody does while frames are counted. */
export const ACTS = [
  'paging through executions',
  'scrolling a page of executions',
  'searching executions',
  'the cursor, over steps and timeline',
  'scrolling the timeline',
  'the cursor, over graph and events',
  'scrolling the events of a run',
  'the cursor, with a state chosen',
  'scrolling events of the city',
  'scrolling traces',
] as const;
export type Act = (typeof ACTS)[number];

export interface Visited {
  readonly moments: { readonly [moment in Moment]: number };
  /** What came over the wire, not compressed, as the local cloud sends it. */
  readonly kb: { readonly first: number; readonly again: number };
  readonly acts: { readonly [act in Act]: Drawn };
}

/** A key that is held down comes again so often. */
const KEY_MS = 33;
const KEYS = 60;
const SCROLL_STEPS = 90;
const FLIPS = 20;
const LIST = `/machines/${MACHINE}`;
const RUN = `${LIST}/runs/bench`;
const ROW_OF_LIST = 'tbody a[href*="/runs/"]';
const ROWS = 'section.timeline';
/** How many of each a page asks for at once. */
const A_PAGE = { runs: 500, cityEvents: 100, traces: 50 } as const;
/** Whatever takes longer hangs. */
const MOST_MS = 60_000;

/** Nothing of an earlier visit is kept: the cache is as empty as a new browser's. */
export const visited = async (browser: Browser, city: StandIn, amounts: Amounts): Promise<Visited> => {
  const context = await browser.newContext({
    ...{ viewport: { width: 1400, height: 1000 }, locale: 'en-IN', colorScheme: 'light' },
  });
  context.setDefaultTimeout(MOST_MS);
  await context.addInitScript(installRecorder);
  const page = await context.newPage();
  const broken: string[] = [];
  page.on('pageerror', ({ message }) => broken.push(message));

  const comes = comingTo(page, await received(context, page));
  const signIn = `/sign-in?code=code&to=${encodeURIComponent(LIST)}`;
  const first = await comes(`${city.address}#${signIn}`);
  const again = await comes(`${city.address}#${LIST}`);
  const lists = await inLists(page, amounts);
  const { ends, whole, ...inRun } = await inARun(page, amounts);
  const rooms = await inRooms(page, amounts);
  await context.close();
  if (broken.length > 0) throw new Error(`the page broke: ${broken.join('; ')}`);
  return {
    moments: {
      'the list at a first visit': first.shown,
      'the list with the page in the cache': again.shown,
      'a run, both its ends': ends,
      'a run, whole': whole,
    },
    kb: { first: first.kb, again: again.kb },
    acts: { ...lists, ...inRun.acts, ...rooms },
  };
};

/** Counts what comes over the wire, heads too; what the cache has does not. */
const received = async (context: BrowserContext, page: Page): Promise<() => number> => {
  const wire = await context.newCDPSession(page);
  await wire.send('Network.enable');
  let bytes = 0;
  wire.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  return () => bytes;
};

const comingTo = (page: Page, bytes: () => number) => async (address: string) => {
  await page.goto('about:blank');
  const before = bytes();
  await page.goto(address);
  const shown = await page.evaluate(inPage.shown, ROW_OF_LIST);
  await page.waitForLoadState('networkidle');
  return { shown, kb: (bytes() - before) / 1_000 };
};

const recorded = async (page: Page, act: () => Promise<unknown>): Promise<Drawn> => {
  await page.evaluate(inPage.begin);
  await act();
  return page.evaluate(inPage.end);
};
const scrolled = (page: Page, selector: string | null) =>
  recorded(page, () => page.evaluate(inPage.scroll, [selector, SCROLL_STEPS] as const));
const opens = (page: Page, hash: string, ...selectors: string[]) =>
  page.evaluate(inPage.opened, [hash, selectors] as const);

/** Asks for older ones until all are there. */
const loadsAll = async (page: Page, all: number, aPage: number): Promise<void> => {
  const more = page.getByRole('button', { name: 'Load older ones' });
  for (let loaded = aPage; loaded < all; loaded += aPage) await more.click();
  await more.waitFor({ state: 'detached' });
};

const inLists = async (page: Page, { runs }: Amounts) => {
  await loadsAll(page, runs, A_PAGE.runs);
  const next = page.getByRole('button', { name: 'Next page' });
  const back = page.getByRole('button', { name: 'Previous page' });
  const paging = await recorded(page, async () => {
    for (let flip = 0; flip < FLIPS; flip++) await ((await next.isEnabled()) ? next : back).click();
  });
  const scrolling = await scrolled(page, null);
  const search = page.getByRole('searchbox');
  const searching = await recorded(page, async () => {
    await search.fill('0000');
    await page.waitForURL(/search=0000$/);
  });
  return {
    'paging through executions': paging,
    'scrolling a page of executions': scrolling,
    'searching executions': searching,
  };
};

const inARun = async (page: Page, { events }: Amounts) => {
  const all = `input[type=range][max="${events - 1}"]`;
  const [ends = Number.NaN, whole = Number.NaN] = await opens(page, RUN, '.timeline-row', all);
  /** From the end backwards, where there is most before the cursor. */
  const moved = () =>
    recorded(page, async () => {
      await page.getByRole('slider').focus();
      for (let key = 0; key < KEYS; key++) {
        await page.keyboard.down('ArrowLeft');
        await pause(KEY_MS);
      }
      await page.keyboard.up('ArrowLeft');
    });
  const overSteps = await moved();
  const timeline = await scrolled(page, ROWS);
  await opens(page, `${RUN}?view=graph&tab=events`, '.react-flow__node', '.event-row');
  const overGraph = await moved();
  const list = await scrolled(page, ROWS);
  await opens(page, `${RUN}?state=Task3`, '.attempt');
  const overState = await moved();
  return {
    ...{ ends, whole },
    acts: {
      'the cursor, over steps and timeline': overSteps,
      'scrolling the timeline': timeline,
      'the cursor, over graph and events': overGraph,
      'scrolling the events of a run': list,
      'the cursor, with a state chosen': overState,
    },
  };
};

const inRooms = async (page: Page, { cityEvents, traces }: Amounts) => {
  await opens(page, '/events', '.city-event');
  await loadsAll(page, cityEvents, A_PAGE.cityEvents);
  const events = await scrolled(page, ROWS);
  await opens(page, '/traces', 'tbody a[href^="#/traces/"]');
  await loadsAll(page, traces, A_PAGE.traces);
  return { 'scrolling events of the city': events, 'scrolling traces': await scrolled(page, null) };
};
