import { describe, expect, it } from 'vitest';
import {
  type ClassCode,
  JourneyDate,
  StationCode,
  TrainNumber,
} from '../../../functions/irctc-booking/contract.codes.ts';
import type { TrainView } from '../../../functions/irctc-booking/contract.trains.ts';
import { addressOf, chosenIn, completed, datesOf, linkTo, mistypedIn, todayIn } from './filter.ts';

const train = (number: string, runsOn: TrainView['runsOn'], coaches: TrainView['coaches']): TrainView => ({
  ...{
    number: TrainNumber.parse(number),
    name: 'Special',
    kilometres: 10,
    departs: '17:00',
    runsOn,
    coaches,
  },
  ...{ from: StationCode.parse('MMCT'), to: StationCode.parse('ST') },
});
const at = (number: string, date: string, cls: ClassCode) => ({
  ...{ train: TrainNumber.parse(number), date: JourneyDate.parse(date), class: cls },
});
/** A Sunday. */
const TODAY = '2026-11-29';
const TRAINS = [
  train('12002', ['Mon', 'Tue'], { CC: ['C1'] }),
  train('12951', ['Sat', 'Sun'], { '2A': ['A1'], '3A': ['B1'] }),
];
const of = (text: string) => chosenIn(new URLSearchParams(text));

describe('the chart in an address', () => {
  it('is the one that a link leads to', () => {
    const one = at('12951', '2026-12-05', '3A');
    const address = new URLSearchParams(linkTo(one).replace('#/chart?', ''));
    expect(chosenIn(address)).toEqual({ ...one, view: 'drawn' });
    expect(mistypedIn(address)).toBeUndefined();
  });

  it('has a berth and a view beside it', () => {
    const text = 'train=12951&date=2026-12-05&class=3A&berth=B1-23&view=table';
    expect(new URLSearchParams(addressOf(of(text))).toString()).toBe(text);
    expect(addressOf(of('view=sideways'))).toEqual({});
  });

  it.each([
    ['', undefined],
    ['train=', undefined],
    ['train=1295', '1295'],
    ['train=12951&date=2026-02-30', '2026-02-30'],
    ['class=AC3', 'AC3'],
    ['berth=B1', undefined],
  ])('is mistyped in %j at %s', (text, what) => {
    expect(mistypedIn(new URLSearchParams(text))).toBe(what);
  });
});

describe('the days of a train', () => {
  it('are those from yesterday to the opening of the sale on which it runs', () => {
    const [saturdays, ...all] = [['Sat'], ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']] as const;
    expect(datesOf({ runsOn: [...saturdays] }, TODAY).slice(0, 2)).toEqual(['2026-11-28', '2026-12-05']);
    const daily = datesOf({ runsOn: [...all.flat()] }, TODAY);
    expect([daily.length, daily[0], daily.at(-1)]).toEqual([62, '2026-11-28', '2027-01-28']);
  });

  it('are those of Asia/Kolkata', () => {
    expect(todayIn(Date.parse('2026-11-28T18:29:59Z'))).toBe('2026-11-28');
    expect(todayIn(Date.parse('2026-11-28T18:30:00Z'))).toBe('2026-11-29');
  });
});

describe('the chart that is shown', () => {
  const busy = [at('12951', '2026-12-12', '3A'), at('12951', '2026-12-13', '2A')];
  it.each([
    [
      'what stands in the address',
      'train=12951&date=2026-12-06&class=3A',
      [],
      at('12951', '2026-12-06', '3A'),
    ],
    ['where something happened last', '', busy, at('12951', '2026-12-12', '3A')],
    ['where it did of what stands there', 'class=2A', busy, at('12951', '2026-12-13', '2A')],
    ['the first there is', '', [], at('12002', '2026-11-30', 'CC')],
    ['the next day of the train that stands there', 'train=12951', [], at('12951', '2026-11-29', '2A')],
    ['also of a train in no list', 'train=00001', [], at('00001', TODAY, '3A')],
    ['also of a class that it has not', 'train=12002&class=SL', busy, at('12002', '2026-11-30', 'SL')],
  ] as const)('is %s', (_, text, where, expected) => {
    expect(completed(of(text), { trains: TRAINS, busy: where, today: TODAY })).toEqual(expected);
  });

  it('is none where there is no train', () => {
    expect(completed(of(''), { trains: [], busy: [], today: TODAY })).toBeUndefined();
  });
});
