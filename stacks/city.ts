import type { App } from 'aws-cdk-lib/core';
import { ConsoleStack } from './console-stack.ts';
import type { SystemManifest } from './constructs/manifest.ts';
import type { SystemStack } from './constructs/system-stack.ts';
import { IdentityStack } from './identity-stack.ts';
import { IrctcBookingStack } from './irctc-booking-stack.ts';
import { PaytmSagaStack } from './paytm-saga-stack.ts';
import { PlatformStack } from './platform-stack.ts';
import { SandboxBankStack } from './sandbox-bank-stack.ts';
import { SwiggyTrackingStack } from './swiggy-tracking-stack.ts';
import { ZomatoOrderingStack } from './zomato-ordering-stack.ts';

export interface City {
  readonly stacks: readonly SystemStack[];
  /** What `city.json` holds: systems → doors, functions, queues, tables, machines, alarms, events. */
  readonly manifest: { readonly systems: { readonly [system: string]: SystemManifest } };
}

/** Puts every system into an app: the platform first, all others after it and beside each other. */
export const city = (app: App): City => {
  const platform = new PlatformStack(app);
  const identity = new IdentityStack(app);
  const lookedAt = [
    ...[platform, identity, new SandboxBankStack(app), new PaytmSagaStack(app)],
    new ZomatoOrderingStack(app),
    new SwiggyTrackingStack(app),
    new IrctcBookingStack(app),
  ];
  const looks = new ConsoleStack(app, lookedAt);
  const [, ...others] = [...lookedAt, looks];
  for (const stack of others) stack.addStackDependency(platform);
  // It tells the page where people sign in; locally the page hears that when all is deployed.
  if (looks.target === 'aws') looks.addStackDependency(identity);
  const stacks = [platform, ...others];
  return {
    stacks,
    manifest: { systems: Object.fromEntries(stacks.map((stack) => [stack.system, stack.manifest.entry])) },
  };
};
