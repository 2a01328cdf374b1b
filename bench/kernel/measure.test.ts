import { expect, it } from 'vitest';
import { measured } from './measure.ts';
import { report } from './report.ts';

/** Whether it still runs and what it tells; its times are for the bench, when the machine does nothing else. */
it('bundles, loads and calls the kernel, and tells of each bar and each thing measured', async () => {
  const few = { count: 2, warmUp: 1 };
  const { bars, loaded, called } = await measured({ loads: few, calls: few });

  expect(bars.map(({ limit, unit }) => `${limit} ${unit}`)).toEqual(['125 kB', '1.5 times', '1 ms']);
  expect(bars.every(({ measured: found }) => Number.isFinite(found))).toBe(true);
  // No time, but a size: that one holds on every machine.
  expect(bars[0]?.measured).toBeLessThanOrEqual(125);
  expect(loaded.map(({ kb, loadMs }) => [kb > 10, loadMs > 0])).toEqual(Array(3).fill([true, true]));
  expect(called.every(({ ms }) => ms > 0)).toBe(true);

  const page = report(bars, loaded, called);
  for (const { what } of bars) expect(page).toContain(`| ${what} | `);
  for (const { bundle } of loaded) expect(page).toContain(`| ${bundle} | `);
  for (const { handler } of called) expect(page).toContain(`| ${handler} | `);
}, 60_000);
