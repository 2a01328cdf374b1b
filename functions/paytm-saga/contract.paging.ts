/** What the doors of the payment saga have in common: lists by the page, and an operator's word to go on. */
import * as z from 'zod';
import { referenceSchema } from '../../shared/ids/index.ts';

/** What the caller calls its payment, user or merchant. */
export const Reference = referenceSchema();

const Cursor = z.string().min(1).max(1024);

/** One page of a list, and where the next one begins if there is one. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: Cursor.optional() });
export const paging = {
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
};

/** What was found and done, for whoever looks next; nobody’s name or number. */
export const Resume = z.strictObject({ reason: z.string().min(1).max(200) });
