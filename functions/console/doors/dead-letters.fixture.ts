/** Queues of dead letters in memory, which do what `shared/dead-letters` does. */
import type { DeadLetter, DeadLetters } from '../../../shared/dead-letters/index.ts';
import type { SystemView } from '../contract.ts';

export const letterOf = (over: Partial<DeadLetter>): DeadLetter => ({
  ...{ trail: 't1', kind: 'parked', queue: 'paytm-saga-parking', error: 'PeerMissingError' },
  ...{ message: 'PeerMissingError: peer=bank', consumer: 'paytm-saga-call-back', body: '{"id":"e1"}' },
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
      },
    ],
  },
];

/** @param inHand how many letters somebody else is reading in each queue */
export const lettersIn = (kept: () => readonly DeadLetter[], inHand = 0) => {
  const asked: string[] = [];
  const letters = (queue: string): DeadLetters => {
    asked.push(queue);
    const here = () => kept().filter((letter) => letter.queue === queue);
    return {
      look: async () => ({ letters: here(), waiting: here().length + inHand }),
      redrive: async () => [],
      discard: async () => [],
    };
  };
  return { asked, ports: { systems: async () => SYSTEMS, letters } };
};
