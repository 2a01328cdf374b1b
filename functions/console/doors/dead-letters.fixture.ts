/** Queues of dead letters in memory, which do what `shared/dead-letters` does. */
import type { DeadLetter, DeadLetters, Outcome } from '../../../shared/dead-letters/index.ts';
import type { WorkRecord } from '../../../shared/dead-letters/queues.ts';
import type { SystemView } from '../contract.ts';

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
}

export const lettersIn = (
  kept: () => readonly DeadLetter[],
  { inHand = 0, records = [], count = 0 }: Given = {},
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
  const isThere = async ({ table, owner, name }: WorkRecord) => {
    lookedFor.push(`${table} ${owner} ${name}`);
    return records.includes(`${table} ${owner} ${name}`);
  };
  const ports = { systems: async () => SYSTEMS, letters, isThere, countIn: async () => count };
  return { asked, sent, lookedFor, ports };
};
