import { env, sfnClient } from '../../../shared/aws/index.ts';
import type { ConsolePorts } from '../domain/ports.ts';
import { stateMachines } from './state-machines.ts';
import { systemsPort } from './systems.ts';

export const consolePorts = (): ConsolePorts => ({
  systems: systemsPort().systems,
  machines: stateMachines(sfnClient(), env('MACHINES_ARN')),
});
