export { ArmedFault, FaultKind, FaultPoint, FaultToArm, faultKey, LOOK_EVERY_MS } from './fault.ts';
