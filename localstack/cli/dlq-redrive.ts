import { type Edit, editing } from '../../shared/dead-letters/edit.ts';
import type {
  DeadLetter,
  DeadLetters,
  MoveTasks,
  Outcome,
  Redriven,
} from '../../shared/dead-letters/index.ts';
import { turnsOf } from '../../shared/dead-letters/pace.ts';
import type { workedOn } from '../../shared/dead-letters/queues.ts';
import { redriveWhole } from '../../shared/dead-letters/whole.ts';
import { isJson } from '../../shared/json/index.ts';
import { pause } from '../../shared/time/index.ts';
import { CloudProblem } from '../cloud/problem.ts';

/** Asks whether the consumer of a letter has worked on its message. */
export type WorkedOn = ReturnType<typeof workedOn>;

interface Choice {
  readonly dryRun?: boolean;
  readonly edit?: readonly string[];
  readonly rate?: string;
  readonly keepTrails?: boolean;
}

/** Letters are hidden from others for a minute; what was not sent by then is read anew. */
const A_ROUND_MS = 40_000;
/** Letters a second, where nobody asks for another rate. */
const RATE = '100';

/** `/data/kind="receipt"`: a place, and JSON. */
const editOf = (text: string): Edit => {
  const at = text.indexOf('=');
  const edit = { path: text.slice(0, at), json: text.slice(at + 1) };
  if (at < 0 || !/^(\/|$)/.test(edit.path) || !isJson(edit.json)) {
    throw new CloudProblem(`This is no edit: ${text}`, [
      `--edit '/data/kind="receipt"': a place, =, and JSON`,
    ]);
  }
  return edit;
};

const rateOf = (text: string): number => {
  const rate = Number(text);
  if (!Number.isInteger(rate) || rate < 1 || rate > 100) {
    throw new CloudProblem(`This is no rate: ${text}`, ['--rate 5: 1 to 100 letters a second']);
  }
  return rate;
};

/**
 * Redrives what is meant in any number of queues, at one rate for all of them.
 * @throws {CloudProblem} an edit or the rate is none
 */
export const redriving = ({ dryRun = false, edit = [], rate = RATE }: Choice) => {
  const edits = edit.map(editOf);
  const turn = turnsOf({
    ratePerSecond: rateOf(rate),
    leftMs: () => Number.POSITIVE_INFINITY,
    ...{ now: Date.now, pause },
  });
  const edited = (letter: DeadLetter) =>
    edits.length === 0 ? letter : editing({ [letter.trail]: edits })(letter);

  return async (
    letters: DeadLetters,
    worked: WorkedOn,
    meant: (letter: DeadLetter) => boolean,
  ): Promise<readonly Outcome[]> => {
    const outcomes: Outcome[] = [];
    let left = meant;
    for (;;) {
      const until = Date.now() + A_ROUND_MS;
      const inTime = async () => Date.now() < until && turn();
      const round = await letters.redrive(left, { dryRun, worked, edited, turn: inTime });
      const later = round.filter(({ outcome }) => outcome === 'not reached');
      outcomes.push(...round.filter((one) => !later.includes(one)));
      if (later.length === 0) return outcomes;
      const trails = new Set(later.map(({ letter }) => letter.trail));
      left = ({ trail }) => trails.has(trail);
    }
  };
};

/** A queue as the commands have it: its letters, SQS's tasks, and what its consumers remember. */
export interface DeskOfQueue {
  readonly letters: DeadLetters;
  readonly tasks: MoveTasks;
  readonly worked: WorkedOn;
}

/**
 * Redrives all of a queue, by SQS's own task where nothing is edited and no trail is to be kept.
 * @throws {CloudProblem} an edit or the rate is none
 */
export const redrivingWhole = (choice: Choice) => {
  const { dryRun = false, edit = [], rate = RATE, keepTrails = false } = choice;
  const byLetter = redriving(choice);
  const following = {
    ...{ ratePerSecond: rateOf(rate), dryRun, pause },
    leftMs: () => Number.POSITIVE_INFINITY,
  };
  const wanted = edit.length > 0 ? 'edited' : keepTrails ? 'trails are kept' : undefined;
  return ({ letters, tasks, worked }: DeskOfQueue): Promise<Redriven> =>
    redriveWhole(
      { letters, tasks, letterwise: () => byLetter(letters, worked, () => true) },
      following,
      wanted,
    );
};

/** By which way it went and how many; then a line for each letter that went by itself. */
export const linesOfWhole = (
  { way, because, moved, task, outcomes }: Redriven,
  queue: string,
  { dryRun = false }: Choice,
  lineOf: (outcome: Outcome) => string,
): readonly string[] => {
  const what = `${moved} ${dryRun ? 'would be ' : ''}sent back from ${queue}`;
  if (way === 'letter by letter') {
    const failed = task?.reason === undefined ? '' : ` (${task.reason})`;
    return [`${what} letter by letter: ${because}${failed}`, ...outcomes.map(lineOf)];
  }
  if (task === undefined)
    return [`${what} by SQS’s own task; they would be new messages, so their trails would end`];
  return [
    `${what} by SQS’s own task, ${task.state} of ${task.toMove}; they are new messages, so their trails end here`,
  ];
};
