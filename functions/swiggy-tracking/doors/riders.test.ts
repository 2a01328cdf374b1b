import { expect, it } from 'vitest';
import { RAVI, SURESH, trackingInMemory } from '../tracking.fixture.ts';
import { getRider } from './get-rider.ts';
import { heartbeat } from './heartbeat.ts';
import { refuseFrame } from './refuse-frame.ts';
import { registerRider } from './register-rider.ts';

const body = { name: 'Ravi Kumar', phone: '+919876543001', vehicle: 'bike' } as const;

it('a rider is registered, changed, and shown to themselves and the operator alone', async () => {
  const { ports } = trackingInMemory();
  const path = { riderId: RAVI };
  for (const profile of [body, { ...body, vehicle: 'scooter' as const }])
    expect(await registerRider(ports)({ path, body: profile } as never)).toEqual({
      status: 200,
      body: { id: RAVI, ...profile },
    });
  const asked = (subject: string, role: string, riderId = RAVI) =>
    getRider(ports)({ path: { riderId }, caller: { subject, roles: [role] } } as never);
  expect((await asked(RAVI, 'rider')).body).toMatchObject({ vehicle: 'scooter', phone: body.phone });
  expect((await asked('operator', 'operator')).body.id).toBe(RAVI);
  const unknown = { name: 'NotFoundError', facts: { what: 'rider', id: RAVI } };
  await expect(asked(SURESH, 'rider')).rejects.toMatchObject(unknown);
  await expect(asked('operator', 'operator', SURESH)).rejects.toMatchObject({ name: 'NotFoundError' });
  expect(await ports.riders.named(SURESH)).toEqual({ id: SURESH });
});

it('a heartbeat is answered by the time', async () => {
  const now = new Date('2026-11-24T11:30:00.000Z');
  expect(await heartbeat({ now: () => now })({} as never)).toEqual({ serverTime: now.toISOString() });
});

it('what is no command is refused with those that there are', async () => {
  await expect(refuseFrame()()).rejects.toMatchObject({
    name: 'InvalidInputError',
    facts: {
      issues: [{ field: 'frame.type', expected: 'one of subscribe, unsubscribe, chat, position, heartbeat' }],
    },
  });
});
