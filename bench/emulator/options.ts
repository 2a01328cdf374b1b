/** What `npm run bench:emulator` was asked for. */
import { parseArgs } from 'node:util';
import { CloudProblem, messageOf } from '../../localstack/cloud/problem.ts';
import { PARTS, type Part } from './report.ts';

export interface Asked {
  /** In the order of the page. */
  readonly parts: readonly Part[];
  /** A reduced size, to try whether it still runs. */
  readonly quick: boolean;
  /** How long the soak plays. */
  readonly minutes: number;
}

const SOAK_MINUTES = 60;
const QUICK_SOAK_MINUTES = 1;

/**
 * Reads the arguments: names of parts, by default all but the soak.
 * @throws {CloudProblem} no such part or option, or no number of minutes
 */
export const askedBy = (args: readonly string[]): Asked => {
  const { values, positionals } = parsed(args);
  const unknown = positionals.filter((name) => !PARTS.some((part) => part === name));
  if (unknown.length > 0) {
    throw new CloudProblem(`There is no part called ${unknown.join(', ')}.`, [
      `There are: ${PARTS.join(', ')}`,
    ]);
  }
  const minutes = Number(values.minutes ?? (values.quick ? QUICK_SOAK_MINUTES : SOAK_MINUTES));
  if (!(minutes > 0)) throw new CloudProblem('How many minutes? A number above 0.');
  const parts = PARTS.filter((part) =>
    positionals.length > 0 ? positionals.includes(part) : part !== 'soak',
  );
  return { parts, quick: values.quick, minutes };
};

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: { quick: { type: 'boolean', default: false }, minutes: { type: 'string' } },
      allowPositionals: true,
    });
  } catch (cause) {
    throw new CloudProblem(messageOf(cause), [], { cause });
  }
};

/**
 * Whether the figures of a part are the page's: it was measured in full, against all corrections.
 * @param corrections as DABBA_CORRECTIONS has them; with others a part shows what one of them is worth
 */
export const isForThePage = (part: Part, { quick, minutes }: Asked, corrections: string): boolean =>
  !quick && corrections === 'all' && (part !== 'soak' || minutes >= SOAK_MINUTES);
