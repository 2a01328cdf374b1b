import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { type PostingView, routes } from '../contract.ts';
import { messages } from '../messages.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';

/** The postings of one day and shard, oldest first. */
export const listPostings =
  ({ ledger }: Pick<TablePorts, 'ledger'>) =>
  async ({ path: { day }, query: { shard, ...page } }: RequestOf<typeof routes.listPostings>) => {
    const { items, ...rest } = await ledger.ofDay(day, shard, page);
    return { status: 200, body: { ...rest, items: items as PostingView[] } } as const;
  };

export const handler = restHandler({
  route: routes.listPostings,
  handle: listPostings,
  ports: tablePorts,
  messages,
});
