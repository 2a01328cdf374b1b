/** Holding what lies in a queue while somebody looks at it, and giving it back. */
import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { type DeadLetter, letterOf } from './letter.ts';

/** While it reads, others do not see what it holds; what could not be given back comes again after so long. */
export const HELD_SECONDS = 60;
/** Short polling asks some of SQS's servers and may find nothing where there is something. */
const WAIT_SECONDS = 1;
/** So many are read at once; what is left is read by the next call. */
const MOST = 1_000;
/** A queue is read for so long at most, and whoever has its letters in hand is waited for so long. */
const READ_MS = 8_000;

/** A letter in our hands. */
export interface Held {
  message: Message;
  readonly letter: DeadLetter;
  /** Not ours any more: deleted, given back, or taken by somebody else. */
  gone: boolean;
}

export interface HoldPorts {
  readonly client: Pick<SQSClient, 'send'>;
  readonly queue: string;
  readonly now: () => number;
}

export interface Hold {
  /** The address of the queue. */
  readonly from: string;
  readonly held: readonly Held[];
  /** How many letters SQS counts, ours among them; an estimate, as all of its counts. */
  readonly waiting: number;
  /** Gives some back at once, so that others see them. */
  giveBack(some: readonly Held[]): Promise<void>;
}

/**
 * Holds every letter of a queue while work decides; what it leaves is given back. Of a FIFO queue SQS hands over ten of a
 * group, and more only when those are off.
 * @param isEnough what to look for is found. As long as it is not and somebody else has letters in hand, they are waited for
 * @throws {QueueDoesNotExist} there is no such queue
 */
export const holding = async <T>(
  { client, queue, now }: HoldPorts,
  work: (hold: Hold) => Promise<T>,
  isEnough: (read: readonly DeadLetter[]) => boolean = () => true,
): Promise<T> => {
  const from = await urlOf(client, queue);
  const arn = await arnOf(client, from);
  const held = new Map<string, Held>();
  const until = now() + READ_MS;
  const giveBack = async (some: readonly Held[]) => {
    // What is no longer ours is back already, and what cannot be given back now comes again by itself.
    await Promise.allSettled(
      some
        .filter(({ gone }) => !gone)
        .map(async (one) => {
          one.gone = true;
          await keep(client, from, one, 0);
        }),
    );
  };
  try {
    for (;;) {
      const fresh = await receive(client, from);
      let isNews = false;
      for (const message of fresh) {
        const { MessageId = '' } = message;
        const known = held.get(MessageId);
        // What comes again has a new handle; the old one opens nothing any more.
        if (known) known.message = message;
        else held.set(MessageId, { message, letter: letterOf(queue, message, arn), gone: false });
        isNews ||= known === undefined;
      }
      const isOver = held.size >= MOST || now() >= until;
      if (isOver || (!isNews && isEnough([...held.values()].map(({ letter }) => letter)))) break;
      if (!isNews && (await countOf(client, from)).inHand <= held.size) break;
    }
    const all = [...held.values()];
    const { visible, inHand } = await countOf(client, from);
    const waiting = Math.max(visible + inHand, all.length);
    return await work({ from, held: all, waiting, giveBack });
  } finally {
    await giveBack([...held.values()]);
  }
};

/** Hides a letter for so many seconds from now on; none gives it back. */
export const keep = (
  client: HoldPorts['client'],
  QueueUrl: string,
  { message: { ReceiptHandle } }: Held,
  VisibilityTimeout: number,
) => client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));

/** @throws {QueueDoesNotExist} there is no such queue */
export const urlOf = async (client: HoldPorts['client'], name: string): Promise<string> =>
  (await client.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl ?? '';

const arnOf = async (client: HoldPorts['client'], QueueUrl: string): Promise<string | undefined> => {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  return Attributes?.QueueArn;
};

/** How many messages a queue has, as SQS counts them: an estimate. */
export const countOf = async (
  client: HoldPorts['client'],
  QueueUrl: string,
): Promise<{ readonly visible: number; readonly inHand: number }> => {
  const names = [
    'ApproximateNumberOfMessages',
    'ApproximateNumberOfMessagesDelayed',
    'ApproximateNumberOfMessagesNotVisible',
  ] as const;
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] }),
  );
  const [visible = 0, delayed = 0, inHand = 0] = names.map((name) => Number(Attributes[name] ?? 0));
  return { visible: visible + delayed, inHand };
};

const receive = async (client: HoldPorts['client'], QueueUrl: string): Promise<readonly Message[]> => {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: HELD_SECONDS,
      WaitTimeSeconds: WAIT_SECONDS,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    }),
  );
  return Messages;
};
