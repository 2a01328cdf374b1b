import { afterAll, describe, expect, it } from 'vitest';
import { routes } from '../../../functions/console/contract.ts';
import { client } from '../../../shared/http/index.ts';
import { newId, uuidV7 } from '../../../shared/ids/index.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { openCity } from '../city.ts';
import { queuesOf } from '../queues.ts';
import { tableOf } from '../table.ts';

const { city, stage, run } = openCity();
/** A look receives every letter, and hides it meanwhile. */
const LOOK_EVERY_MS = 500;
const NOTICES = 'paytm-saga-deliver-notice';
const PARKING = 'paytm-saga-parking';
const queues = queuesOf(city);
const table = tableOf(city, 'paytm-saga', 'PaymentsName');
const viewer = stage.as(stage.subject(`viewer-${run}`, 'viewer'), 'console', routes);

const payment = newId('payment', uuidV7);
const recipient = newId('user', uuidV7);

const operator = stage.as(stage.operator, 'console', routes);

/** A notice that its consumer parks at once, since it does not know the kind. */
const poison = (name: string) => ({
  ...{ specversion: '1.0', id: `poison-${run}-${name}`, source: 'paytm-saga' },
  ...{ type: 'paytm-saga.NoticeRequested', time: '2026-11-29T00:00:00.000Z', subject: payment },
  ...{ datacontenttype: 'application/json', dataschema: 'urn:dabbawala:schema:paytm-saga.NoticeRequested:1' },
  ...{ correlationid: `corr-${run}-${name}`, traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
  data: { payment, kind: 'telegram', recipient, amount: 900 },
});
const parked = async (name: string): Promise<string> => {
  const trail = await queues.send(NOTICES, poison(name));
  trails.push(trail);
  await waitFor(async () => (await listed(trail)) !== undefined, {
    what: `the letter of ${name}`,
    timeoutMs: 30_000,
    everyMs: LOOK_EVERY_MS,
  });
  return trail;
};
const trails: string[] = [];
afterAll(() => operator.discardDeadLetters({ body: { trails, queue: PARKING } }));
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

  it('sends a letter back, under its trail, and tells when it is back; another one is discarded', async () => {
    const [trail, other] = [await parked('again'), await parked('other')];
    const dry = (await operator.redriveDeadLetters({ body: { trails: [trail], dryRun: true } })).body;
    expect(dry).toMatchObject({ dryRun: true, items: [{ trail, outcome: 'sent back', redrives: 0 }] });
    expect(await listed(trail)).toMatchObject({ redrives: 0 });

    const body = { trails: [trail, 'nobodys'], ratePerSecond: 5 };
    expect((await operator.redriveDeadLetters({ body })).body.items).toMatchObject([
      { trail, outcome: 'sent back', queue: PARKING, to: NOTICES, redrives: 1, about: payment },
      { trail: 'nobodys', outcome: 'gone' },
    ]);
    const back = await waitFor(() => listed(trail), {
      what: 'the letter to fail again',
      timeoutMs: 30_000,
      everyMs: LOOK_EVERY_MS,
    });
    expect(back).toMatchObject({ trail, redrives: 1, error: 'InvalidInputError' });
    expect(back.firstAt < back.since).toBe(true);

    const discarded = await operator.discardDeadLetters({ body: { trails: [trail, other] } });
    expect(discarded.body.items.map(({ outcome }) => outcome)).toEqual(['discarded', 'discarded']);
    const again = await operator.discardDeadLetters({ body: { trails: [trail] } });
    expect(again.body.items).toEqual([{ trail, outcome: 'gone' }]);
    expect([await listed(trail), await listed(other)]).toEqual([undefined, undefined]);
  });

  it('knows what was worked on: a letter is sent once, and the same message another time not at all', async () => {
    const event = { ...poison('once'), data: { ...poison('once').data, kind: 'receipt' } };
    /** As a consumer parks what failed in it: it is mended by now. */
    const lie = async (messageId: string) => {
      trails.push(messageId);
      await queues.send(PARKING, {
        ...{ error: 'PeerMissingError', message: 'PeerMissingError: peer=bank', consumer: NOTICES },
        ...{ body: JSON.stringify(event), source: `arn:aws:sqs:${city.region}:000000000000:${NOTICES}` },
        ...{ messageId, parkedAt: new Date().toISOString() },
      });
      return messageId;
    };
    const redrive = async (trail: string, dryRun: boolean) => {
      const { items } = (await operator.redriveDeadLetters({ body: { trails: [trail], dryRun } })).body;
      expect(items).toHaveLength(1);
      return items[0];
    };
    const delivered = async () =>
      (await table.under(`PAYMENT#${payment}`)).filter(({ sk }) => String(sk).startsWith('NOTICE#'));

    const trail = await lie(`m-${run}-1`);
    expect(await redrive(trail, true)).toMatchObject({ outcome: 'sent back', worked: 'no' });
    expect(await delivered()).toEqual([]);
    const sent = await redrive(trail, false);
    expect(sent).toMatchObject({ trail, outcome: 'sent back', to: NOTICES, redrives: 1 });
    const { effect = { owner: '', name: '' } } = sent ?? {};
    const letters = [{ trail, to: NOTICES, redrives: 1, effect }];
    await waitFor(
      async (seen) => {
        const [verdict] = (await viewer.judgeDeadLetters({ body: { letters } })).body.items;
        seen(verdict);
        return verdict?.verdict === 'processed';
      },
      { what: 'the consumer to have a record', timeoutMs: 30_000 },
    );
    expect(await delivered()).toHaveLength(1);

    const again = await lie(`m-${run}-2`);
    for (const dryRun of [true, false]) {
      expect(await redrive(again, dryRun)).toMatchObject({ outcome: 'already processed', worked: 'yes' });
    }
    expect(await listed(again)).toMatchObject({ redrives: 0 });
    expect(await delivered()).toHaveLength(1);
  });

  it('edits a message at the places that are named: what was poison is worked on, and was not seen whole', async () => {
    const trail = await parked('edited');
    const edits = (json: string, path = '/data/kind') => ({ [trail]: [{ path, json }] });
    const redrive = async (edits: { [trail: string]: { path: string; json: string }[] }) =>
      (await operator.redriveDeadLetters({ body: { trails: [trail], queue: PARKING, edits } })).body.items;
    await expect(redrive(edits('"***"'))).rejects.toMatchObject({
      ...{ name: 'InvalidInputError', facts: { issues: [{ field: `body.edits.${trail}.0.json` }] } },
    });
    expect(await redrive(edits('1', '/data/none'))).toMatchObject([{ outcome: 'edit does not fit' }]);
    expect(await listed(trail)).toMatchObject({ redrives: 0 });
    const [sent] = await redrive(edits('"merchant_notice"'));
    expect(sent).toMatchObject({ trail, outcome: 'sent back', worked: 'no', redrives: 1 });
    const { effect = { owner: '', name: '' } } = sent ?? {};
    const letters = [{ trail, to: NOTICES, redrives: 1, effect }];
    await waitFor(
      async (seen) => {
        const [verdict] = (await viewer.judgeDeadLetters({ body: { letters } })).body.items;
        seen(verdict);
        return verdict?.verdict === 'processed';
      },
      { what: 'the edited message to be worked on', timeoutMs: 30_000 },
    );
    const notices = await table.under(`PAYMENT#${payment}`);
    expect(notices.find(({ sk }) => sk === 'NOTICE#merchant_notice')).toMatchObject({ recipient });
  });

  it('refuses more than it takes, and leaves what it refuses', async () => {
    const refused = (body: object) => operator.redriveDeadLetters({ body: body as never });
    for (const body of [
      { trails: [] },
      { trails: Array.from({ length: 101 }, (_, n) => `t${n}`) },
      { trails: ['t1'], all: true },
      { trails: ["t1' OR '1'='1"] },
    ]) {
      await expect(refused(body)).rejects.toMatchObject({ name: 'InvalidInputError' });
    }
    const trails = ['t1', 'x'.repeat(70_000)];
    await expect(refused({ trails })).rejects.toMatchObject({ name: 'BodyTooLargeError' });
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
    for (const who of [viewer, customer]) {
      const body = { trails: ['t1'] };
      await expect(who.redriveDeadLetters({ body })).rejects.toMatchObject({ name: 'ForbiddenError' });
      await expect(who.discardDeadLetters({ body })).rejects.toMatchObject({ name: 'ForbiddenError' });
    }
    expect((await operator.listDeadLetters({ query: { limit: 1 } })).status).toBe(200);
  });
});
