import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MOST_BODY_BYTES } from '../../shared/lambda/rest-middleware.ts';
import { MOST_FRAME_BYTES } from '../../shared/lambda/socket-frame.ts';
import { LOOK_EVERY_MS } from './contract.client.ts';
import { MOST_WAIT_SECONDS, TICKET_SECONDS } from './contract.ts';
import { MOST_ITEMS, MOST_LETTERS } from './contract.views.ts';
import { AT_ONCE } from './domain/broadcast.ts';
import { MOST_MESSAGES, WINDOW_SECONDS } from './domain/chat.ts';
import { AHEAD_MS, PUSH_EVERY_MS } from './domain/positions.ts';
import { REMEMBERED_DAYS } from './doors/chat.ts';
import { LIVES_SECONDS, MOST_LISTENERS, MOST_ORDERS } from './store/connections.ts';
import { HELD_DAYS, LOG_DAYS } from './store/log.ts';
import { PUSH_MS } from './store/pushes.ts';
import { PLACES_DAYS } from './store/registers.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8');
const [en, hi] = [read('README.md'), read('README.hi.md')];
const DEVANAGARI = /[ऀ-ॿ]/;

/** The cells of every line of a table. */
const rowsOf = (page: string) =>
  page
    .split('\n')
    .filter((line) => /^\|(?!-)/.test(line))
    .map((line) => line.split('|').slice(1, -1));
const codesOf = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
const testsIn = (page: string) =>
  [...page.matchAll(/`([\w./-]+\.test\.ts)` “([^”]+)”/g)].map(([, file = '', title = '']) => ({
    file,
    title,
  }));
const sourceOf = (file: string) => {
  const place = [join(import.meta.dirname, file), join(ROOT, file)].find((one) => existsSync(one));
  return place === undefined ? '' : readFileSync(place, 'utf8');
};

/** A number that a file states. */
const inSource = (file: string, pattern: RegExp): number => Number(pattern.exec(sourceOf(file))?.[1]);
const LIMITS = {
  MOST_FRAME_BYTES: MOST_FRAME_BYTES / 1024,
  MOST_BODY_BYTES: MOST_BODY_BYTES / 1024,
  rateLimit: inSource('stacks/constructs/socket-api.ts', /rateLimit: (\d+)/),
  burstLimit: inSource('stacks/constructs/socket-api.ts', /burstLimit: (\d+)/),
  timeoutSeconds: inSource('stacks/swiggy-tracking-stack.ts', /timeoutSeconds = (\d+)/),
  ...{ TICKET_SECONDS, MOST_ORDERS, MOST_LISTENERS, LIVES_SECONDS: LIVES_SECONDS / 60 },
  ...{ MOST_ITEMS, MOST_WAIT_SECONDS, MOST_LETTERS, MOST_MESSAGES, WINDOW_SECONDS, REMEMBERED_DAYS },
  ...{ AHEAD_MS: AHEAD_MS / 1000, PUSH_EVERY_MS: PUSH_EVERY_MS / 1000, AT_ONCE, PUSH_MS: PUSH_MS / 1000 },
  ...{ LOOK_EVERY_MS: LOOK_EVERY_MS / 1000, LOG_DAYS, HELD_DAYS, PLACES_DAYS },
};

describe('the page of tracking', () => {
  it.each([
    ['README.md', en, '## Limits'],
    ['README.hi.md', hi, '## सीमाएँ'],
  ])('has every limit as the code has it: %s', (_, page, heading) => {
    const [, ...rows] = rowsOf(page.split(heading)[1] ?? '');
    const told = rows.map(([, much = '', by = '']) => [codesOf(by)[0], Number(much.replaceAll(',', ''))]);
    expect(told).toEqual(Object.entries(LIMITS));
  });

  it('names tests that there are', () => {
    const named = testsIn(en);
    expect(named.length).toBeGreaterThan(40);
    const isThere = ({ file, title }: { file: string; title: string }) =>
      [`'${title}'`, `"${title}"`].some((text) => sourceOf(file).replaceAll("\\'", "'").includes(text));
    expect(named.filter((one) => !isThere(one))).toEqual([]);
  });

  it('answers every weak spot and every failure with a test', () => {
    const tables = en.split('## What can go wrong')[1]?.split('## Limits')[0] ?? '';
    const [, ...rows] = rowsOf(tables).filter(([first]) => first?.trim() !== 'The original');
    expect(rows.length).toBe(38);
    expect(rows.filter((cells) => testsIn(cells.at(-1) ?? '').length === 0)).toEqual([]);
  });

  it('says the same in Hindi: the same tables, names and tests, and every line in Hindi', () => {
    const shape = (page: string) =>
      rowsOf(page).map((cells) => cells.flatMap((cell) => codesOf(cell).toSorted()));
    expect(shape(hi)).toEqual(shape(en));
    expect(testsIn(hi)).toEqual(testsIn(en));
    // A line of names alone is the same in every language.
    const words = rowsOf(hi).filter((cells) =>
      cells
        .join('')
        .replaceAll(/`[^`]+`/g, '')
        .match(/\p{L}/u),
    );
    expect(words.filter((cells) => !DEVANAGARI.test(cells.join('')))).toEqual([]);
    expect([en.includes('](README.hi.md)'), hi.includes('](README.md)')]).toEqual([true, true]);
  });

  it.each([en, hi])('draws every function that there is, and no other', (page) => {
    const drawing = /```mermaid\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    const drawn = new Set(
      [...drawing.matchAll(/(?:--> |^ {2})([a-z]+(?:-[a-z]+)*)/gm)].map(([, name]) => name),
    );
    const others = ['client', 'operator', 'ordering', 'railway', 'log', 'connections', 'flowchart'];
    const files = ['doors', 'consumers'].flatMap((folder) => readdirSync(join(import.meta.dirname, folder)));
    const functions = files.flatMap((file) => /^([\w-]+)\.ts$/.exec(file)?.[1] ?? []);
    expect([...drawn].filter((name) => !others.includes(name ?? '')).toSorted()).toEqual(
      functions.filter((name) => name !== 'openapi').toSorted(),
    );
  });
});
