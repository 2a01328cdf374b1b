import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { RunEvent } from '../contract.ts';
import { runEvent } from './events.ts';
import { SHOWN_BYTES } from './runs.ts';

const common = { id: 7, previousEventId: 6, timestamp: new Date('2026-11-28T10:00:00.123Z') };

describe('an event of a history', () => {
  it('shows what it says as facts, and what was put in or out as payloads', () => {
    const event = {
      ...common,
      type: 'TaskFailed',
      taskFailedEventDetails: {
        resourceType: 'lambda',
        resource: 'invoke',
        error: 'TransientError',
        cause: '{"errorMessage":"paise 9007199254740993"}',
      },
    };
    expect(runEvent(event)).toEqual({
      ...{ id: 7, previous: 6, at: '2026-11-28T10:00:00.123Z', type: 'TaskFailed' },
      facts: { resourceType: 'lambda', resource: 'invoke', error: 'TransientError' },
      // As text, so that the number stays what it is.
      payloads: { cause: { size: 41, text: '{"errorMessage":"paise 9007199254740993"}' } },
    });
  });

  it('leaves a long payload out of a list, with its size, and gives it whole when that is asked for', () => {
    const input = JSON.stringify({ note: 'ल'.repeat(SHOWN_BYTES) });
    const event = { ...common, type: 'TaskStateEntered', stateEnteredEventDetails: { name: 'Open', input } };
    expect(runEvent(event).payloads).toEqual({ input: { size: Buffer.byteLength(input) } });
    expect(runEvent(event, true).payloads.input?.text).toBe(input);
  });

  it('says that a payload was cut by Step Functions, and nothing where it was not', () => {
    const details = { name: 'Open', inputDetails: { truncated: true }, outputDetails: { truncated: false } };
    const { facts, payloads } = runEvent({ ...common, type: 'X', stateEnteredEventDetails: details });
    expect(facts).toEqual({ name: 'Open', inputTruncated: true });
    expect(payloads).toEqual({});
  });

  it('keeps what nobody here knows, as JSON', () => {
    const event = {
      ...common,
      type: 'NewTomorrow',
      newTomorrowEventDetails: { how: { deep: [1] }, often: 3 },
    };
    expect(runEvent(event)).toMatchObject({
      type: 'NewTomorrow',
      facts: { often: 3 },
      payloads: { how: { size: 12, text: '{"deep":[1]}' } },
    });
  });

  test.prop([fc.dictionary(fc.string(), fc.jsonValue()), fc.string()])(
    'is an answer of the contract, whatever its details are',
    (details, type) => {
      const shown = runEvent({ ...common, type, someEventDetails: details });
      expect(RunEvent.parse(shown)).toEqual(shown);
    },
  );
});
