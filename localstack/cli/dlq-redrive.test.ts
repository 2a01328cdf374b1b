import { describe, expect, it } from 'vitest';
import type { DeadLetter, DeadLetters, MoveTask, MoveTasks } from '../../shared/dead-letters/index.ts';
import { linesOfWhole, redriving, redrivingWhole } from './dlq-redrive.ts';

const letter = { trail: 't1', body: '{"kind":"x"}' } as DeadLetter;
const unknown = async () => 'unknown' as const;

describe('dabba dlq redrive', () => {
  it.each(['/kind', 'kind="x"', '/kind=x', '/kind='])('takes no edit that is none: %s', (edit) => {
    expect(() => redriving({ edit: [edit] })).toThrow('no edit');
  });

  it.each(['0', '101', 'fast', '1.5'])('takes no rate that is none: %s', (rate) => {
    expect(() => redriving({ rate })).toThrow('no rate');
  });

  it('edits what it sends, and asks again for what there was no time for', async () => {
    const bodies: (string | undefined)[] = [];
    let rounds = 0;
    const redrive: DeadLetters['redrive'] = async (meant, { edited, turn } = {}) => {
      rounds += 1;
      expect(meant(letter)).toBe(true);
      if (rounds === 1) return [{ letter, outcome: 'not reached' }];
      expect(await turn?.()).toBe(true);
      bodies.push(edited?.(letter)?.body);
      return [{ letter, outcome: 'sent back' }];
    };
    const run = redriving({ edit: ['/kind="a=b"'], rate: '5' });
    const letters = { redrive } as DeadLetters;
    expect(await run(letters, unknown, ({ trail }) => trail === 't1')).toEqual([
      { letter, outcome: 'sent back' },
    ]);
    expect(bodies).toEqual(['{"kind":"a=b"}']);
  });
});

describe('dabba dlq redrive of a whole queue', () => {
  const moved = { ...letter, kind: 'moved' } as DeadLetter;
  const task: MoveTask = { state: 'completed', moved: 3, toMove: 3 };
  const desk = (newest: MoveTask | undefined, start: MoveTask | { refused: string } = task) => {
    let begun = newest;
    const tasks: MoveTasks = {
      newest: async () => begun,
      start: async () => {
        if (!('refused' in start)) begun = start;
        return start;
      },
      stop: async () => task,
    };
    const letters = {
      look: async () => ({ letters: [moved], waiting: 1 }),
      redrive: async () => [{ letter: moved, outcome: 'sent back' as const }],
    } as unknown as DeadLetters;
    return { letters, tasks, worked: unknown };
  };
  const told = async (given: Parameters<typeof redrivingWhole>[0], of = desk(undefined)) =>
    linesOfWhole(await redrivingWhole(given)(of), 'q-dead', given, ({ outcome }) => outcome);

  it('says by which way it goes, and how many', async () => {
    expect(await told({})).toEqual([
      '3 sent back from q-dead by SQS’s own task, completed of 3; they are new messages, so their trails end here',
    ]);
    expect(await told({ dryRun: true })).toEqual([
      '1 would be sent back from q-dead by SQS’s own task; they would be new messages, so their trails would end',
    ]);
    expect(await told({}, desk(undefined, { refused: 'InvalidAction' }))).toEqual([
      '1 sent back from q-dead letter by letter: SQS refused',
      'sent back',
    ]);
  });

  it.each([
    [{ keepTrails: true }, 'trails are kept'],
    [{ edit: ['/kind="y"'] }, 'edited'],
  ])('goes letter by letter where a task cannot: %j', async (given, because) => {
    expect((await told(given))[0]).toBe(`1 sent back from q-dead letter by letter: ${because}`);
  });

  it('takes no rate that is none', () => {
    expect(() => redrivingWhole({ rate: '101' })).toThrow('no rate');
  });
});
