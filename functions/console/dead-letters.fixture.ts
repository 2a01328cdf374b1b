/** Queues of dead letters in memory, which do what `shared/dead-letters` does. */
import type {
  DeadLetter,
  DeadLetters,
  MoveTask,
  MoveTasks,
  Outcome,
} from '../../shared/dead-letters/index.ts';
import type { WorkRecord } from '../../shared/dead-letters/queues.ts';
import { NotFoundError } from '../../shared/errors/index.ts';
import type { SystemView } from './contract.ts';

export const letterOf = (over: Partial<DeadLetter>): DeadLetter => ({
  ...{ trail: 't1', kind: 'parked', queue: 'paytm-saga-parking', error: 'PeerMissingError' },
  ...{
    message: 'PeerMissingError: peer=bank',
    consumer: 'paytm-saga-call-back',
    body: '{"id":"e1","data":{"payment":"p1"}}',
  },
  backTo: 'arn:aws:sqs:ap-south-1:000000000000:paytm-saga-call-back',
  ...{ redrives: 0, firstAt: '2026-11-28T10:00:00.000Z', since: '2026-11-28T10:00:00.000Z', attributes: {} },
  ...over,
});

const SYSTEMS: readonly SystemView[] = [
  {
    ...{ functions: [], machines: [], alarms: [], events: { out: [], in: [] } },
    name: 'identity',
    queues: [],
  },
  {
    ...{ functions: [], machines: [], alarms: [], events: { out: [], in: [] } },
    name: 'paytm-saga',
    queues: [
      { name: 'paytm-saga-parking' },
      {
        name: 'paytm-saga-call-back',
        deadLetters: 'paytm-saga-call-back-dead',
        consumer: 'paytm-saga-call-back',
        remembers: { table: 'payments', owner: 'call-back {data.payment}', name: '{id}' },
      },
      {
        name: 'paytm-saga-sweep',
        deadLetters: 'paytm-saga-sweep-dead',
        consumer: 'paytm-saga-sweep',
      },
    ],
  },
];

interface Given {
  /** How many letters somebody else is reading in each queue. */
  readonly inHand?: number;
  /** The records of consumers: `<table> <owner> <name>`. */
  readonly records?: readonly string[];
  /** How many messages wait in every work queue. */
  readonly count?: number;
  /** How a task is that has been started, look by look; none: SQS refuses to start one. */
  readonly task?: readonly MoveTask[];
}

export const lettersIn = (
  kept: () => readonly DeadLetter[],
  { inHand = 0, records = [], count = 0, task = [] }: Given = {},
) => {
  const lookedFor: string[] = [];
  const asked: string[] = [];
  const sent: DeadLetter[] = [];
  const letters = (queue: string): DeadLetters => {
    asked.push(queue);
    const here = () => kept().filter((letter) => letter.queue === queue);
    return {
      look: async () => ({ letters: here(), waiting: here().length + inHand }),
      async redrive(meant, { dryRun, turn, worked, edited, isEnough } = {}) {
        isEnough?.(here());
        const outcomes: Outcome[] = [];
        for (const given of here().filter(meant)) {
          const letter = edited ? edited(given) : given;
          const known = letter && (await worked?.(letter));
          const seen = { letter: letter ?? given, ...(known === undefined ? {} : { worked: known }) };
          if (letter === undefined) outcomes.push({ letter: given, outcome: 'edit does not fit' });
          else if (known === 'yes') outcomes.push({ ...seen, outcome: 'already processed' });
          else if (!dryRun && !(await turn?.())) outcomes.push({ ...seen, outcome: 'not reached' });
          else {
            if (!dryRun) sent.push(letter);
            outcomes.push({ ...seen, outcome: 'sent back' });
          }
        }
        return outcomes;
      },
      async discard(meant, { isEnough } = {}) {
        isEnough?.(here());
        return here()
          .filter(meant)
          .map((letter) => ({ letter, outcome: 'discarded' }) as const);
      },
    };
  };
  const looks = [...task];
  const begun: string[] = [];
  const tasks = (queue: string): MoveTasks => ({
    newest: async () => (begun.length === 0 ? undefined : looks.length > 1 ? looks.shift() : looks[0]),
    start: async (rate) => {
      if (looks[0] === undefined) return { refused: 'InvalidAction' };
      begun.push(`${queue} at ${rate}`);
      return looks[0];
    },
    stop: async () => {
      if (begun.length === 0) throw new NotFoundError({ what: 'move task', id: queue });
      return { state: 'stopped', moved: 1, toMove: 2 };
    },
  });
  const isThere = async ({ table, owner, name }: WorkRecord) => {
    lookedFor.push(`${table} ${owner} ${name}`);
    return records.includes(`${table} ${owner} ${name}`);
  };
  const ports = { systems: async () => SYSTEMS, letters, tasks, isThere, countIn: async () => count };
  return { asked, begun, sent, lookedFor, ports };
};
