/**
 * A process that redrives a queue, and is killed on the way by a signal that it cannot hear:
 * `node dying-redrive.fixture.ts <queue> <letter>`. It dies half-way through so many a letter: of the two calls that
 * change a queue for it, whichever comes first has been answered, and the other one never leaves. What it holds it
 * writes to standard output, a handle a line.
 */
import { writeSync } from 'node:fs';
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandOutput,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { deadLetters } from './index.ts';
import { openQueues } from './queues.fixture.ts';

const [queue = '', letter = ''] = process.argv.slice(2);
const STDOUT = 1;
const CHANGES_A_LETTER = 2;

const { client } = openQueues();
let left = (Number(letter) - 1) * CHANGES_A_LETTER + 1;

const send = (async (command: never) => {
  const answer: unknown = await client.send(command);
  const is = (kind: new (input: never) => object) => (command as object) instanceof kind;
  if (is(ReceiveMessageCommand)) {
    for (const { ReceiptHandle } of (answer as ReceiveMessageCommandOutput).Messages ?? [])
      writeSync(STDOUT, `${ReceiptHandle}\n`);
  }
  if (is(SendMessageCommand) || is(DeleteMessageCommand)) left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
  return answer;
}) as unknown as typeof client.send;

await deadLetters({ client: { send }, queue }).redrive(() => true);
