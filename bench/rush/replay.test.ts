import { expect, it } from 'vitest';
import { unpaidKeepsItsPlaces } from '../../functions/irctc-booking/rush/planted-defects.fixture.ts';
import { replay } from './replay.ts';

const told = async (seed: number, defect = {}): Promise<{ lines: string[]; held: boolean }> => {
  const lines: string[] = [];
  return { lines, held: await replay({ seed, size: 'small', defect, write: (line) => lines.push(line) }) };
};

it('tells who asked, what was told, and that every law held', async () => {
  const { lines, held } = await told(7);
  expect(held).toBe(true);
  expect(lines[0]).toMatch(/\d+ people; TQ \d+ berths, \d+ may wait; .*the chart: (amid|late|never)$/);
  expect(lines.at(-1)).toBe('Every law held.');
  expect(lines.some((line) => /^\d\d:\d\d:\d\d customer_\d+ asks for \d in [A-Z]{2} with /.test(line))).toBe(
    true,
  );
  expect(lines.some((line) => line.includes('irctc-booking.BookingMoved'))).toBe(true);
});

it('tells which law did not hold', async () => {
  let seed = 0;
  let broken = await told(seed, unpaidKeepsItsPlaces);
  for (; broken.held && seed < 200; broken = await told(seed, unpaidKeepsItsPlaces)) seed += 1;
  expect(broken.held).toBe(false);
  expect(broken.lines.at(-1)).toMatch(/^It does not hold that /);
});
