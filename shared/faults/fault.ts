/** Faults on command: what can be armed. Only the local cloud's functions look for any (`./armed.ts`). */
import * as z from 'zod';
import { phrase } from '../messages/index.ts';

/**
 * - `error`: throws an error of the name in `error`; a machine's Catch and Retry go by it.
 * - `throttle`: throws as Lambda does when no worker is free.
 * - `crash`: the worker ends at once, as by SIGKILL.
 * - `timeout`: never answers; Lambda ends it when its time is over.
 * - `slow`: waits for `slowMs`, then goes on.
 * - `duplicate`: the call comes twice, one after the other; the second one is answered. At `before` only.
 */
export const FaultKind = z.enum(['error', 'throttle', 'crash', 'timeout', 'slow', 'duplicate']);
export type FaultKind = z.infer<typeof FaultKind>;

/** Before its effect, or after it: when the work is done and nobody has been told. */
export const FaultPoint = z.enum(['before', 'after']);

export const FaultToArm = z
  .strictObject({
    /** The function: `paytm-saga-settle-merchant`. */
    function: z.string().regex(/^[a-z][a-z0-9-]{1,63}$/, {
      error: phrase({
        en: 'the name of a function: small letters, digits and -',
        hi: 'किसी function का नाम: छोटे अक्षर, अंक और -',
      }),
    }),
    /** Only calls that have this text in them: a payment's id, say. @default any call */
    about: z.string().min(1).max(128).optional(),
    point: FaultPoint.default('before'),
    kind: FaultKind,
    /** The error's name. @default TransientError */
    error: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9.]{0,79}$/, {
        error: phrase({
          en: 'the name of an error, like TransientError',
          hi: 'किसी error का नाम, जैसे TransientError',
        }),
      })
      .optional(),
    /** Milliseconds. @default 1000 */
    slowMs: z.int().min(1).max(60_000).optional(),
    /** How many calls. */
    times: z.int().min(1).max(1_000).default(1),
  })
  .refine(({ kind, point }) => kind !== 'duplicate' || point === 'before', {
    path: ['point'],
    error: phrase({
      en: 'before: a call comes twice from its beginning',
      hi: 'before: call शुरू से ही दो बार आती है',
    }),
  });
export type FaultToArm = z.infer<typeof FaultToArm>;

/** An item of the faults table: pk = function, sk = id. */
export const ArmedFault = z.object({
  id: z.string(),
  function: z.string(),
  about: z.string().optional(),
  point: FaultPoint,
  kind: FaultKind,
  error: z.string().optional(),
  slowMs: z.number().optional(),
  timesLeft: z.number(),
  /** ISO 8601 UTC: from then on every worker knows of it. */
  activeFrom: z.string(),
});
export type ArmedFault = z.infer<typeof ArmedFault>;

/** A worker looks at the table at most once in so many milliseconds, so that faults cost the city little. */
export const LOOK_EVERY_MS = 500;

export const faultKey = (functionName: string, id: string) => ({ pk: functionName, sk: id });
