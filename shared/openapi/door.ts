import { restHandler } from '../lambda/index.ts';
import { openApiRoute } from './route.ts';

/** The door behind which a system describes itself: the document that `npm run generate` has written. */
export const openApiDoor = (document: { readonly [member: string]: unknown }) =>
  restHandler({
    route: openApiRoute,
    handle: () => async () => ({ status: 200, body: document }) as const,
    ports: () => undefined,
  });
