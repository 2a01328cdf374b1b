import * as z from 'zod';

const Cursor = z.string().min(1).max(1024);

/** One page of a list, and where the next one begins if there is one. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: Cursor.optional() });

/** What of a list is asked for. @param most items a page */
export const paging = (most: number, usual: number) => ({
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(most).default(usual),
});
