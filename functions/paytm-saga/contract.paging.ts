/** What the doors of the payment saga have in common: lists by the page, and an operator's word to go on. */
import * as z from 'zod';
import { page, pagingOf } from '../../shared/http/index.ts';
import { referenceSchema } from '../../shared/ids/index.ts';

/** What the caller calls its payment, user or merchant. */
export const Reference = referenceSchema();

export { page };
export const paging = pagingOf({ most: 100, usual: 50 });

/** What was found and done, for whoever looks next; nobody’s name or number. */
export const Resume = z.strictObject({ reason: z.string().min(1).max(200) });
