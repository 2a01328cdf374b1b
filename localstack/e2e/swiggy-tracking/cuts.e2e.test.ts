import { afterAll, expect, it } from 'vitest';
import { waitFor } from '../../../shared/testing/index.ts';
import { openCity } from '../city.ts';
import { trackingIn } from './orders.ts';

/** DABBA_CUTS=1000 cuts a thousand times instead. */
const CUTS = Number(process.env.DABBA_CUTS ?? 24);
const DEVICES = 4;

const tracking = trackingIn(openCity());
afterAll(() => tracking.close());

it('over forced reconnects nothing is lost, and nothing comes twice to the application', async () => {
  const order = tracking.order('rider_cuts');
  await order.tells(order.placed());
  const { id: orderId, customer } = order;
  const path = { orderId };
  await waitFor(() => tracking.operator.readLog({ path, query: {} }), {
    what: 'the order to be known',
    timeoutMs: 60_000,
  });
  const devices = Array.from({ length: DEVICES }, () => tracking.person(customer, 'customer'));
  for (const device of devices) device.follow(orderId);
  let told = 1;
  let cuts = 0;
  await Promise.all(
    devices.map(async (device, n) => {
      for (let round = 0; round < CUTS / DEVICES; round += 1) {
        await waitFor(() => device.opened() > round, {
          what: 'the connection to be there again',
          timeoutMs: 60_000,
          everyMs: 5,
        });
        if (n === 0) {
          await order.tells(order.rides(told % 2 === 1 ? 'RIDER_ASSIGNED' : 'RIDER_UNASSIGNED'));
          told += 1;
        }
        device.cut();
        cuts += 1;
      }
    }),
  );
  expect(cuts).toBe(CUTS);
  await Promise.all(devices.map((device) => device.has(told)));
  const whole = Array.from({ length: told }, (_, n) => n + 1);
  for (const { items } of devices) expect(items.map(({ sequence }) => sequence)).toEqual(whole);
}, 900_000);
