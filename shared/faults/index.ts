export { ArmedFault, FaultToArm, faultKey, LOOK_EVERY_MS } from './fault.ts';
