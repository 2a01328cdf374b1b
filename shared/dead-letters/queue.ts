/** Reading, sending back and discarding the dead letters of one queue. */
import { DeleteMessageCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { HELD_SECONDS, type Held, type Hold, holding, keep, urlOf } from './holding.ts';
import { type DeadLetter, FIRST_AT, REDRIVES, TRAIL } from './letter.ts';
import type { OUTCOMES, Worked } from './words.ts';

export interface Outcome {
  /** As it was sent, where it was edited. */
  readonly letter: DeadLetter;
  readonly outcome: (typeof OUTCOMES)[number];
  /** Where it was looked for. `no` also stands for a message that its consumer had nothing to do for. */
  readonly worked?: Worked;
  /** The name of the error, where it `failed`. A send without an answer may have been heard. */
  readonly reason?: string;
  /** It was sent back and could not be taken off: it lies here as well. */
  readonly stillHere?: true;
}

/** Which letters are meant. */
type Meant = (letter: DeadLetter) => boolean;

interface DryRun {
  /** Says what would happen, and does nothing. @default false */
  readonly dryRun?: boolean;
  /** What was read is all that is meant; else letters in somebody else's hands are waited for. @default it is */
  readonly isEnough?: (read: readonly DeadLetter[]) => boolean;
}

/** A queue that a letter goes back to. */
interface Target {
  readonly name: string;
  /** @throws {QueueDoesNotExist} there is no such queue (any more) */
  readonly url: () => Promise<string>;
}

interface Redrive extends DryRun {
  /** Whether the consumer has worked on the message that would be sent. @default not asked */
  readonly worked?: (letter: DeadLetter) => Promise<Worked>;
  /** The letter with another body, or undefined where that cannot be made. @default as it is */
  readonly edited?: (letter: DeadLetter) => DeadLetter | undefined;
  /** Waits for the turn of the next letter; false when there is no time left for it. @default at once */
  readonly turn?: () => Promise<boolean>;
}

/** What a look into a queue has seen. */
interface Look {
  /** The oldest first. */
  readonly letters: readonly DeadLetter[];
  /** How many lie there, as SQS counts; more than were read when there are very many, or somebody else is reading. */
  readonly waiting: number;
}

/** The dead letters of a queue, as {@link deadLetters} makes them. */
export interface DeadLetters {
  /** Reads all letters. They stay. */
  look(): Promise<Look>;
  /**
   * Sends the meant letters back to where they came from, then takes them off: one that was cut off in between
   * arrives twice, under the same trail, and its consumer works on an event once.
   */
  redrive(meant: Meant, options?: Redrive): Promise<readonly Outcome[]>;
  /** Takes the meant letters off for good. */
  discard(meant: Meant, options?: DryRun): Promise<readonly Outcome[]>;
}

/**
 * The dead letters of a queue. Each call reads the queue, up to a thousand letters; whoever else reads it at the same
 * time sees the rest. What is not meant is given back before anything is done.
 * @throws {QueueDoesNotExist} there is no such queue
 * @example
 * await deadLetters({ client, queue: 'irctc-booking-dead' }).redrive(({ error }) => error === 'PeerMissingError');
 */
export const deadLetters = ({
  client,
  queue,
  now = Date.now,
}: {
  readonly client: Pick<SQSClient, 'send'>;
  readonly queue: string;
  readonly now?: () => number;
}): DeadLetters => {
  const ports = { client, queue, now };

  /**
   * Does something with each letter that is meant, and says of each what became of it. In a FIFO queue what is behind ten
   * letters of a group shows when they are off, so there are rounds as long as some are taken off.
   */
  const each = async (
    meant: Meant,
    { isEnough, dryRun }: DryRun,
    work: Work,
  ): Promise<readonly Outcome[]> => {
    const until = now() + ROUNDS_MS;
    let last = await round(meant, work, isEnough);
    const before: Outcome[] = [];
    while (queue.endsWith('.fifo') && !dryRun && last.some(isOff) && now() < until) {
      before.push(...last.filter(isOff));
      // What is still here says so once more.
      last = await round(meant, work);
    }
    return [...before, ...last];
  };

  const round = (meant: Meant, work: Work, isEnough?: DryRun['isEnough']): Promise<readonly Outcome[]> =>
    holding(
      ports,
      async (hold) => {
        const chosen = hold.held.filter(({ letter }) => meant(letter));
        await hold.giveBack(hold.held.filter(({ letter }) => !meant(letter)));
        const outcomes: Outcome[] = [];
        for (const one of chosen) {
          // One that cannot be done is no reason to be silent about the others.
          const done = await work(one, hold).catch(
            (error: unknown) => ({ outcome: 'failed', reason: nameOf(error) }) as const,
          );
          outcomes.push({ letter: one.letter, ...done });
        }
        return outcomes;
      },
      isEnough,
    );

  /** Whether it is still in our hands, for as long again; if not, somebody else may have it by now. */
  const isOurs = async (one: Held, from: string): Promise<boolean> => {
    try {
      await keep(client, from, one, HELD_SECONDS);
    } catch (error) {
      if (!LOST.has(nameOf(error))) throw error;
      one.gone = true;
    }
    return !one.gone;
  };

  const remove = async (one: Held, from: string): Promise<void> => {
    await client.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle: one.message.ReceiptHandle }));
    one.gone = true;
  };

  const sendBack = async (one: Held, letter: DeadLetter, to: Target, { from }: Hold) => {
    if (!(await isOurs(one, from))) return { outcome: 'gone' } as const;
    await client.send(new SendMessageCommand(returned(letter, await to.url(), to.name)));
    // From here on it is sent, whatever becomes of this.
    const isOff = await remove(one, from).then(
      () => true,
      () => false,
    );
    return { outcome: 'sent back', ...(isOff ? {} : { stillHere: true as const }) } as const;
  };

  return {
    look: () =>
      holding(ports, async ({ held, waiting }) => ({
        letters: held.map(({ letter }) => letter).toSorted((a, b) => a.since.localeCompare(b.since)),
        waiting,
      })),

    redrive: (meant, options = {}) => {
      const addresses = new Map<string, Promise<string>>();
      // One look-up a queue, not a letter: a quarter of all calls.
      const addressOf = (name: string) => {
        const asked = addresses.get(name) ?? urlOf(client, name);
        addresses.set(name, asked);
        return asked;
      };
      return each(meant, options, async (one, hold) => {
        const { dryRun = false, worked = asIs, edited = same, turn = atOnce } = options;
        const target = one.letter.backTo?.split(':')[5];
        if (target === undefined) return { outcome: 'no way back' };
        const letter = edited(one.letter);
        if (letter === undefined) return { outcome: 'edit does not fit' };
        const known = await worked(letter);
        const seen = { letter, ...(known === undefined ? {} : { worked: known }) };
        if (known === 'yes') return { outcome: 'already processed', ...seen };
        if (dryRun) return { outcome: 'sent back', ...seen };
        if (!(await turn())) return { outcome: 'not reached', ...seen };
        const to = { name: target, url: () => addressOf(target) };
        return { ...seen, ...(await sendBack(one, letter, to, hold)) };
      });
    },

    discard: (meant, options = {}) =>
      each(meant, options, async (one, { from }) => {
        if (options.dryRun) return { outcome: 'discarded' };
        if (!(await isOurs(one, from))) return { outcome: 'gone' };
        await remove(one, from);
        return { outcome: 'discarded' };
      }),
  };
};

/** What is done with a letter; of one that it edits, the letter as it was sent. */
type Work = (one: Held, hold: Hold) => Promise<Omit<Outcome, 'letter'> & Partial<Pick<Outcome, 'letter'>>>;

/** After so long no further round begins. */
const ROUNDS_MS = 8_000;
const isOff = ({ outcome, stillHere }: Outcome): boolean =>
  (outcome === 'sent back' || outcome === 'discarded') && !stillHere;

const asIs = async (): Promise<Worked | undefined> => undefined;
const same = (letter: DeadLetter): DeadLetter => letter;
const atOnce = async (): Promise<boolean> => true;

/** What SQS says of a letter that we do not hold any more; the second is AWS's, for one that lies there again. */
const LOST: ReadonlySet<string> = new Set([
  'ReceiptHandleIsInvalid',
  'MessageNotInflight',
  'InvalidParameterValue',
]);

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'UnexpectedError');

/** The message as its consumer first got it, with the trail, and how often and since when it was sent back. */
const returned = (
  { trail, redrives, firstAt, body, group, attributes }: DeadLetter,
  QueueUrl: string,
  target: string,
): SendMessageCommand['input'] => {
  const times = String(redrives + 1);
  const kept = Object.fromEntries(
    Object.entries(attributes).filter(
      ([name]) =>
        !/^(RULE_ARN|TARGET_ARN|ERROR_\w+|EXHAUSTED_\w+|RETRY_\w+|RequestID|ErrorCode|ErrorMessage)$/.test(
          name,
        ),
    ),
  );
  return {
    QueueUrl,
    MessageBody: body,
    MessageAttributes: {
      ...kept,
      [TRAIL]: { DataType: 'String', StringValue: trail },
      [REDRIVES]: { DataType: 'Number', StringValue: times },
      [FIRST_AT]: { DataType: 'String', StringValue: firstAt },
    },
    // In a FIFO queue the same trail within five minutes would be taken for the same message.
    ...(target.endsWith('.fifo')
      ? { MessageGroupId: group ?? trail, MessageDeduplicationId: `${trail}-${times}` }
      : {}),
  };
};
