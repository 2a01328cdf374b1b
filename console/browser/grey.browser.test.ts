import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dehydrate, QueryClient } from '@tanstack/react-query';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type MachineDetail,
  type RunDetail,
  type RunEvent,
  STATUSES,
} from '../../functions/console/contract.ts';
import { pageAddress } from '../../localstack/cloud/page.ts';
import { cityUnderTest } from '../../localstack/e2e/city.ts';
import { fileOf } from '../city/saved-run.ts';
import type { Visit } from '../model/run.ts';
import type { Verdict } from '../model/saga.ts';
import { openBrowser } from './browser.fixture.ts';
import { alikeIn, GREY, type Picture, shot } from './grey.fixture.ts';

const MACHINE = 'all-statuses';
const MINUTE = 60_000;
const AT = '2026-11-29T01:00:00.000Z';

const DEFINITION = JSON.stringify({
  StartAt: 'Seat',
  States: {
    Seat: {
      ...{ Type: 'Task', Comment: 'Undone by GiveBack.', Next: 'Tell' },
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'GiveBack' }],
    },
    Tell: { Type: 'Task', Next: 'Good', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Good' }] },
    GiveBack: { Type: 'Task', Next: 'Good', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Good' }] },
    Good: { Type: 'Succeed' },
  },
});

const event = (type: string, facts: RunEvent['facts'] = {}) => ({ type, facts });
const entered = (name: string) => [event('TaskStateEntered', { name }), event('TaskScheduled')];
const failing = (name: string) => [...entered(name), event('TaskFailed', { error: 'SoldOutError' })];
const exited = (name: string) => event('TaskStateExited', { name });
const done = (name: string) => [...entered(name), event('TaskSucceeded'), exited(name)];
const caught = (name: string) => [...failing(name), exited(name)];
/** Where events are that are not loaded. */
const GAP = event('gap');

/**
 * Executions in which, between them, everything stands that a step, a state or an execution can come to; the first are
 * called by what the state Seat has come to.
 */
const RUNS: { readonly [name: string]: readonly ReturnType<typeof event>[] } = {
  untouched: [],
  open: entered('Seat'),
  retrying: failing('Seat'),
  done: done('Seat'),
  caught: caught('Seat'),
  failed: [...failing('Seat'), event('ExecutionFailed')],
  aborted: [...entered('Seat'), event('ExecutionAborted')],
  unknown: [...entered('Seat'), GAP, ...entered('Tell')],
  skipped: caught('Tell'),
  undoing: [...done('Seat'), ...entered('GiveBack')],
  undone: [...done('Seat'), ...done('GiveBack')],
  stuck: [...done('Seat'), ...caught('GiveBack')],
};
/** One that Step Functions may say tomorrow is shown as it is, and is none of these. */
const RUN_STATUSES = [...STATUSES, 'PENDING_REDRIVE'];
const VERDICTS: { readonly [verdict in Verdict]: true } = {
  ...{ untouched: true, open: true, retrying: true, done: true, failed: true },
  ...{ skipped: true, undoing: true, undone: true, stuck: true, unknown: true },
};
const NODES: { readonly [status in Visit['outcome'] | 'untouched' | 'retrying']: true } = {
  ...{ untouched: true, open: true, retrying: true, done: true },
  ...{ caught: true, failed: true, aborted: true, unknown: true },
};

const historyOf = (said: readonly ReturnType<typeof event>[]) => {
  const all = [event('ExecutionStarted'), ...said];
  const events = all.flatMap(({ type, facts }, index): RunEvent[] =>
    type === GAP.type ? [] : [{ id: index + 1, previous: index, at: AT, type, facts, payloads: {} }],
  );
  return { events, total: all.length, whole: events.length === all.length };
};

/** The viewer of saved runs, with all of these in it. */
const fileOfAll = async (): Promise<string> => {
  const viewer = await Promise.all(
    ['viewer.js', 'viewer.css'].map(async (name) => {
      const response = await fetch(new URL(`file/${name}`, pageAddress(cityUnderTest())));
      if (!response.ok) throw new Error(`${name}: ${response.status}`);
      return response.text();
    }),
  );
  const queries = new QueryClient();
  const machine: MachineDetail = { name: MACHINE, system: 'shown', definition: DEFINITION, createdAt: AT };
  queries.setQueryData(['machine', MACHINE], machine);
  for (const [index, [name, said]] of Object.entries(RUNS).entries()) {
    const status = RUN_STATUSES[index % RUN_STATUSES.length] ?? '';
    const detail: RunDetail = { name, machine: MACHINE, status, startedAt: AT, endedAt: AT };
    queries.setQueryData(['run', MACHINE, name], detail);
    queries.setQueryData(['history', MACHINE, name], historyOf(said));
  }
  const saved = { machine: MACHINE, run: 'untouched', savedAt: AT, known: dehydrate(queries) };
  return fileOf(saved, { script: viewer[0] ?? '', style: viewer[1] ?? '' });
};

/** Of a step or a state icon, border and pattern have to do it alone; no picture differs because a word is longer. */
const WORDLESS = `
  .lens { table-layout: fixed }
  .lens *, .node, .node * { color: transparent !important }
  .lens svg, .lens svg *, .node svg, .node svg * { color: gray !important }`;

describe('without colour', () => {
  let browser: Browser;
  let folder: string;
  let address: string;
  beforeAll(async () => {
    browser = await openBrowser();
    folder = await mkdtemp(join(tmpdir(), 'grey-'));
    const file = join(folder, 'statuses.html');
    await writeFile(file, await fileOfAll());
    address = pathToFileURL(file).href;
  }, MINUTE);
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  it.each(['light', 'dark'] as const)(
    'every two statuses of a run, verdicts of a step and states in the graph differ in their picture, %s',
    async (colorScheme) => {
      const context = await browser.newContext({
        ...{ colorScheme, offline: true, locale: 'en-IN', reducedMotion: 'reduce' },
        viewport: { width: 1400, height: 1000 },
      });
      const page = await context.newPage();
      await page.goto(address);
      await page.addStyleTag({ content: GREY });
      const runs = new Map<string, Picture>();
      const verdicts = new Map<string, Picture>();
      const nodes = new Map<string, Picture>();
      for (const [index, name] of Object.keys(RUNS).entries()) {
        const go = (view: string) =>
          page.evaluate((to) => location.assign(to), `#/machines/${MACHINE}/runs/${name}?view=${view}`);
        await go('steps');
        await page.getByRole('heading', { name, exact: true }).waitFor();
        const status = RUN_STATUSES[index] ?? '';
        if (status !== '') runs.set(status, [await shot(page.getByRole('definition').first())]);
        const words = await page.addStyleTag({ content: WORDLESS });
        for (const row of await page.locator('.lens tr[class^=verdict-]').all()) {
          const verdict = /verdict-(\w+)/.exec((await row.getAttribute('class')) ?? '')?.[1] ?? '';
          if (!verdicts.has(verdict)) verdicts.set(verdict, await rowShots(page, row));
        }
        if (name in NODES) {
          await go('graph');
          const node = page.locator('.node', { hasText: 'Seat' });
          await expect.poll(() => node.getAttribute('class')).toContain(`is-${name}`);
          nodes.set(name, [await shot(node)]);
        }
        await words.evaluate((style) => (style as HTMLElement).remove());
      }
      expect([...runs.keys()].toSorted()).toEqual(RUN_STATUSES.toSorted());
      expect([...verdicts.keys()].toSorted()).toEqual(Object.keys(VERDICTS).toSorted());
      expect([...nodes.keys()].toSorted()).toEqual(Object.keys(NODES).toSorted());
      const alike = await Promise.all([runs, verdicts, nodes].map((pictures) => alikeIn(page, pictures)));
      expect(alike).toEqual([[], [], []]);
      await context.close();
    },
    MINUTE,
  );
});

/** The border at the beginning of a row, where its pattern is, and the icon: the rest of a row tells no verdict. */
const rowShots = async (page: Page, row: Locator): Promise<Picture> => {
  const { x, y } = (await row.boundingBox()) ?? { x: 0, y: 0 };
  const clip = { x: x - 6, y: y + 4, width: 14, height: 22 };
  const border = (await page.screenshot({ clip, animations: 'disabled' })).toString('base64');
  return [border, await shot(row.locator('svg').first())];
};
