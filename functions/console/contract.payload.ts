import * as z from 'zod';

/**
 * A text that may be long: JSON as Step Functions has it, never parsed, so that no number in it changes. What tells who
 * somebody is, and the tokens of tasks, are `***`.
 */
export const Payload = z.object({
  /** In bytes of UTF-8, as it is kept. */
  size: z.number().int(),
  /** Absent where it is longer than a list gives; what it stands in has the whole by itself. */
  text: z.string().optional(),
});
export type Payload = z.infer<typeof Payload>;
