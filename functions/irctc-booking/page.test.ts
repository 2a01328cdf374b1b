import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { BORROWED_MS } from '../../shared/allowances/allowance.ts';
import { COMMAND_DAYS } from '../../shared/effects/of-command.ts';
import * as houseErrors from '../../shared/errors/index.ts';
import { MOST_BODY_BYTES } from '../../shared/lambda/rest-middleware.ts';
import { codeIn, pagesIn, type Table, tablesIn, testsNamedIn } from '../../shared/testing/page.fixture.ts';
import { routes } from './contract.ts';
import { ALLOWANCES } from './domain/allowance.ts';
import { WAYS } from './domain/booking.ts';
import * as errors from './domain/errors.ts';
import { SYNTHETIC_RULES } from './domain/synthetic.ts';
import { MOST_IN_FLIGHT } from './store/rail.ts';

const { read, exists, missing } = pagesIn(import.meta.dirname);
const DEVANAGARI = /[ऀ-ॿ]/;
const PAGES = [
  ['README.md', 'README.hi.md'],
  ['ORIGINAL.md', 'ORIGINAL.hi.md'],
  ['COSTS.md', 'COSTS.hi.md'],
] as const;

/** The table of a page whose first column is headed so. */
const table = (first: string, page = 'README.md'): Table => {
  const found = tablesIn(read(page)).find(({ head }) => head[0] === first);
  if (!found) throw new Error(`${page} has no table of ${first}`);
  return found;
};
/** A number that a file states. */
const inSource = (file: string, pattern: RegExp): number =>
  Number(pattern.exec(read(file))?.[1]?.replaceAll('_', ''));

describe.each(PAGES)('%s and %s', (english, hindi) => {
  const [en, hi] = [read(english), read(hindi)];

  it('say the same in both languages, and lead to each other', () => {
    const codes = (page: string) =>
      tablesIn(page).map(({ rows }) => rows.map((row) => row.map((cell) => codeIn(cell).toSorted())));
    expect(codes(en)).not.toEqual([]);
    expect(codes(hi)).toEqual(codes(en));
    expect(testsNamedIn(hi)).toEqual(testsNamedIn(en));
    expect(hi).toContain(`](${english})`);
    expect(en).toContain(`](${hindi})`);
    const headings = (page: string) => page.match(/^#+ /gm);
    expect(headings(hi)).toEqual(headings(en));
    // “Dead letters” are called so in both.
    for (const heading of hi.match(/^## (?!Dead letters$).*$/gm) ?? []) expect(heading).toMatch(DEVANAGARI);
    const blocks = (page: string) => page.match(/```sh\n[\s\S]*?```/g);
    expect(blocks(hi)).toEqual(blocks(en));
  });

  it('lead to files that there are, and name tests that there are', () => {
    for (const page of [en, hi]) {
      const links = [...page.matchAll(/\]\(([^):#]+)(?:#[^)]*)?\)/g)].map(([, to = '']) => to);
      const files = [...page.matchAll(/`([\w./-]+\.test\.ts)`/g)].map(([, file = '']) => file);
      expect([...links, ...files].filter((file) => !exists(file))).toEqual([]);
      expect(testsNamedIn(page).flatMap((named) => missing(named) ?? [])).toEqual([]);
    }
  });
});

describe('the page of railway booking', () => {
  it('shows every door of the contract, for whom it is, and which asks for a key', () => {
    const shown = table('Door').rows.map(([door = '', who, , again = '']) => [
      ...[codeIn(door)[0], who, codeIn(again).includes('Idempotency-Key')],
    ]);
    const whoMay = (roles: readonly string[]) =>
      roles.length === 7 ? 'whoever has a token' : roles.join(', ');
    expect(shown).toEqual(
      Object.values(routes).map(({ method, path, access, ...more }) => [
        `${method} ${path}`,
        'roles' in access ? whoMay(access.roles) : 'anybody',
        'idempotent' in more && more.idempotent === 'key',
      ]),
    );
  });

  it.each(['README.md', 'README.hi.md'])('draws every way of a booking, and no other: %s', (page) => {
    const [, drawing = ''] = /```mermaid\n(stateDiagram[\s\S]*?)```/.exec(read(page)) ?? [];
    const drawn = [...drawing.matchAll(/^ {2}([A-Z_]+) --> ([A-Z_]+): (.+)$/gm)];
    const until = page === 'README.md' ? 3 : 2;
    expect(drawn.map((one) => one.slice(1, until + 1))).toEqual(
      Object.entries(WAYS).flatMap(([to, { from, by }]) =>
        from.map((state) => [state, to, by.join(', ')].slice(0, until)),
      ),
    );
  });

  it('has every law by which rushes are judged, under its name', () => {
    const laws = readdirSync(join(import.meta.dirname, 'rush')).flatMap((file) =>
      [...read(`rush/${file}`).matchAll(/(?:accuse\(|\blaw(?: =|:))\s*'([^']+)'/g)].map(([, law]) => law),
    );
    expect(laws.length).toBeGreaterThan(20);
    expect(new Set(table('Law').rows.map(([law = '']) => codeIn(law)[0]))).toEqual(new Set(laws));
  });

  it('answers every failure and every refusal with a test', () => {
    const rows = [...table('What').rows, ...table('Refused').rows];
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter((row) => testsNamedIn(row.at(-1) ?? '').length === 0)).toEqual([]);
  });

  it('has every error of railway booking in its table of refusals, each with its status', () => {
    const told = table('Refused').rows.map(([, answer = '']): [number, string | undefined] => [
      Number.parseInt(answer, 10),
      codeIn(answer).find((code) => code.endsWith('Error')),
    ]);
    const made = new Map(
      Object.entries({ ...houseErrors, ...errors })
        .filter(([name]) => /^(?!House).+Error$/.test(name))
        .map(([name, Made]) => [name, new (Made as typeof errors.PnrTakenError)({}).status]),
    );
    for (const [status, name = ''] of told) expect([name, made.get(name)]).toEqual([name, status]);
    const names = told.map(([, name]) => name);
    const documented = Object.values(routes).flatMap((route): readonly string[] => route.errors);
    const all = [...Object.keys(errors), ...documented];
    expect(all.filter((name) => !names.includes(name))).toEqual([]);
  });

  it('has every allowance as it is', () => {
    const told = table('Allowance').rows;
    expect(
      told.map(([name = '', quota, borrow]) => [codeIn(name)[0], Number(quota), Number(borrow)]),
    ).toEqual(
      Object.values(ALLOWANCES).map((one) => [one.name, one.quota, 'borrow' in one ? one.borrow : 1]),
    );
    expect(new Set(Object.values(ALLOWANCES).map(({ seconds }) => seconds))).toEqual(new Set([60]));
  });

  it.each([
    ['README.md', 'Rule', 'en'],
    ['README.hi.md', 'नियम', 'hi'],
  ] as const)('has every rule that this city made up: %s', (page, head, language) => {
    const told = tablesIn(read(page)).findLast(({ head: [first] }) => first === head);
    expect(told?.rows).toEqual(SYNTHETIC_RULES.map((rule) => [rule[language], `\`${rule.where}\``]));
  });
});

/** What of a JSON schema bounds something. */
interface Bounds {
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly properties?: { readonly [name: string]: Bounds };
}
const boundsOf = (schema: z.ZodType): NonNullable<Bounds['properties']> =>
  (z.toJSONSchema(schema, { io: 'input' }) as unknown as Bounds).properties ?? {};

describe('the limits of railway booking', () => {
  const { requestBooking, publishTrain, listBookings, getChart } = routes;
  const [REST, STACK, QUEUE] = ['rest-api', '../irctc-booking-stack', 'work-queue'].map(
    (file) => `../../stacks/constructs/${file}.ts`,
  ) as [string, string, string];
  const LIMITS: { readonly [name: string]: number | undefined } = {
    MOST_BODY_BYTES: MOST_BODY_BYTES / 1024,
    throttlingRateLimit: inSource(REST, /throttlingRateLimit: (\d+)/),
    throttlingBurstLimit: inSource(REST, /throttlingBurstLimit: (\d+)/),
    timeoutSeconds: inSource(STACK, /timeoutSeconds = (\d+)/),
    MOST_IN_FLIGHT,
    ALLOCATED_WITHIN_MS: inSource('domain/request.ts', /ALLOCATED_WITHIN_MS = (\d+) \* 60_000/),
    HOLD_MS: inSource('consumers/allocate-berths.ts', /HOLD_MS = (\d+) \* 60_000/),
    TRIES: inSource('consumers/allocate-berths.ts', /TRIES = (\d+)/),
    maxReceives: inSource(QUEUE, /maxReceives = (\d+)/),
    batchSize: inSource(QUEUE, /batchSize \?\? (\d+)/),
    maxConcurrency: inSource(QUEUE, /maxConcurrency \?\? (\d+)/),
    retentionPeriod: inSource(QUEUE, /retentionPeriod: Duration\.days\((\d+)\)/),
    passengers: boundsOf(requestBooking.request.body).passengers?.maxItems,
    TQ: inSource('domain/passengers.ts', /GN: 6, LD: 6, TQ: (\d+)/),
    SS: inSource('domain/passengers.ts', /GN: 6, LD: 6, TQ: \d+, SS: (\d+)/),
    ADVANCE_DAYS: inSource('domain/window.ts', /ADVANCE_DAYS = (\d+)/),
    MOST_COACHES: inSource('contract.trains.ts', /MOST_COACHES = (\d+)/),
    kilometres: boundsOf(publishTrain.request.body).kilometres?.maximum,
    limit: boundsOf(listBookings.request.query).limit?.maximum,
    'chart.limit': boundsOf(getChart.request.query).limit?.maximum,
    FIRST: inSource('domain/chart.ts', /FIRST = (\d+)/),
    DRAWS: inSource('store/settlement.ts', /DRAWS = (\d+)/),
    COMMAND_DAYS: COMMAND_DAYS * 24,
    BORROWED_MS: BORROWED_MS / 1000,
  };

  it.each([
    ['README.md', 'Limit'],
    ['README.hi.md', 'सीमा'],
  ])('stand on %s as the code has them', (page, head) => {
    const told = table(head, page).rows.map(([, much = '', by = '']) => [
      ...[codeIn(by)[0], Number(much.replaceAll(',', ''))],
    ]);
    expect(told).toEqual(Object.entries(LIMITS));
  });
});

describe('the table of what the original got wrong', () => {
  const tables = tablesIn(read('ORIGINAL.md'));

  it('has every weak spot of the specification, and every need, by number', () => {
    const numbers = tables.map(({ rows }) => rows.map(([number]) => Number(number)));
    expect(numbers).toEqual([1, 3, 8, 5, 7].map((count) => Array.from({ length: count }, (_, n) => n + 1)));
  });

  it('names a test for each', () => {
    const rows = tables.flatMap((one) => one.rows);
    expect(rows.filter((row) => testsNamedIn(row.at(-1) ?? '').length === 0)).toEqual([]);
  });
});
