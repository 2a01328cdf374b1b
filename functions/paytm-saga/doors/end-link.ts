import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { linkRoutes } from '../contract.links.ts';
import { linkEnded } from '../store/links.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';

/**
 * Ends a link of the caller's, once: whoever ends it again is answered when it has ended.
 * @throws {NotFoundError} there is none, or it is somebody else's: a stranger cannot tell the two apart
 */
export const endLink =
  ({ effects, links, now }: TablePorts) =>
  async ({ path: { linkId }, caller }: RequestOf<typeof linkRoutes.endLink>) => {
    const link = await links.load(linkId);
    if (link.user !== caller.subject) throw new NotFoundError({ what: 'link', id: linkId });
    const at = now().toISOString();
    const { answer: endedAt } = await effects.commit({
      effect: { owner: linkId, name: 'end' },
      changes: [linkEnded(linkId, at)],
      answer: at,
    });
    return { status: 200, body: { ...link, endedAt } } as const;
  };

export const handler = restHandler({ route: linkRoutes.endLink, handle: endLink, ports: tablePorts });
