import { Command, Option } from 'commander';
import type { DeadLetter, MoveTask, MoveTasks, Outcome } from '../../shared/dead-letters/index.ts';
import { type CityQueue, deadQueuesIn, workedOn } from '../../shared/dead-letters/queues.ts';
import { NotFoundError } from '../../shared/errors/index.ts';
import { type CityFile, readCity } from '../cloud/city.ts';
import { adoptLocalCloud } from '../cloud/environment.ts';
import { cloudPaths } from '../cloud/paths.ts';
import { CloudProblem } from '../cloud/problem.ts';
import { type DeskOfQueue, linesOfWhole, redriving, redrivingWhole } from './dlq-redrive.ts';
import { jsonOption, runningCloud } from './options.ts';
import { print } from './report.ts';

interface Choice {
  readonly queue?: string;
  readonly error?: string;
  readonly all?: boolean;
  readonly dryRun?: boolean;
  readonly edit?: readonly string[];
  readonly rate?: string;
  readonly keepTrails?: boolean;
  readonly json?: boolean;
}

/** `dabba dlq`: what waits for a person in any dead-letter or parking queue of the city. */
export const dlqCommand = (): Command => {
  const dlq = new Command('dlq').description('dead letters of every queue: list, show, send back, discard');
  dlq
    .command('list')
    .description('all dead letters of the city, the oldest first')
    .addOption(queueOption())
    .addOption(errorOption())
    .addOption(jsonOption())
    .action(async (choice: Choice) => {
      const letters = await every(lettersOf, choice);
      const wanted = letters.filter(meantBy({ ...choice, all: true }));
      print(choice.json, wanted, wanted.length === 0 ? ['No dead letters.'] : wanted.map(lineOf));
    });
  dlq
    .command('show')
    .description('everything that is known of one letter')
    .argument('<trail>', 'its trail, as list shows it, or the beginning of it')
    .action(async (trail: string) => {
      const letters = (await every(lettersOf, {})).filter(meantBy({}, [trail]));
      if (letters.length === 0) throw nothingMeant([trail]);
      print(true, letters.length === 1 ? letters[0] : letters, []);
    });
  for (const { name, what, options } of ACTIONS) {
    const command = dlq.command(name).description(what);
    for (const option of options()) command.addOption(option);
    command
      .argument('[trails...]', 'which letters, by their trails or the beginning of them')
      .addOption(queueOption())
      .addOption(errorOption())
      .option('--all', 'every letter that the other options leave')
      .option('--dry-run', 'say what would happen, and do nothing')
      .addOption(jsonOption())
      .action(async (trails: string[], choice: Choice) => {
        if (trails.length === 0 && !choice.all && choice.error === undefined) {
          throw new CloudProblem(`Which letters? Nothing was named, so nothing was done.`, [
            `npx --no dabba dlq ${name} <trail>, or --error <Name>, or --all`,
          ]);
        }
        if (name === 'redrive' && isWhole(choice, trails)) return redriveAll(choice);
        const meant = meantBy(choice, trails);
        const redrive = redriving(choice);
        const outcomes = await every(
          ({ letters, worked }) =>
            name === 'redrive'
              ? redrive(letters, worked, meant)
              : letters.discard(meant, { dryRun: choice.dryRun === true }),
          choice,
        );
        if (trails.length > 0 && outcomes.length === 0) throw nothingMeant(trails);
        print(
          choice.json,
          outcomes,
          outcomes.length === 0 ? ['No dead letters.'] : outcomes.map((one) => resultOf(one, choice)),
        );
        if (outcomes.some(({ outcome }) => !DONE.has(outcome))) process.exitCode = 1;
      });
  }
  dlq
    .command('stop')
    .description('stop SQS’s own task that sends a whole queue back; what it has moved stays moved')
    .requiredOption('--queue <name>', 'the dead-letter queue')
    .addOption(jsonOption())
    .action(async (choice: Choice) => {
      const [task] = await every(async ({ tasks }) => [await stopped(tasks, choice)], choice);
      print(choice.json, task, [`${task?.state}: ${task?.moved} of ${task?.toMove} were sent back`]);
    });
  return dlq;
};

/** All letters of one queue, whatever they are. */
const isWhole = ({ queue, error, all }: Choice, trails: readonly string[]): boolean =>
  queue !== undefined && all === true && error === undefined && trails.length === 0;

const redriveAll = async (choice: Choice): Promise<void> => {
  const redrive = redrivingWhole(choice);
  const [redriven] = await every(async (desk) => [await redrive(desk)], choice);
  if (redriven === undefined) return;
  print(
    choice.json,
    redriven,
    linesOfWhole(redriven, choice.queue ?? '', choice, (one) => resultOf(one, choice)),
  );
  const isDone = redriven.outcomes.every(({ outcome }) => DONE.has(outcome));
  if (!isDone || redriven.task?.state === 'stopped') process.exitCode = 1;
};

const stopped = async (tasks: MoveTasks, { queue }: Choice): Promise<MoveTask> =>
  tasks.stop().catch((error: unknown) => {
    if (!(error instanceof NotFoundError)) throw error;
    throw new CloudProblem(`No task of SQS sends ${queue} back.`, ['npx --no dabba dlq list']);
  });

const ACTIONS = [
  {
    name: 'redrive',
    what: 'send letters back to the queue that they came from, under the same trail',
    options: () => [
      new Option('--edit <place=JSON>', 'another value at a place, /data/kind="receipt"; as often as needed')
        .default([], 'none')
        .argParser<readonly string[]>((one, before) => [...before, one]),
      new Option('--rate <letters>', 'so many a second, 1 to 100'),
      new Option('--keep-trails', 'letter by letter also where SQS’s own task could move the whole queue'),
    ],
  },
  { name: 'discard', what: 'delete letters for good', options: () => [] },
] as const;

const queueOption = (): Option => new Option('--queue <name>', 'only this dead-letter queue');
const errorOption = (): Option => new Option('--error <name>', 'only letters with this error');

/** Letters are chosen by the beginning of their trail, by error, or all of them. */
const meantBy =
  ({ error, all }: Choice, trails: readonly string[] = []) =>
  (letter: DeadLetter): boolean =>
    (error === undefined || letter.error === error) &&
    (trails.length === 0
      ? all === true || error !== undefined
      : trails.some((trail) => letter.trail.startsWith(trail)));

/** Does something with the dead letters of every queue at once, or of the one that was named. */
const every = async <T>(
  work: (desk: DeskOfQueue) => Promise<readonly T[]>,
  { queue }: Choice,
): Promise<readonly T[]> => {
  const paths = cloudPaths();
  const { port } = runningCloud(paths);
  adoptLocalCloud(paths, port);
  const queues = queuesOf(readCity(paths));
  const known = deadQueuesIn(queues);
  if (queue !== undefined && !known.includes(queue)) {
    throw new CloudProblem(`There is no dead-letter queue called ${queue}.`, [
      `There are: ${known.join(', ')}`,
    ]);
  }
  // Loaded here, so that no other command waits for the SDK's client.
  const { SQSClient } = await import('@aws-sdk/client-sqs');
  const { deadLetters, moveTasks } = await import('../../shared/dead-letters/index.ts');
  const { recordsIn } = await import('../../shared/dead-letters/worked.ts');
  const { documentClient } = await import('../../shared/aws/clients.ts');
  const client = new SQSClient({});
  const worked = workedOn(
    queues,
    recordsIn(documentClient(), () => new Date()),
  );
  try {
    const names = queue === undefined ? known : [queue];
    return (
      await Promise.all(
        names.map((name) => {
          const asked = { client, queue: name };
          return work({ letters: deadLetters(asked), tasks: moveTasks(asked), worked });
        }),
      )
    ).flat();
  } finally {
    client.destroy();
    documentClient().destroy();
  }
};

/** The queues of every system; the manifest has tables by the output that says their names. */
const queuesOf = ({ systems }: Pick<CityFile, 'systems'>): readonly CityQueue[] =>
  Object.values(systems).flatMap(({ queues = [], outputs }) =>
    (queues as readonly CityQueue[]).map((queue) => {
      const table = outputs[queue.remembers?.table ?? ''];
      return { ...queue, remembers: table && queue.remembers ? { ...queue.remembers, table } : undefined };
    }),
  );

const lettersOf = async ({ letters }: DeskOfQueue): Promise<readonly DeadLetter[]> =>
  (await letters.look()).letters;

const lineOf = ({ queue, trail, error, consumer, since, redrives }: DeadLetter): string =>
  `${since}  ${queue}  ${trail}  ${error} in ${consumer}${redrives > 0 ? `, sent back ${redrives} times` : ''}`;

/** What was asked for has happened, or would; all else leaves the letter where it is. */
const DONE: ReadonlySet<Outcome['outcome']> = new Set(['sent back', 'discarded']);

const resultOf = ({ letter, outcome, reason, stillHere }: Outcome, { dryRun = false }: Choice): string => {
  const { trail, consumer, backTo } = letter;
  if (outcome === 'no way back')
    return `not sent back: ${trail} of ${consumer} came from no queue; its system has a door to go on`;
  if (outcome === 'gone') return `gone: somebody else took ${trail} meanwhile`;
  if (outcome === 'already processed')
    return `already processed: ${consumer} has worked on ${trail}, so it stays; discard it`;
  if (!DONE.has(outcome)) return `not sent back: ${trail}, ${outcome}${reason ? ` (${reason})` : ''}`;
  const to = outcome === 'sent back' ? ` to ${backTo?.split(':')[5]}` : '';
  return `${dryRun ? 'would be ' : ''}${outcome}: ${trail}${to}${stillHere ? ', and it lies here still' : ''}`;
};

const nothingMeant = (trails: readonly string[]): CloudProblem =>
  new CloudProblem(`No dead letter has the trail ${trails.join(' or ')}.`, ['npx --no dabba dlq list']);
