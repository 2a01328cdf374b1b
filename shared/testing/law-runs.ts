/**
 * How often a law is tried on something random: `full` times where laws are played by themselves, and as DABBA_LAWS_TIMES
 * says elsewhere: `npm test`, which has everything else to do, plays a part of it, and `npm run bench:laws` ten times as much.
 */
export const lawRuns = (full: number): number => Math.ceil(full * LAWS_TIMES);

/** @default 1 */
export const LAWS_TIMES = Number(process.env.DABBA_LAWS_TIMES ?? 1);

/** As a title says it: `1,500`. */
export const saidRuns = (full: number): string => lawRuns(full).toLocaleString('en-IN');
