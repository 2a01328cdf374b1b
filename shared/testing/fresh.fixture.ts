/**
 * Runs before each file of the projects `unit`, `store` and `e2e`. Files follow each other in one process there, since
 * starting a process and loading the packages anew for each was two thirds of the time of `unit`. Each still finds our
 * own modules as a process of its own would: no client, cache or logger of an earlier file, no variable that one has
 * set, no tracing that one has started.
 */

import { context } from '@opentelemetry/api';
import { vi } from 'vitest';

vi.resetModules();
vi.useRealTimers();
vi.restoreAllMocks();
vi.unstubAllEnvs();
vi.unstubAllGlobals();
// Of what a module of ours can set up, the one thing that a package keeps for the whole process.
context.disable();
