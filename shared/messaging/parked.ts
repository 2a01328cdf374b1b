/** Taking letters out of a parking queue, once what they asked a person for has been done. */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { sqsClient } from '../aws/clients.ts';
import { jsonOf } from '../json/index.ts';
import { remainingMs } from '../tracing/index.ts';
import { ParkedMessage } from './queue.ts';

/** Ten letters each; a queue with more has another trouble than this one. */
const MOST_PAGES = 10;
/** After so long, or half of what the invocation has left, no further page is asked for. */
const MOST_MS = 3_000;
/** Longer than all pages take, so that none comes twice; what could not be given back comes again after it. */
const HELD_SECONDS = 15;
/** Waiting asks every server of SQS: not waiting asks some, and may find nothing where there is something. */
const WAIT_SECONDS = 1;

export interface ParkedLetters {
  /**
   * Deletes the letters that are settled, and gives the others back at once. It reads ten pages of ten at most, for
   * three seconds at most. What another reader has in its hands meanwhile is not seen, and stays.
   *
   * @returns how many were deleted
   * @throws what the SDK throws; then letters may be left
   */
  takeOut(isSettled: (letter: ParkedMessage) => boolean): Promise<number>;
}

/** The letters of a system: `parkedLetters(env('PARKING_QUEUE'))`. */
export const parkedLetters = (
  QueueUrl: string,
  {
    client = sqsClient(),
    now = Date.now,
  }: { readonly client?: Pick<SQSClient, 'send'>; readonly now?: () => number } = {},
): ParkedLetters => ({
  async takeOut(isSettled) {
    const until = now() + Math.min(MOST_MS, remainingMs() / 2);
    const others: Message[] = [];
    let deleted = 0;
    try {
      for (let page = 1; page <= MOST_PAGES && now() < until; page += 1) {
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({
            QueueUrl,
            MaxNumberOfMessages: 10,
            VisibilityTimeout: HELD_SECONDS,
            WaitTimeSeconds: WAIT_SECONDS,
          }),
        );
        if (Messages.length === 0) break;
        const { settled = [], other = [] } = Object.groupBy(Messages, ({ Body }) => {
          const letter = letterIn(Body);
          return letter && isSettled(letter) ? 'settled' : 'other';
        });
        others.push(...other);
        for (const { ReceiptHandle } of settled) {
          await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
          deleted += 1;
        }
      }
    } finally {
      await Promise.all(
        others.map(({ ReceiptHandle }) =>
          client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 })),
        ),
      );
    }
    return deleted;
  },
});

/** Undefined for what is no letter of the house: SQS moved it here, or a person wrote it. */
const letterIn = (body = ''): ParkedMessage | undefined => ParkedMessage.safeParse(jsonOf(body)).data;
