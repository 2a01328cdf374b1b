/**
 * A handler that fails on command. The local build puts it around every handler (`localstack/cloud/bundle.ts`), so that
 * no handler knows of it and no bundle for AWS holds it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { documentClient } from '../aws/clients.ts';
import { logger } from '../logging/index.ts';
import { type ArmedFault, LOOK_EVERY_MS } from './fault.ts';
import { mayBeArmed } from './marks.ts';
import { type FaultsOfFunction, faultsTable } from './table.ts';

type Handler = (event: unknown, lambda: { readonly functionName: string }) => Promise<unknown>;

export interface FaultyPorts {
  /** @default the table named by FAULTS_TABLE; where the variable is missing no fault ever happens */
  readonly faults?: FaultsOfFunction | undefined;
  /** @default Date.now */
  readonly now?: () => number;
  /** @default ends this process by SIGKILL */
  readonly crash?: () => void;
  /** @default waits */
  readonly wait?: (ms: number) => Promise<unknown>;
  /** @default a line in the function's log */
  readonly note?: (fault: ArmedFault) => void;
}

const ofEnvironment = (): FaultsOfFunction | undefined => {
  const table = process.env.FAULTS_TABLE;
  return table ? faultsTable(documentClient(), table) : undefined;
};

/**
 * The handler, with the faults that are armed for its function: each call takes one that is about it, if there is one.
 * An error is thrown outside of whatever the handler does with its own, so a door's caller sees what API Gateway says
 * of a Lambda that failed.
 */
export const withFaults = (
  handler: Handler,
  {
    faults = ofEnvironment(),
    now = Date.now,
    crash = () => process.kill(process.pid, 'SIGKILL'),
    wait = pause,
    note = (fault) => logger().warn('a fault on command', { fault }),
  }: FaultyPorts = {},
): Handler => {
  if (!faults) return handler;
  const armedNow = (functionName: string) =>
    faults.armed(functionName).catch((error: unknown) => {
      logger().warn('faults could not be looked for, so none happens', { error });
      return [];
    });
  let known: readonly ArmedFault[] = [];
  let lookedAt = Number.NEGATIVE_INFINITY;
  const claimed = async (functionName: string, event: unknown): Promise<ArmedFault | undefined> => {
    if (now() - lookedAt >= LOOK_EVERY_MS) {
      lookedAt = now();
      known = mayBeArmed(functionName) ? await armedNow(functionName) : [];
    }
    if (known.length === 0) return undefined;
    const text = JSON.stringify(event);
    for (const fault of known.filter(({ about }) => about === undefined || text.includes(about))) {
      if (await faults.claim(fault)) return fault;
      known = known.filter((other) => other !== fault);
    }
    return undefined;
  };
  const happen = async ({
    kind,
    error = 'TransientError',
    slowMs = 1_000,
    id,
  }: ArmedFault): Promise<void> => {
    if (kind === 'slow') await wait(slowMs);
    if (kind === 'crash') crash();
    if (kind === 'timeout' || kind === 'crash') await new Promise(() => undefined);
    if (kind === 'error') throw faultNamed(error, id);
    if (kind === 'throttle') throw faultNamed('Lambda.TooManyRequestsException', id);
  };
  return async (event, lambda) => {
    const fault = await claimed(lambda.functionName, event);
    if (!fault) return handler(event, lambda);
    note(fault);
    // A copy, since a handler may write into its event.
    if (fault.kind === 'duplicate') await handler(structuredClone(event), lambda);
    if (fault.point === 'before') await happen(fault);
    const answer = await handler(event, lambda);
    if (fault.point === 'after') await happen(fault);
    return answer;
  };
};

const faultNamed = (name: string, id: string): Error =>
  Object.assign(new Error(`a fault on command (${id})`), { name });
