import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from './whole.ts';

/** A queue's URL in the emulator's saved state: its port is that of the run that made it. */
const QUEUE_URL = /http:\/\/localhost:(\d+)\/(?=\d{12}\/)/g;

/** What people wrote and what was logged stays as it is. */
const THEIRS: ReadonlySet<string> = new Set(['dynamodb.json', 'cloudwatch_logs.json', 's3.json']);

/** Where the queues themselves are: read first, since it says where the state is at home; written last, when all is moved. */
const QUEUES = 'sqs.json';

/**
 * Lets a saved state go on at another port. The emulator knows a queue by its URL, port included, and looks for it under
 * the port that it has now: after a start on another one its pollers, rules and topics would find no queue any more, and
 * every consumer would be silent.
 *
 * @returns how many files of the state were changed
 */
export const moveQueuesTo = (port: number, state: string): number => {
  const queues = join(state, QUEUES);
  if (!existsSync(queues) || movedTo(port, queues) === undefined) return 0;
  const others = readdirSync(state).filter(
    (name) => name.endsWith('.json') && name !== QUEUES && !THEIRS.has(name),
  );
  return [...others, QUEUES].filter((name) => {
    const file = join(state, name);
    const moved = movedTo(port, file);
    if (moved === undefined) return false;
    // A file that was cut off would be a state that is lost.
    writeWhole(file, moved);
    return true;
  }).length;
};

/** What a file says at another port; nothing where that is what it says already. */
const movedTo = (port: number, file: string): string | undefined => {
  const before = readFileSync(file, 'utf8');
  const after = before.replaceAll(QUEUE_URL, `http://localhost:${port}/`);
  return after === before ? undefined : after;
};
