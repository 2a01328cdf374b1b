import { describe, expect, it } from 'vitest';
import { letterOf, lettersIn } from '../dead-letters.fixture.ts';
import { judgeDeadLetters } from './judge-dead-letters.ts';

const effect = { owner: 'call-back p1', name: 'e1' };
const sent = { trail: 't1', to: 'paytm-saga-call-back', redrives: 1, effect };
const judge = async (given: Parameters<typeof lettersIn>[1] & { kept?: object }, letter: object = sent) => {
  const { ports, lookedFor } = lettersIn(() => (given.kept ? [letterOf(given.kept)] : []), given);
  const { body } = await judgeDeadLetters(ports)({ body: { letters: [letter] } } as never);
  return { ...body.items[0], lookedFor };
};
const records = ['payments call-back p1 e1'];

describe('the verdict on a letter that was sent', () => {
  it('is that its consumer has worked on it, by its record', async () => {
    expect(await judge({ records, count: 1 })).toMatchObject({ trail: 't1', verdict: 'processed' });
  });

  it('is that it is back, with what is wrong now', async () => {
    expect(await judge({ kept: { redrives: 1, error: 'OtherError' } })).toMatchObject({
      verdict: 'back',
      letter: { error: 'OtherError', system: 'paytm-saga', redrives: 1 },
    });
  });

  it('is not that it is back when what lies there is the letter that could not be taken off', async () => {
    expect(await judge({ kept: { redrives: 0 }, records })).toMatchObject({ verdict: 'processed' });
  });

  it('is that it was worked off when it is nowhere, and never while it may be somewhere', async () => {
    const { effect: _, ...unknown } = sent;
    for (const letter of [sent, unknown]) {
      expect(await judge({}, letter)).toMatchObject({ verdict: 'worked off' });
      expect(await judge({ count: 1 }, letter)).toMatchObject({ verdict: 'under way' });
      expect(await judge({ inHand: 1 }, letter)).toMatchObject({ verdict: 'under way' });
    }
  });

  it('asks for no record but one of this consumer', async () => {
    const other = { ...sent, effect: { owner: 'payment_1', name: 'reserve_funds' } };
    expect(await judge({ records: ['payments payment_1 reserve_funds'] }, other)).toMatchObject({
      ...{ verdict: 'worked off', lookedFor: [] },
    });
    const none = { ...sent, to: 'paytm-saga-sweep' };
    expect(await judge({ records }, none)).toMatchObject({ verdict: 'worked off', lookedFor: [] });
  });

  it('is none for a queue that the city has not', async () => {
    await expect(judge({}, { ...sent, to: 'nobodys' })).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});
