import * as z from 'zod';

/** Where a page begins, as an earlier page said: opaque to whoever holds it. */
const Cursor = z.string().min(1).max(1024);

/** One page of a list, and where the next one begins if there is one. @param cursor what a place in the list is written as */
export const page = <T extends z.ZodType>(item: T, cursor: z.ZodType<string> = Cursor) =>
  z.object({ items: z.array(item), next: cursor.optional() });

/** What a query says of the page that it wants: `usual` items where it says nothing, `most` at most. */
export const pagingOf = ({ most, usual }: { readonly most: number; readonly usual: number }) => ({
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(most).default(usual),
});

/** The same, as a store is asked. */
export interface Page {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** What a store answers. */
export interface PageOf<T> {
  readonly items: T[];
  readonly next?: string;
}
