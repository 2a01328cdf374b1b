import { expect, it } from 'vitest';
import { routes } from '../../../functions/console/contract.ts';
import { openCity } from '../city.ts';
import { faultsIn } from '../faults.ts';
import { queuesOf } from '../queues.ts';
import { onStock } from '../stock.ts';

const { city, run, stage } = openCity();
const operator = stage.as(stage.operator, 'console', routes);
const NOTICES = 'paytm-saga-deliver-notice';
const queue = `${NOTICES}-dead`;

it('an operator sends a whole queue back by SQS’s own task, by the rights of the console alone', async () => {
  const queues = queuesOf(city);
  const poison = `poison-${run}-queue`;
  await faultsIn(city).whileCutOff(NOTICES, async () => {
    await queues.send(NOTICES, { id: poison });
    await queues.bury(NOTICES, queue);
    const { body } = await operator.redriveDeadQueue({
      path: { queue },
      body: { ratePerSecond: 5 } as never,
    });
    expect(body).toMatchObject(
      onStock()
        ? { way: 'letter by letter', because: 'SQS refused', moved: 1 }
        : { way: 'move task', moved: 1, task: { state: 'completed' }, items: [] },
    );
  });
  expect(await queues.parked('paytm-saga-parking', poison)).toMatchObject({ error: 'InvalidInputError' });
  await expect(operator.stopDeadQueue({ path: { queue } })).rejects.toMatchObject({ name: 'NotFoundError' });
  const parking = { path: { queue: 'paytm-saga-parking' }, body: { dryRun: true } as never };
  expect((await operator.redriveDeadQueue(parking)).body.way).toBe('letter by letter');
});
