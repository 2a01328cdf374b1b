/** What has become of letters that were sent back. */
import type { CityQueue, WorkRecord } from '../../../shared/dead-letters/queues.ts';
import { beginningOf } from '../../../shared/effects/of-message.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import type { LetterVerdict, SystemView } from '../contract.ts';
import { deadQueuesOf, letterView, lookInto } from './dead-letters.ts';
import type { DeadLetterPorts } from './ports.ts';

/** A letter that was sent. */
interface Sent {
  readonly trail: string;
  readonly to: string;
  readonly redrives: number;
  readonly effect?: { readonly owner: string; readonly name: string } | undefined;
}

/**
 * Looks first whether the queue is empty, then after the letter among the dead: a consumer parks before it takes off, so a
 * letter is never in neither of the two.
 * @throws {NotFoundError} no system of the city has such a queue
 */
export const verdictsOn = async (ports: DeadLetterPorts, sent: readonly Sent[]): Promise<LetterVerdict[]> => {
  const systems = await ports.systems();
  const targets = new Map(sent.map(({ to }) => [to, ownerOf(systems, to)]));
  const counts = new Map(
    await Promise.all([...targets.keys()].map(async (to) => [to, await ports.countIn(to)] as const)),
  );
  const concerned = systems.filter((system) => [...targets.values()].includes(system));
  const { lying, waiting } = await lookInto(ports, deadQueuesOf(concerned));
  const isAllSeen = waiting <= lying.length;
  return Promise.all(
    sent.map(async ({ trail, to, redrives, effect }): Promise<LetterVerdict> => {
      const back = lying.find(({ letter }) => letter.trail === trail && letter.redrives >= redrives);
      if (back) return { trail, verdict: 'back', letter: letterView(back.letter, back.system) };
      const record = recordOfConsumer(targets.get(to)?.queues ?? [], to, effect);
      if (record && (await ports.isThere(record))) return { trail, verdict: 'processed' };
      return { trail, verdict: isAllSeen && counts.get(to) === 0 ? 'worked off' : 'under way' };
    }),
  );
};

const ownerOf = (systems: readonly SystemView[], queue: string): SystemView => {
  const owner = systems.find(({ queues }) => queues.some(({ name }) => name === queue));
  if (!owner) throw new NotFoundError({ what: 'queue', id: queue });
  return owner;
};

/** Only what this consumer may have written: nobody asks here after other records. */
const recordOfConsumer = (
  queues: readonly CityQueue[],
  to: string,
  effect: Sent['effect'],
): WorkRecord | undefined => {
  const { remembers } = queues.find(({ name }) => name === to) ?? {};
  if (!remembers || !effect?.owner.startsWith(beginningOf(remembers))) return undefined;
  return { table: remembers.table, owner: effect.owner, name: effect.name };
};
