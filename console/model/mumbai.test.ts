import { describe, expect, it } from 'vitest';
import { JUNCTIONS } from '../../functions/swiggy-tracking/contract.mumbai.ts';
import {
  isOnLand,
  isOnPaper,
  LOCALITIES,
  nearestTo,
  PAPER,
  pointOf,
  pointsOf,
  ROAD_LINES,
} from './mumbai.ts';

const at = (latitude: number, longitude: number) => ({ latitude, longitude });

describe('the map of Mumbai', () => {
  it.each(Object.entries(JUNCTIONS))('has %s on land, and on the paper', (_, junction) => {
    expect([isOnLand(junction), isOnPaper(junction)]).toEqual([true, true]);
  });

  it.each([
    ['the open sea', at(19.0, 72.78)],
    ['the bay of Mahim', at(19.034, 72.826)],
    ['Back Bay', at(18.938, 72.815)],
    ['the harbour', at(18.95, 72.88)],
    ['Thane Creek', at(19.06, 72.965)],
  ])('has %s in the water', (_, place) => {
    expect(isOnLand(place)).toBe(false);
  });

  it('has the north above and the east to the right, and as many metres a unit in both', () => {
    const [south, north, east] = [at(18.95, 72.83), at(19.05, 72.83), at(19.05, 72.93)].map(pointOf) as [
      { x: number; y: number },
      { x: number; y: number },
      { x: number; y: number },
    ];
    expect(north.y).toBeLessThan(south.y);
    expect(east.x).toBeGreaterThan(north.x);
    const narrow = Math.cos((19.01 * Math.PI) / 180);
    expect((east.x - north.x) / (south.y - north.y)).toBeCloseTo(narrow, 2);
  });

  it('has no room for Bengaluru, nor for Pune', () => {
    for (const place of [at(12.9793, 77.6406), at(18.5204, 73.8567)]) expect(isOnPaper(place)).toBe(false);
  });

  it('has every road, within the paper', () => {
    expect(ROAD_LINES).toHaveLength(52);
    for (const { x, y } of ROAD_LINES.flat()) {
      expect(x >= 0 && x <= PAPER.width && y >= 0 && y <= PAPER.height).toBe(true);
    }
    expect(pointsOf([{ x: 1, y: 2.345 }])).toBe('1.0,2.3');
  });

  it('names each place once, in both languages', () => {
    for (const language of ['en', 'hi'] as const) {
      const names = LOCALITIES.map(({ name }) => name[language]);
      expect(new Set(names).size).toBe(names.length);
    }
    for (const { name } of LOCALITIES) expect(name.hi).toMatch(/^[ऀ-ॿ ]+$/);
  });

  it('says what a place is near to, and of one far away nothing', () => {
    expect(nearestTo(at(19.055, 72.839))?.en).toBe('Bandra');
    expect(nearestTo(at(18.9, 72.81))?.en).toBe('Colaba');
    expect(nearestTo(at(18.5204, 73.8567))).toBeUndefined();
  });
});
