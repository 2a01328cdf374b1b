import { describe, expect, it } from 'vitest';
import { letterOf } from './letter.ts';

const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });

describe('a dead letter', () => {
  it('of EventBridge goes back to the queue that was its target', () => {
    const event = {
      id: 'e1',
      type: 'PaymentCompleted',
      correlationid: 'corr-1',
      traceparent: '00-abc-def-01',
    };
    expect(
      letterOf('notices-dead', {
        MessageId: 'm1',
        Body: JSON.stringify(event),
        Attributes: { SentTimestamp: '1700000000000' },
        MessageAttributes: {
          RULE_ARN: attribute('arn:aws:events:ap-south-1:1:rule/dabbawala/notices'),
          TARGET_ARN: attribute('arn:aws:sqs:ap-south-1:1:notices'),
          ERROR_CODE: attribute('NO_PERMISSIONS'),
          ERROR_MESSAGE: attribute('not allowed'),
        },
      }),
    ).toMatchObject({
      ...{
        kind: 'undelivered',
        trail: 'm1',
        consumer: 'notices',
        backTo: 'arn:aws:sqs:ap-south-1:1:notices',
      },
      ...{ error: 'NO_PERMISSIONS', message: 'not allowed', correlationId: 'corr-1', traceId: 'abc' },
      since: '2023-11-14T22:13:20.000Z',
    });
  });

  it('of Lambda names a position in a stream, to which no message leads back', () => {
    const given = {
      requestContext: {
        functionArn: 'arn:aws:lambda:ap-south-1:1:function:paytm-saga-relay-outbox',
        condition: 'RetryAttemptsExhausted',
      },
      DDBStreamBatchInfo: { shardId: 'shard-1' },
    };
    const letter = letterOf('relay-dead', { MessageId: 'm1', Body: JSON.stringify(given) });
    expect(letter).toMatchObject({
      kind: 'skipped',
      error: 'RetryAttemptsExhausted',
      consumer: 'paytm-saga-relay-outbox',
    });
    expect(letter).not.toHaveProperty('backTo');
  });

  it.each(['no JSON', 'null', '17', '[]'])('may be anything: %s', (Body) => {
    expect(letterOf('q', { MessageId: 'm1', Body })).toMatchObject({
      kind: 'moved',
      trail: 'm1',
      body: Body,
    });
  });
});
