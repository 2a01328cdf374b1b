import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { DeadLetter } from '../../shared/dead-letters/index.ts';
import { waitFor } from '../../shared/testing/index.ts';
import { ROOT } from '../cloud/paths.ts';
import { openCity } from '../e2e/city.ts';
import { faultsIn } from '../e2e/faults.ts';
import { queuesOf } from '../e2e/queues.ts';
import { onStock } from '../e2e/stock.ts';

const { city, run } = openCity();
const NOTICES = 'paytm-saga-deliver-notice';
const PARKING = 'paytm-saga-parking';

const dlq = async (...args: string[]): Promise<string> =>
  (
    await promisify(execFile)(process.execPath, [join(ROOT, 'localstack/cli/main.ts'), 'dlq', ...args], {
      cwd: ROOT,
    })
  ).stdout;
const lettersWith = async (text: string): Promise<DeadLetter[]> =>
  (JSON.parse(await dlq('list', '--queue', PARKING, '--json')) as DeadLetter[]).filter(({ body }) =>
    body.includes(text),
  );

describe('dabba dlq', () => {
  it('lists a poisoned message, shows it, sends it back under its trail as often as asked, and discards it', async () => {
    const poison = `poison-${run}-dlq`;
    const trail = await queuesOf(city).send(NOTICES, { id: poison, correlationid: 'corr-dlq' });
    const letter = (redrives: number) =>
      waitFor(
        async () => {
          const [found, ...others] = await lettersWith(poison);
          expect(others).toEqual([]);
          return found?.redrives === redrives ? found : undefined;
        },
        { what: `the letter, sent back ${redrives} times`, timeoutMs: 30_000 },
      );
    expect(await letter(0)).toMatchObject({
      ...{ kind: 'parked', queue: PARKING, error: 'InvalidInputError', consumer: NOTICES, trail },
      ...{ correlationId: 'corr-dlq', backTo: expect.stringContaining(`:${NOTICES}`) },
    });
    expect(JSON.parse(await dlq('show', trail.slice(0, 13)))).toMatchObject({ trail, redrives: 0 });

    expect(await dlq('redrive', trail, '--dry-run')).toMatch(`would be sent back: ${trail} to ${NOTICES}`);
    expect(await lettersWith(poison)).toMatchObject([{ redrives: 0 }]);

    for (const times of [1, 2]) {
      expect(await dlq('redrive', trail)).toMatch(`sent back: ${trail} to ${NOTICES}`);
      expect((await letter(times)).trail).toBe(trail);
    }
    const edited = ['--edit', '/id="mended"', '--rate', '5', '--dry-run'];
    expect(await dlq('redrive', trail, ...edited)).toMatch(`would be sent back: ${trail} to ${NOTICES}`);
    await expect(dlq('redrive', trail, '--edit', '/none=1')).rejects.toMatchObject({
      ...{ code: 1, stdout: expect.stringContaining(`not sent back: ${trail}, edit does not fit`) },
    });
    expect(await dlq('discard', trail)).toMatch(`discarded: ${trail}`);
    expect(await lettersWith(poison)).toEqual([]);
  });

  it('sends a whole queue back by SQS’s own task where there is one, and says by which way', async () => {
    const dead = `${NOTICES}-dead`;
    const poison = `poison-${run}-whole`;
    const queues = queuesOf(city);
    const all = (...more: string[]) => dlq('redrive', '--queue', dead, '--all', ...more);
    const way = onStock() ? /^1 sent back from .* letter by letter: SQS refused/ : /^1 sent back .* own task/;
    await faultsIn(city).whileCutOff(NOTICES, async () => {
      await queues.send(NOTICES, { id: poison });
      await queues.bury(NOTICES, dead);
      expect(await all('--dry-run')).toMatch(/^1 would be sent back/);
      expect(await all('--keep-trails', '--dry-run')).toContain('letter by letter: trails are kept');
      expect(await all('--rate', '5')).toMatch(way);
    });
    // Its consumer got it, and parked it with its reason.
    expect(await queues.parked(PARKING, poison)).toMatchObject({ error: 'InvalidInputError' });
    await expect(dlq('stop', '--queue', dead)).rejects.toMatchObject({
      ...{ code: 1, stderr: expect.stringContaining('No task of SQS') },
    });
  });

  it('does nothing when no letter was named', async () => {
    await expect(dlq('discard', '--queue', PARKING)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('nothing was done'),
    });
  });
});
