import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { BORROWED_MS } from '../../shared/allowances/allowance.ts';
import { COMMAND_DAYS } from '../../shared/effects/of-command.ts';
import * as houseErrors from '../../shared/errors/index.ts';
import { MOST_BODY_BYTES } from '../../shared/lambda/rest-middleware.ts';
import { codeIn, pagesIn, type Table, tablesIn, testsNamedIn } from '../../shared/testing/page.fixture.ts';
import { MOST_ITEMS } from './contract.catalogue.ts';
import { OrderState, routes } from './contract.ts';
import { ALLOWANCES } from './domain/allowance.ts';
import { REGRET_MS } from './domain/cancellation.ts';
import { ANSWER_MS, PAYMENT_MS, QR_MS, REFUND_MS } from './domain/due.ts';
import * as errors from './domain/errors.ts';
import { WAYS } from './domain/order.ts';
import { AGAIN_MS, SESSION_DAYS } from './domain/refresh.ts';

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
const inSource = (file: string, pattern: RegExp): number => Number(pattern.exec(read(file))?.[1]);
const numberIn = (cell: string): number => Number(cell.replaceAll(',', ''));
/** What of a JSON schema bounds something. */
interface Bounds {
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly items?: Bounds;
  readonly properties?: { readonly [name: string]: Bounds };
}
type Described = Bounds & Required<Pick<Bounds, 'properties'>>;
const firstCodes = ({ rows }: Table): (string | undefined)[] => rows.map(([first = '']) => codeIn(first)[0]);

describe.each(PAGES)('%s and %s', (english, hindi) => {
  const [en, hi] = [read(english), read(hindi)];

  it('say the same in both languages, and lead to each other', () => {
    const codes = (page: string) => tablesIn(page).map(({ rows }) => rows.map((row) => row.flatMap(codeIn)));
    expect(codes(en)).not.toEqual([]);
    expect(codes(hi)).toEqual(codes(en));
    expect(testsNamedIn(hi)).toEqual(testsNamedIn(en));
    expect(hi).toContain(`](${english})`);
    expect(en).toContain(`](${hindi})`);
    const headings = (page: string) => page.match(/^#+ /gm);
    expect(headings(hi)).toEqual(headings(en));
    for (const heading of hi.match(/^## .*$/gm) ?? []) expect(heading).toMatch(DEVANAGARI);
    const blocks = (page: string) =>
      [...page.matchAll(/```(?:sh|http)\n[\s\S]*?```/g)].map(([block]) => block);
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

describe('the page of ordering', () => {
  it('shows every door of the contract: for whom it is, and which headers of HTTP it takes', () => {
    const { rows } = table('Door');
    const shown = rows.map(([door = '', who = '', , again = '', headers = '']) => ({
      door: codeIn(door)[0],
      who,
      takes: [...codeIn(again), ...codeIn(headers)].filter((one) => /^If-|-Key$/.test(one)).sort(),
    }));
    const wanted = Object.values(routes).map(({ method, path, access, request, ...more }) => ({
      door: `${method} ${path}`,
      who: 'roles' in access ? access.roles.join(', ') : 'anybody',
      takes: [
        ...('headers' in request && 'if-match' in request.headers.shape ? ['If-Match'] : []),
        ...('headers' in request && 'if-none-match' in request.headers.shape ? ['If-None-Match'] : []),
        ...('idempotent' in more && more.idempotent === 'key' ? ['Idempotency-Key'] : []),
      ].sort(),
    }));
    expect(shown).toEqual(wanted);
  });

  it.each(['README.md', 'README.hi.md'])(
    'draws every way of an order, and none that there is not: %s',
    (page) => {
      const [, drawing = ''] = /```mermaid\n([\s\S]*?)```/.exec(read(page)) ?? [];
      const drawn = [...drawing.matchAll(/^ {2}([A-Z_]+) --> ([A-Z_]+): (.+)$/gm)];
      const ways = Object.entries(WAYS).flatMap(([to, { from, by }]) =>
        from.map((state) => [state, to, by.join(', ')]),
      );
      const until = page === 'README.md' ? 3 : 2;
      expect(drawn.map((one) => one.slice(1, until + 1)).sort()).toEqual(
        ways.map((one) => one.slice(0, until)).sort(),
      );
    },
  );

  it('has a name of both specifications for every state, and every name of theirs', () => {
    const states = table('Ours');
    expect(firstCodes(states)).toEqual(OrderState.options);
    const theirs = (column: number) => new Set(states.rows.map((row) => codeIn(row[column] ?? '')[0]));
    const common = ['CONFIRMED', 'PREPARING', 'DELIVERED', 'CANCELLED'];
    expect(theirs(1)).toEqual(new Set(['PENDING', ...common, 'OUT_FOR_DELIVERY']));
    expect(theirs(2)).toEqual(new Set(['PLACED', ...common, 'READY_FOR_PICKUP', 'PICKED_UP', 'ON_THE_WAY']));
  });

  it('has every allowance as it is', () => {
    const { rows } = table('Allowance');
    expect(
      rows.map(([name = '', quota, borrow]) => [codeIn(name)[0], Number(quota), Number(borrow)]),
    ).toEqual(
      Object.values(ALLOWANCES).map((one) => [one.name, one.quota, 'borrow' in one ? one.borrow : 1]),
    );
    expect(new Set(Object.values(ALLOWANCES).map(({ seconds }) => seconds))).toEqual(new Set([60]));
  });

  it('has every error of ordering in its table of failures, each with its status', () => {
    const told = table('What').rows.map(([, answer = '']) => [
      Number.parseInt(answer, 10),
      codeIn(answer).find((code) => code.endsWith('Error')),
    ]);
    const made = new Map(
      Object.entries({ ...houseErrors, ...errors })
        .filter(([name]) => /^(?!House).+Error$/.test(name))
        .map(([name, Made]) => [name, new (Made as typeof errors.EmailTakenError)({}).status]),
    );
    for (const [status, name = ''] of told) expect([name, made.get(String(name))]).toEqual([name, status]);
    const names = told.map(([, name]) => name);
    expect(Object.keys(errors).filter((name) => !names.includes(name))).toEqual([]);
    const documented = Object.values(routes).flatMap((route): readonly string[] => route.errors);
    expect(documented.filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe('the limits of ordering', () => {
  const { placeOrder, cancelOrder, listOrders } = routes;
  const order = z.toJSONSchema(placeOrder.request.body, { io: 'input' }) as unknown as Described;
  const line = order.properties.items?.items?.properties;
  const why = z.toJSONSchema(cancelOrder.request.body, { io: 'input' }) as unknown as Described;
  const query = z.toJSONSchema(listOrders.request.query, { io: 'input' }) as unknown as Described;
  const LIMITS: { readonly [name: string]: number | undefined } = {
    MOST_BODY_BYTES: MOST_BODY_BYTES / 1024,
    throttlingRateLimit: inSource('../../stacks/constructs/rest-api.ts', /throttlingRateLimit: (\d+)/),
    throttlingBurstLimit: inSource('../../stacks/constructs/rest-api.ts', /throttlingBurstLimit: (\d+)/),
    timeoutSeconds: inSource('../../stacks/zomato-ordering-stack.ts', /timeoutSeconds = (\d+)/),
    limit: query.properties.limit?.maximum,
    MOST_ITEMS,
    items: order.properties.items?.maxItems,
    quantity: line?.quantity?.maximum,
    instructions: line?.instructions?.maxLength,
    address: order.properties.delivery?.properties?.address?.maxLength,
    reason: why.properties.reason?.maxLength,
    tip: (order.properties.tip?.maximum ?? 0) / 100,
    COMMAND_DAYS: COMMAND_DAYS * 24,
    SESSION_DAYS,
    AGAIN_MS: AGAIN_MS / 1000,
    BORROWED_MS: BORROWED_MS / 1000,
    ANSWER_MS: ANSWER_MS / 60_000,
    PAYMENT_MS: PAYMENT_MS / 60_000,
    QR_MS: QR_MS / 1000,
    REFUND_MS: REFUND_MS / 60_000,
    REGRET_MS: REGRET_MS / 1000,
  };

  it.each([
    ['README.md', 'Limit'],
    ['README.hi.md', 'सीमा'],
  ])('stand on %s as the code has them', (page, head) => {
    const told = table(head, page).rows.map(([, much = '', by = '']) => [codeIn(by)[0], numberIn(much)]);
    expect(told).toEqual(Object.entries(LIMITS));
  });
});

describe('the table of what the original got wrong', () => {
  const tables = tablesIn(read('ORIGINAL.md'));

  it('has every weak spot of its security, limits, orders and HTTP, and every need, by number', () => {
    const numbers = tables.map(({ rows }) => rows.map(([number]) => Number(number)));
    expect(numbers).toEqual([8, 5, 10, 8, 9].map((count) => Array.from({ length: count }, (_, n) => n + 1)));
  });

  it('names a test for each', () => {
    const without = tables.flatMap(({ rows }) =>
      rows.filter((row) => testsNamedIn(row.at(-1) ?? '').length === 0),
    );
    expect(without).toEqual([]);
  });
});
