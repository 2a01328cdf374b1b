import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { JUNCTIONS, ROADS } from '../contract.mumbai.ts';
import { arrivalOf, metersBetween, roadMeters, speedAfter, USUAL_SPEED } from './roads.ts';

const { colaba, bandraLinkingRoad, mahimCauseway, churchgate, csmt } = JUNCTIONS;

describe('the roads of Mumbai', () => {
  it('lead from everywhere to everywhere, and between places that are near each other', () => {
    for (const to of Object.values(JUNCTIONS)) expect(roadMeters(colaba, to)).toBeLessThan(60_000);
    for (const [from, to] of ROADS) {
      const meters = metersBetween(JUNCTIONS[from], JUNCTIONS[to]);
      expect(meters, `${from} ${to}`).toBeGreaterThan(200);
      expect(meters, `${from} ${to}`).toBeLessThan(7_000);
    }
  });

  it('are as long as on the map: from Bandra to Colaba some twenty kilometres, by Mahim and not over the Sea Link', () => {
    const meters = roadMeters(bandraLinkingRoad, colaba);
    expect(meters).toBeGreaterThan(19_000);
    expect(meters).toBeLessThan(26_000);
    // The way by the causeway is the shortest there is.
    expect(roadMeters(bandraLinkingRoad, mahimCauseway) + roadMeters(mahimCauseway, colaba)).toBeCloseTo(
      meters,
      3,
    );
  });

  it('are entered at their nearest point, and not at a junction', () => {
    const halfway = {
      latitude: (churchgate.latitude + csmt.latitude) / 2,
      longitude: (churchgate.longitude + csmt.longitude) / 2,
    };
    const whole = roadMeters(churchgate, csmt);
    expect(roadMeters(halfway, csmt)).toBeCloseTo(whole / 2, -1);
    expect(roadMeters(halfway, halfway)).toBe(0);
  });

  const inMumbai = fc.record({
    latitude: fc.double({ min: 18.89, max: 19.25, noNaN: true }),
    longitude: fc.double({ min: 72.78, max: 72.99, noNaN: true }),
  });

  property.prop([inMumbai, inMumbai], { numRuns: 200 })(
    'are never shorter than the straight line, and as long there as back',
    (from, to) => {
      const meters = roadMeters(from, to);
      expect(meters).toBeGreaterThanOrEqual(metersBetween(from, to) - 1);
      expect(meters).toBeLessThan(100_000);
      expect(roadMeters(to, from)).toBeCloseTo(meters, 3);
    },
  );
});

describe('the estimate', () => {
  const from = bandraLinkingRoad;
  const at = '2026-11-24T11:30:00.000Z';

  it('is the distance that is left at the speed of the rider', () => {
    const { meters, at: there } = arrivalOf({ from, to: colaba, speed: USUAL_SPEED }, at);
    expect((Date.parse(there) - Date.parse(at)) / 1000).toBeCloseTo(meters / USUAL_SPEED, 0);
    expect(arrivalOf({ from: colaba, to: colaba, speed: USUAL_SPEED }, at)).toEqual({ meters: 0, at });
  });

  it('follows the rider: nearer is sooner', () => {
    const far = arrivalOf({ from, to: colaba, speed: USUAL_SPEED }, at);
    const near = arrivalOf({ from: churchgate, to: colaba, speed: USUAL_SPEED }, at);
    expect(Date.parse(near.at)).toBeLessThan(Date.parse(far.at));
  });

  property.prop([
    fc.double({ min: 0, max: 1e6, noNaN: true }),
    fc.double({ min: -10, max: 1e4, noNaN: true }),
  ])('keeps a speed that somebody can have, whatever a telephone says', (meters, seconds) => {
    const speed = speedAfter(USUAL_SPEED, meters, seconds) * 3.6;
    expect(speed).toBeGreaterThanOrEqual(10);
    expect(speed).toBeLessThanOrEqual(40);
  });
});
