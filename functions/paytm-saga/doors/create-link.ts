import { command } from '../../../shared/effects/of-command.ts';
import { newId } from '../../../shared/ids/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { linkRoutes } from '../contract.links.ts';
import { LinkId } from '../contract.ts';
import { payerOf } from '../domain/caller.ts';
import { linkMade } from '../store/links.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';

/**
 * Writes down that a system may charge the caller; the same key answers the same link.
 * @throws {ForbiddenError} the caller is no payer
 */
export const createLink =
  ({ effects, links, now, ids }: TablePorts) =>
  async ({ body, caller, idempotencyKey }: RequestOf<typeof linkRoutes.createLink>) => {
    const user = payerOf(caller);
    const id = LinkId.parse(newId('link', ids));
    const { answer } = await effects.commit({
      effect: await command(linkRoutes.createLink, { caller, idempotencyKey, body }),
      changes: [linkMade({ ...body, id, user, createdAt: now().toISOString() })],
      answer: id,
    });
    return {
      status: 201,
      // Relative to the request's own address, as that of a payment.
      headers: { Location: `links/${answer}` },
      body: await links.load(answer),
    } as const;
  };

export const handler = restHandler({
  route: linkRoutes.createLink,
  handle: createLink,
  ports: tablePorts,
});
