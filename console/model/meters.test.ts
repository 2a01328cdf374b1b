import { describe, expect, it } from 'vitest';
import { headingOf, metersBetween } from './meters.ts';

const HERE = { latitude: 19.0, longitude: 72.85 };
const by = (north: number, east: number) => ({
  latitude: HERE.latitude + north,
  longitude: HERE.longitude + east,
});

describe('two places', () => {
  it.each([
    ['north', by(0.01, 0), 0],
    ['east', by(0, 0.01), 90],
    ['south', by(-0.01, 0), 180],
    ['west', by(0, -0.01), 270],
  ])('one is seen in the %s of the other', (_, there, degrees) => {
    expect(headingOf(HERE, there)).toBeCloseTo(degrees, 5);
  });

  it('of which one is where the other is have no direction: a phone that lies still wanders', () => {
    expect(headingOf(HERE, HERE)).toBeUndefined();
    expect(headingOf(HERE, by(0.00005, 0))).toBeUndefined();
  });

  it('are as far from each other as the earth is large', () => {
    expect(metersBetween(HERE, by(0.01, 0))).toBeCloseTo(1_112, 0);
    expect(metersBetween(HERE, by(0, 0.01))).toBeCloseTo(1_112 * Math.cos((19 * Math.PI) / 180), 0);
  });
});
