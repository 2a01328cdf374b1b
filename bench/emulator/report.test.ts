import { describe, expect, it } from 'vitest';
import { type Bar, figures, holds, median, pageWith, sectionOf, spread } from './report.ts';

const circumstances = {
  commit: 'abc1234',
  day: new Date('2026-11-28T12:00:00Z'),
  cores: 2,
  node: '24',
  ministack: '1.5.33',
};
const bar = (at: Bar['at'], measured: number): Bar => ({
  what: 'Speed',
  at,
  limit: 2.5,
  measured,
  unit: 'times',
});

describe('a bar', () => {
  it('that wants at least 2.5 holds at 2.5 and not below', () => {
    expect([2.6, 2.5, 2.4].map((measured) => holds(bar('least', measured)))).toEqual([true, true, false]);
  });

  it('that wants at most 2.5 holds at 2.5 and not above', () => {
    expect([2.4, 2.5, 2.6].map((measured) => holds(bar('most', measured)))).toEqual([true, true, false]);
  });

  it('does not hold when nothing was measured', () => {
    expect([holds(bar('least', Number.NaN)), holds(bar('most', Number.NaN))]).toEqual([false, false]);
  });
});

describe('figures', () => {
  it('are the middle of an odd number, and the mean of both middles of an even one', () => {
    expect([median([9, 1, 5]), median([1, 9, 3, 5])]).toEqual([5, 4]);
  });

  it('show what is worth reading', () => {
    expect([324.4, 48.44, 0.9234, 0, -12.3].map(figures)).toEqual(['324', '48.4', '0.92', '0', '-12.3']);
  });

  it('come with the lowest and the highest, one alone', () => {
    expect([spread([330, 301, 324]), spread([6.61])]).toEqual(['324 (301–330)', '6.6']);
  });
});

describe('the page', () => {
  const measured = {
    bars: [bar('least', 3)],
    tables: [{ head: ['Clients', 'Stock'], rows: [['1', '106']] }],
  };

  it('shows each part with its bars, its figures, and with what it was measured', () => {
    const section = sectionOf('invokes', measured, circumstances);
    expect(section).toContain(
      'with abc1234 on 2026-11-28, on a machine with 2 cores, Node 24 and MiniStack 1.5.33.',
    );
    expect(section).toContain('| Speed | at least 2.5 times | 3.0 times | yes |');
    expect(section).toContain('| Clients | Stock |\n| --- | ---: |\n| 1 | 106 |');
  });

  it('says of a bar that does not hold that it does not', () => {
    expect(sectionOf('invokes', { bars: [bar('least', 2)], tables: [] }, circumstances)).toContain(
      '| **no** |',
    );
  });

  it('keeps the parts that were not measured again, in the order of the parts', () => {
    const before = pageWith(
      '',
      new Map([
        ['soak', sectionOf('soak', measured, circumstances)],
        ['invokes', sectionOf('invokes', measured, circumstances)],
      ]),
    );
    const again = { ...circumstances, commit: 'def5678' };
    const after = pageWith(
      before,
      new Map([
        ['invokes', sectionOf('invokes', measured, again)],
        ['sagas', sectionOf('sagas', measured, again)],
      ]),
    );
    expect(after.match(/^## .*/gm)).toEqual(['## Warm invocations', '## Sagas', '## The story in a loop']);
    expect(after.match(/with (abc1234|def5678) on/g)).toEqual([
      'with def5678 on',
      'with def5678 on',
      'with abc1234 on',
    ]);
    expect(pageWith(after, new Map())).toBe(after);
  });
});
