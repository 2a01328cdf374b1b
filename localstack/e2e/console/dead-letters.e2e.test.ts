import { describe, expect, it } from 'vitest';
import { routes } from '../../../functions/console/contract.ts';
import { client } from '../../../shared/http/index.ts';
import { newId, uuidV7 } from '../../../shared/ids/index.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { openCity } from '../city.ts';
import { queuesOf } from '../queues.ts';

const { city, stage, run } = openCity();
const NOTICES = 'paytm-saga-deliver-notice';
const PARKING = 'paytm-saga-parking';
const queues = queuesOf(city);
const viewer = stage.as(stage.subject(`viewer-${run}`, 'viewer'), 'console', routes);

const payment = newId('payment', uuidV7);
const recipient = newId('user', uuidV7);

/** A notice that its consumer parks at once, since it does not know the kind. */
const poison = (name: string) => ({
  ...{ specversion: '1.0', id: `poison-${run}-${name}`, source: 'paytm-saga' },
  ...{ type: 'paytm-saga.NoticeRequested', time: '2026-11-29T00:00:00.000Z', subject: payment },
  ...{ datacontenttype: 'application/json', dataschema: 'urn:dabbawala:paytm-saga.NoticeRequested:1' },
  ...{ correlationid: `corr-${run}-${name}`, traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
  data: { payment, kind: 'telegram', recipient, amount: 900 },
});
const parked = async (name: string): Promise<string> => {
  const trail = await queues.send(NOTICES, poison(name));
  await waitFor(async () => (await listed(trail)) !== undefined, {
    what: `the letter of ${name}`,
    timeoutMs: 30_000,
  });
  return trail;
};
const listed = async (trail: string) => {
  const { items } = (await viewer.listDeadLetters({ query: { queue: PARKING, limit: 500 } })).body;
  return items.find((letter) => letter.trail === trail);
};

describe('the desk of dead letters', () => {
  it('lists a letter with its reason and its way back, and leaves it to whoever looks next', async () => {
    const trail = await parked('listed');
    const everywhere = (await viewer.listDeadLetters({ query: { limit: 500 } })).body;
    expect(everywhere.waiting).toBeGreaterThanOrEqual(everywhere.read);
    expect(everywhere.items.find((letter) => letter.trail === trail)).toMatchObject({
      ...{ kind: 'parked', queue: PARKING, system: 'paytm-saga', error: 'InvalidInputError' },
      ...{ consumer: NOTICES, backTo: NOTICES, redrives: 0, attempts: 1, about: payment },
      ...{ traceId: 'a'.repeat(32), correlationId: `corr-${run}-listed` },
    });
    const [letter, ...others] = (await viewer.getDeadLetter({ path: { trail }, query: {} })).body.items;
    expect(others).toEqual([]);
    expect(JSON.parse(letter?.body.text ?? '')).toEqual(poison('listed'));
    const none = { query: { queue: PARKING, error: 'NobodysError' } };
    expect((await viewer.listDeadLetters(none)).body).toMatchObject({ items: [], found: 0 });
  });

  it('shows letters to two people at once, and says what one of them did not see', async () => {
    const trail = await parked('shared');
    const query = { queue: PARKING, limit: 500 };
    const looks = await Promise.all([1, 2].map(() => viewer.listDeadLetters({ query })));
    for (const { body } of looks) expect(body.waiting).toBeGreaterThanOrEqual(body.read);
    await waitFor(async () => (await listed(trail)) !== undefined, {
      what: 'the letter to be back',
      timeoutMs: 5_000,
    });
  });

  it('refuses what is no name, by the field, and knows no other queue', async () => {
    for (const [field, query] of [
      ['query.queue', { queue: `${PARKING}' OR 1=1 --` }],
      ['query.error', { error: '{"$ne":null}' }],
      ['query.limit', { limit: 100_000 }],
    ] as const) {
      await expect(viewer.listDeadLetters({ query }), field).rejects.toMatchObject({
        name: 'InvalidInputError',
        facts: { issues: [{ field }] },
      });
    }
    for (const queue of [NOTICES, 'nobodys-dead']) {
      await expect(viewer.listDeadLetters({ query: { queue } })).rejects.toMatchObject({
        name: 'NotFoundError',
      });
    }
    await expect(viewer.getDeadLetter({ path: { trail: 'nobodys' }, query: {} })).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('is open to viewers and operators alone', async () => {
    const baseUrl = city.systems.console?.url ?? '';
    const nobody = client({ baseUrl, peer: 'console' }, routes);
    await expect(nobody.listDeadLetters({ query: {} })).rejects.toMatchObject({
      name: 'UnauthenticatedError',
    });
    const customer = stage.as(stage.subject(`user_${crypto.randomUUID()}`, 'customer'), 'console', routes);
    await expect(customer.listDeadLetters({ query: {} })).rejects.toMatchObject({ name: 'ForbiddenError' });
    const operator = stage.as(stage.operator, 'console', routes);
    expect((await operator.listDeadLetters({ query: { limit: 1 } })).status).toBe(200);
  });
});
