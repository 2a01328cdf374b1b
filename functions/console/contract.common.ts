/** What the doors of the console have in common. */
import * as z from 'zod';

/**
 * A text that may be long: JSON as it was written, its numbers never read, so that none of them changes. What tells who
 * somebody is, and the tokens of tasks, are `***`.
 */
export const Payload = z.object({
  /** In bytes of UTF-8, as it is kept. */
  size: z.number().int(),
  /** Absent where it is longer than a list gives; the door of the single thing has the whole. */
  text: z.string().optional(),
});
export type Payload = z.infer<typeof Payload>;

/** Who may look, may look everywhere. */
export const lookers = { roles: ['viewer', 'operator'] } as const;
