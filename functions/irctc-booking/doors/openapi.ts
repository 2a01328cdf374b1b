import { openApiDoor } from '../../../shared/openapi/door.ts';
import document from '../openapi.json' with { type: 'json' };

/** What this system's doors take and answer, in OpenAPI 3.1. */
export const handler = openApiDoor(document);
