import { describe, expect, it } from 'vitest';
import { edgesOf } from '../../shared/testing/asl/edges.ts';
import {
  codeIn,
  hasTest,
  pagesIn,
  type Table,
  tablesIn,
  testsNamedIn,
} from '../../shared/testing/page.fixture.ts';
import { paymentCases } from '../../statemachines/paytm-saga/payment.cases.ts';
import { payment as machine } from '../../statemachines/paytm-saga/payment.machine.ts';
import { taskErrors } from './contract.machine.ts';

const { read, exists, missing } = pagesIn(import.meta.dirname, {
  fillings: Object.keys(machine.States),
  cases: { file: '/payment.cases.ts', titles: Object.keys(paymentCases) },
});
const DEVANAGARI = /[ऀ-ॿ]/;

/** The pages that name tests, each in both languages. */
const PAGES = [
  ['FAILURES.md', 'FAILURES.hi.md'],
  ['ORIGINAL.md', 'ORIGINAL.hi.md'],
] as const;

describe.each(PAGES)('%s and %s', (english, hindi) => {
  const [en, hi] = [read(english), read(hindi)];

  it('name tests that there are', () => {
    expect(testsNamedIn(en).length).toBeGreaterThan(20);
    expect(testsNamedIn(en).flatMap((named) => missing(named) ?? [])).toEqual([]);
  });

  it('say the same in both languages: the same lines, names and tests, and every sentence in Hindi', () => {
    const codes = (page: string) => tablesIn(page).map(({ rows }) => rows.map((row) => row.flatMap(codeIn)));
    expect(codes(hi)).toEqual(codes(en));
    expect(testsNamedIn(hi)).toEqual(testsNamedIn(en));
    expect(hi).toContain(`](${english})`);
    expect(en).toContain(`](${hindi})`);
    const told = tablesIn(hi).flatMap(({ rows }) => rows.map((row) => row.join(' ')));
    expect(told.filter((row) => !DEVANAGARI.test(row))).toEqual([]);
  });
});

describe.each([
  ['README.md', 'README.hi.md'],
  ['COSTS.md', 'COSTS.hi.md'],
])('%s and %s', (english, hindi) => {
  const [en, hi] = [read(english), read(hindi)];
  const shape = (page: string) => tablesIn(page).map(({ rows }) => rows.map((row) => row.flatMap(codeIn)));

  it('show the same tables, and lead to each other', () => {
    expect(shape(en)).not.toEqual([]);
    expect(shape(hi)).toEqual(shape(en));
    expect(hi).toContain(`](${english})`);
    expect(en).toContain(`](${hindi})`);
  });

  it('lead to files that there are, and name tests that there are', () => {
    for (const page of [en, hi]) {
      const links = [...page.matchAll(/\]\(([^):#]+)(?:#[^)]*)?\)/g)].map(([, to = '']) => to);
      const tests = [...page.matchAll(/`([\w./-]+\.test\.ts)`/g)].map(([, file = '']) => file);
      expect(links.length).toBeGreaterThan(1);
      expect([...links, ...tests].filter((file) => !exists(file))).toEqual([]);
    }
  });
});

/** The table of the failures whose first column is headed so. */
const table = (first: string): Table => {
  const found = tablesIn(read('FAILURES.md')).find(({ head }) => head[0] === first);
  if (!found) throw new Error(`FAILURES.md has no table of ${first}`);
  return found;
};

const withoutTest = ({ rows }: Table): string[] =>
  rows.flatMap((row) => (testsNamedIn(row.at(-1) ?? '').length > 0 ? [] : [row.join(' | ')]));

describe('the table of failures', () => {
  const { rows } = table('State');
  const lines = rows.map(([state = '', what = '', ways = '']) => ({
    state: codeIn(state)[0] ?? '',
    what,
    ways: codeIn(ways),
  }));
  const tasks = Object.entries(machine.States).filter(([, { Type }]) => Type === 'Task');
  /** What stands first in the table of what is meant is what has to be said of every task. */
  const kinds = table('What happens').rows.map(([what = '']) => what);

  it('has every way of every task to fail, and one test at least for each', () => {
    const wanted = tasks.flatMap(([state]) => kinds.map((what) => `${state} ${what}`));
    expect(kinds).toHaveLength(7);
    expect(wanted.filter((one) => !lines.some(({ state, what }) => `${state} ${what}` === one))).toEqual([]);
    expect(withoutTest(table('State'))).toEqual([]);
  });

  it('says of a wait what silence, a lost token and a no come to', () => {
    const waits = tasks.filter(
      ([, state]) => 'Resource' in state && state.Resource.endsWith('.waitForTaskToken'),
    );
    expect(waits).not.toEqual([]);
    for (const [state] of waits) {
      const said = lines.filter((line) => line.state === state).map(({ what }) => what);
      expect(said, state).toEqual(expect.arrayContaining(['silence', 'token lost', 'payer declines']));
    }
  });

  it('has every Retry, every Catch and every branch of a Choice, and none that there is not', () => {
    const known = edgesOf(machine).filter((edge) => !/^\w+ → /.test(edge));
    const told = new Set(lines.flatMap(({ state, ways }) => ways.map((way) => `${state} ${way}`)));
    expect(known.filter((edge) => !told.has(edge))).toEqual([]);
    expect([...told].filter((edge) => !known.includes(edge))).toEqual([]);
  });

  it('says of what retries and gives up which way it takes then', () => {
    const of = (name: string, what: string) =>
      lines.find((line) => line.state === name && line.what === what)?.ways ?? [];
    for (const [name, state] of tasks) {
      if (state.Type !== 'Task') continue;
      const caught = (state.Catch ?? []).map(({ Next }, n) => `catch ${n + 1} → ${Next}`);
      const retried = (state.Retry ?? []).map((_, n) => `retry ${n + 1}`);
      expect(of(name, 'gives up'), name).toEqual([...retried, ...caught]);
      expect(of(name, 'refuses'), name).toEqual(expect.arrayContaining(caught));
      expect(of(name, 'fails for a while'), name).toEqual(retried);
    }
  });

  it('has every error of its tasks, at states that there are', () => {
    const errors = table('Error');
    expect(errors.rows.map(([name = '']) => codeIn(name)[0]).sort()).toEqual([...taskErrors].sort());
    const states = errors.rows.flatMap(([, at = '']) => codeIn(at));
    expect(states.filter((state) => !(state in machine.States))).toEqual([]);
    expect(withoutTest(errors)).toEqual([]);
  });
});

describe('the table of what the original got wrong', () => {
  const tables = tablesIn(read('ORIGINAL.md'));

  it('has every weak spot of its state machine, its money and its resilience, and every need, by number', () => {
    const numbers = tables.map(({ rows }) => rows.map(([number]) => Number(number)));
    expect(numbers).toEqual([6, 12, 12, 11].map((count) => Array.from({ length: count }, (_, n) => n + 1)));
  });

  it('names a test for each', () => {
    expect(tables.flatMap(withoutTest)).toEqual([]);
  });
});

describe('a test that a page names', () => {
  const source = `
    const ROWS = [['one', 1], ['two', 2]];
    // it('was once there', () => {});
    it('is there', () => {});
    it.each(ROWS)('is %s of %d', async (_, n) => {});
    it(\`is \${many} at once\`, async () => {});
    expect(x, 'is no title').toBe(1);`;

  it.each(['is there', 'is one of 1', 'is fifty at once'])('is found by its title: %s', (title) => {
    expect(hasTest(source, title)).toBe(true);
  });

  it.each(['is not there', 'was once there', 'is three of 3', 'is no title', 'one', 'is there, too'])(
    'is not found by another one: %s',
    (title) => {
      expect(hasTest(source, title)).toBe(false);
    },
  );

  it('is missed by file, by title and by case', () => {
    const file = 'statemachines/paytm-saga/payment.cases.ts';
    expect(missing({ file: 'nowhere.test.ts', title: 'x' })).toBe('no file nowhere.test.ts');
    expect(missing({ file: 'page.test.ts', title: 'is nowhere' })).toMatch(/no test/);
    expect(missing({ file, title: 'Nowhere refuses' })).toMatch(/no case/);
    expect(missing({ file, title: 'CheckKyc refuses' })).toBeUndefined();
  });
});
