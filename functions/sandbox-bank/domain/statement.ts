/** A statement, read page by page from the ledger: no page sums more than its own lines. */
import * as z from 'zod';
import { InvalidInputError } from '../../../shared/errors/index.ts';
import { kolkata, type Now } from '../../../shared/time/index.ts';
import type { AnyAccount, StatementView } from '../contract.ts';
import type { Books } from './ports.ts';

/** Where a page begins, and what the account held there. The client carries it, so no page reads those before. */
const Position = z.strictObject({ day: z.iso.date(), from: z.string().optional(), balance: z.int() });
type Position = z.infer<typeof Position>;

/** A page looks at so many days at most; one without lines may be answered, with the cursor of the next. */
const DAYS_A_PAGE = 31;

/**
 * @param openedAt when the account was opened: before that day there is nothing
 * @throws {InvalidInputError} the cursor is none of ours
 */
export const statementOf = async (
  { books, now }: { books: Pick<Books, 'linesOn'>; now: Now },
  { account, openedAt }: { account: AnyAccount; openedAt: string },
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<StatementView> => {
  const start: Position =
    cursor === undefined ? { day: kolkata(new Date(openedAt)).date, balance: 0 } : positionIn(cursor);
  const today = kolkata(now()).date;
  const lines: StatementView['lines'] = [];
  let { day, from } = start;
  for (let days = 0; day <= today && lines.length < limit && days < DAYS_A_PAGE; ) {
    const left = limit - lines.length;
    const page = await books.linesOn(account, day, { limit: left, ...(from === undefined ? {} : { from }) });
    lines.push(...page.lines);
    from = page.next;
    if (from === undefined) {
      day = dayAfter(day);
      days += 1;
    }
  }
  const closingBalance = lines.reduce((sum, { amount }) => sum + amount, start.balance);
  return {
    account,
    openingBalance: start.balance,
    lines,
    closingBalance,
    ...(day <= today ? { next: cursorOf({ day, from, balance: closingBalance }) } : {}),
  };
};

const cursorOf = (position: Position): string => Buffer.from(JSON.stringify(position)).toString('base64url');

const positionIn = (cursor: string): Position => {
  try {
    return Position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    const issues = [{ field: 'query.cursor', expected: 'the cursor of an earlier page' }];
    throw new InvalidInputError({ issues }, { cause });
  }
};

const DAY_MS = 24 * 60 * 60 * 1000;

const dayAfter = (day: string): string => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
