/** Reading, sending back and discarding the dead letters of one queue. */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { type DeadLetter, letterOf, REDRIVES, TRAIL } from './letter.ts';

/** While it reads, others do not see what it holds; what could not be given back comes again after so long. */
const HELD_SECONDS = 60;
/** Short polling asks some of SQS's servers and may find nothing where there is something. */
const WAIT_SECONDS = 1;
/** So many are read at once; what is left is read by the next call. */
const MOST = 1_000;

/** What happened to a letter, or would. */
export interface Outcome {
  readonly letter: DeadLetter;
  readonly outcome: 'sent back' | 'discarded' | 'no way back';
}

/** Which letters are meant. */
export type Meant = (letter: DeadLetter) => boolean;

export interface DryRun {
  /** Says what would happen, and does nothing. @default false */
  readonly dryRun?: boolean;
}

/**
 * The dead letters of a queue. Each call reads the queue, up to a thousand letters; whoever else reads it at the same
 * time sees the rest.
 * @throws {QueueDoesNotExist} there is no such queue
 * @example
 * await deadLetters({ client, queue: 'irctc-booking-dead' }).redrive(({ error }) => error === 'PeerMissingError');
 */
export const deadLetters = ({ client, queue }: { client: SQSClient; queue: string }) => {
  const urlOf = async (name: string): Promise<string> =>
    (await client.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl ?? '';

  /** Holds every letter while work decides; what it leaves is given back at once. */
  const holding = async <T>(work: (held: readonly Held[], from: string) => Promise<T>): Promise<T> => {
    const from = await urlOf(queue);
    const held: Held[] = [];
    try {
      while (held.length < MOST) {
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({
            QueueUrl: from,
            MaxNumberOfMessages: 10,
            VisibilityTimeout: HELD_SECONDS,
            WaitTimeSeconds: WAIT_SECONDS,
            MessageAttributeNames: ['All'],
            MessageSystemAttributeNames: ['All'],
          }),
        );
        const fresh = Messages.filter(
          ({ MessageId }) => !held.some(({ message }) => message.MessageId === MessageId),
        );
        held.push(...fresh.map((message) => ({ message, letter: letterOf(queue, message), gone: false })));
        if (fresh.length === 0) break;
      }
      return await work(held, from);
    } finally {
      await Promise.all(
        held
          .filter(({ gone }) => !gone)
          .map(({ message: { ReceiptHandle } }) =>
            client.send(
              new ChangeMessageVisibilityCommand({ QueueUrl: from, ReceiptHandle, VisibilityTimeout: 0 }),
            ),
          ),
      );
    }
  };

  const remove = async (one: Held, from: string): Promise<void> => {
    await client.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle: one.message.ReceiptHandle }));
    one.gone = true;
  };

  /** Does something with each letter that is meant, and says of each what became of it. */
  const each = (meant: Meant, work: (one: Held, from: string) => Promise<Outcome['outcome']>) =>
    holding(async (held, from): Promise<readonly Outcome[]> => {
      const outcomes: Outcome[] = [];
      for (const one of held.filter(({ letter }) => meant(letter))) {
        outcomes.push({ letter: one.letter, outcome: await work(one, from) });
      }
      return outcomes;
    });

  return {
    /** All letters, the oldest first. They stay. */
    list: (): Promise<readonly DeadLetter[]> =>
      holding(async (held) =>
        held.map(({ letter }) => letter).toSorted((a, b) => a.since.localeCompare(b.since)),
      ),

    /**
     * Sends the meant letters back to where they came from, then takes them off: one that was cut off in between
     * arrives twice, under the same trail, and its consumer works on an event once.
     */
    redrive: (meant: Meant, { dryRun = false }: DryRun = {}): Promise<readonly Outcome[]> =>
      each(meant, async (one, from) => {
        const target = one.letter.backTo?.split(':')[5];
        if (target === undefined) return 'no way back';
        if (!dryRun) {
          await client.send(new SendMessageCommand(returned(one.letter, await urlOf(target), target)));
          await remove(one, from);
        }
        return 'sent back';
      }),

    /** Takes the meant letters off for good. */
    discard: (meant: Meant, { dryRun = false }: DryRun = {}): Promise<readonly Outcome[]> =>
      each(meant, async (one, from) => {
        if (!dryRun) await remove(one, from);
        return 'discarded';
      }),
  };
};

interface Held {
  readonly message: Message;
  readonly letter: DeadLetter;
  gone: boolean;
}

/** The message as its consumer first got it, with the trail and how often it was sent back. */
const returned = (
  { trail, redrives, body, group, attributes }: DeadLetter,
  QueueUrl: string,
  target: string,
): SendMessageCommand['input'] => {
  const times = String(redrives + 1);
  const kept = Object.fromEntries(
    Object.entries(attributes).filter(
      ([name]) => !/^(RULE_ARN|TARGET_ARN|ERROR_\w+|EXHAUSTED_\w+|RETRY_\w+)$/.test(name),
    ),
  );
  return {
    QueueUrl,
    MessageBody: body,
    MessageAttributes: {
      ...kept,
      [TRAIL]: { DataType: 'String', StringValue: trail },
      [REDRIVES]: { DataType: 'Number', StringValue: times },
    },
    // In a FIFO queue the same trail within five minutes would be taken for the same message.
    ...(target.endsWith('.fifo')
      ? { MessageGroupId: group ?? trail, MessageDeduplicationId: `${trail}-${times}` }
      : {}),
  };
};
