import { runInNewContext } from 'node:vm';
import { fc, test } from '@fast-check/vitest';
import { QueryClient } from '@tanstack/react-query';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ask } from './ask.ts';
import { openDoors, SECRET } from './city.fixture.ts';
import { machineQuery } from './questions.ts';
import { DATA_ID, fileOf, knownOf, type SavedRun } from './saved-run.ts';
import { openSession } from './session.ts';

/**
 * Where a script or style ends for a browser, by the HTML standard: at its end tag in letters of any size, but not inside
 * of `<!--` behind a `<script`.
 * @see https://html.spec.whatwg.org/multipage/parsing.html#script-data-double-escaped-state
 */
const textOf = (html: string, opening: string, name: 'script' | 'style'): { text: string; rest: string } => {
  const from = html.indexOf(opening) + opening.length;
  const marks = new RegExp(`<!--|-->|<(/?)${name}(?=[\\s/>])`, 'gi');
  marks.lastIndex = from;
  let [isEscaped, isDouble] = [false, false];
  for (let mark = marks.exec(html); mark !== null; mark = marks.exec(html)) {
    const [text, closes] = mark;
    if (text === '<!--') isEscaped = name === 'script';
    else if (text === '-->') [isEscaped, isDouble] = [false, false];
    else if (closes === '') isDouble = isEscaped;
    else if (isDouble) isDouble = false;
    else return { text: html.slice(from, mark.index), rest: html.slice(marks.lastIndex) };
  }
  throw new Error(`nothing ends the ${name}`);
};
const DATA = `<script type="application/json" id="${DATA_ID}">`;
const VIEWER = '<script type="module">';
const dataIn = (html: string) => JSON.parse(textOf(html, DATA, 'script').text) as SavedRun;

/** What a program comes to, in a world of its own. */
const resultOf = (script: string): unknown => runInNewContext(script);

const saved = (known: unknown = {}): SavedRun => ({
  ...{ machine: 'm', run: 'payment_1.1', savedAt: '2026-11-29T00:00:00.000Z' },
  known: known as SavedRun['known'],
});
const plain = { script: 'show()', style: 'p{}' };
const anyEvil = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '</script>',
        '</SCRIPT >',
        '</style',
        '<!--',
        '-->',
        '<script ',
        '\u2028',
        '\u2029',
        '$&',
        '`',
      ),
      fc.string(),
    ),
  )
  .map((parts) => parts.join(''));

describe('the file of a run', () => {
  test.prop([anyEvil, anyEvil])('keeps payloads as data, whatever is in them', (payload, name) => {
    const one = saved({ queries: [{ payload, [name]: name }] });
    const html = fileOf(one, plain);
    expect(dataIn(html)).toEqual(one);
    const viewer = textOf(html, VIEWER, 'script');
    expect(viewer.text).toBe('show()');
    expect(viewer.rest.trim()).toBe('>\n</body>\n</html>');
  });

  test.prop([anyEvil])('has one viewer, which says what it said, whatever is in its texts', (text) => {
    const script = `said = ${JSON.stringify(text)}; also = '${text.replaceAll(/[^<>!/a-zA-Z -]/g, '')}';`;
    const viewer = textOf(fileOf(saved(), { ...plain, script }), VIEWER, 'script');
    expect(viewer.rest.trim()).toBe('>\n</body>\n</html>');
    const run = (of: string) => resultOf(`let said, also; ${of}; JSON.stringify([said, also])`);
    expect(run(viewer.text)).toEqual(run(script));
  });

  it('has a viewer with patterns and names that look like tags', () => {
    const script = String.raw`const script = 2; JSON.stringify([1<script, /<script/u.test('<SCRIPT'), /<\/script>/i.test('</SCRIPT>'), '<!--'])`;
    const viewer = textOf(fileOf(saved(), { ...plain, script }), VIEWER, 'script');
    expect(resultOf(viewer.text)).toBe('[true,false,true,"<!--"]');
  });

  it('has a style that nothing in it ends, and no letters', () => {
    const style = 'p::after{content:"</STYLE><script>"}@font-face { src: url(data:a) }q{}';
    const { text } = textOf(fileOf(saved(), { ...plain, style }), '<style>', 'style');
    expect(text).toBe(String.raw`p::after{content:"<\/STYLE><script>"}q{}`);
  });

  it('asks nobody for anything, and has a name that is none of HTML', () => {
    const html = fileOf({ ...saved(), run: '</title><b>"1' }, plain);
    expect(html).toContain(`content="default-src 'none';`);
    expect(html).toContain('<title>titleb1</title>');
  });
});

describe('what is known of a run', () => {
  const ids = { machine: 'm', run: 'payment_1.2', saga: 'payment_1', trace: 't1' };
  const own = [
    ...[
      ['run', 'm', 'payment_1.2'],
      ['machine', 'm'],
      ['history', 'm', 'payment_1.2'],
    ],
    ...[
      ['run-event', 'm', 'payment_1.2', 7],
      ['runs-of-saga', 'm', 'payment_1'],
      ['saga', 's', 'payment_1'],
    ],
    ...[
      ['whole-history', 'm', 'payment_1.1'],
      ['last-good', 'm', 'payment_1.2', ''],
    ],
    ...[
      ['saga-history', 's', 'payment_1'],
      ['trace', 't1'],
    ],
    // Of the city, and not of anybody's run.
    ['hearers'],
  ];
  const others = [
    ...[
      ['run', 'm', 'payment_2.1'],
      ['history', 'm', 'payment_12.1'],
      ['run-event', 'm', 'payment_2.1', 7],
    ],
    ...[
      ['machine', 'other'],
      ['whole-history', 'm', 'payment_2.1'],
      ['last-good', 'm', 'payment_2.1', ''],
    ],
    ...[
      ['runs-of-saga', 'm', 'payment_2'],
      ['saga', 's', 'payment_2'],
      ['saga-history', 's', 'payment_2'],
    ],
    ...[['trace', 't2'], ['systems'], ['machines'], ['runs', 'm', '', 'payment_1'], ['config']],
  ];

  it('is what was asked about it and its saga, and nothing of anybody else’s', () => {
    const queries = new QueryClient();
    for (const key of [...own, ...others]) queries.setQueryData(key, { of: key });
    const { known } = knownOf(queries, ids);
    expect(known.queries.map(({ queryKey }) => queryKey)).toEqual(own);
    expect(known.mutations).toEqual([]);
  });

  it('of a run without a saga and a trace is its own', () => {
    const queries = new QueryClient();
    for (const key of [
      ['run', 'm', 'r'],
      ['saga', 's', 'undefined'],
      ['trace', 'undefined'],
      ['run', 'r', 'm'],
    ])
      queries.setQueryData(key, {});
    const { known } = knownOf(queries, { machine: 'm', run: 'r' });
    expect(known.queries.map(({ queryKey }) => queryKey)).toEqual([['run', 'm', 'r']]);
  });
});

describe('a saved run', () => {
  let doors: Awaited<ReturnType<typeof openDoors>>;
  beforeAll(async () => {
    doors = await openDoors(({ path }) =>
      path.endsWith('/none') ? { status: 404, body: {} } : { body: { name: 'm', definition: '{}' } },
    );
  });
  afterAll(() => {
    doors.close();
    vi.unstubAllGlobals();
  });

  it('has no secret of its session and no token, though both were used to ask', async () => {
    const { secret } = await openSession('one-time-code');
    const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    await queries.fetchQuery(machineQuery('m'));
    const { routes } = await import('../../functions/console/contract.ts');
    const path = { machine: 'm', run: 'none' };
    const failing = {
      queryKey: ['run', 'm', 'none'],
      queryFn: () => ask('console', routes.getRun, { path }),
    };
    queries.setQueryData(failing.queryKey, { name: 'none' });
    await queries.fetchQuery({ ...failing, staleTime: 0 }).catch(() => undefined);
    // Both are where they are planted: kept by the tab, and sent with each question.
    expect([...doors.kept.values()].join()).toContain(secret);
    expect(doors.asked.at(-1)?.headers.authorization).toBe(`Bearer ${SECRET}`);

    const html = fileOf(knownOf(queries, { machine: 'm', run: 'none' }), plain);
    expect(dataIn(html).known.queries).toHaveLength(2);
    for (const planted of [secret, SECRET, 'one-time-code', 'Bearer']) expect(html).not.toContain(planted);
  });
});
