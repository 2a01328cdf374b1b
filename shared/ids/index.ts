/** Ids are made by the server: a prefix that says of what, and a UUID v7, so that they sort by time. */
import { v7 } from 'uuid';
import * as z from 'zod';
import { phrase } from '../messages/index.ts';

/** Makes the random part of an id. A port, so that tests know what comes. */
export type Ids = () => string;

/** Ids of the running city: UUID v7 (RFC 9562), rising within a process. */
export const uuidV7: Ids = () => v7();

/** `newId('payment', ids)` → `payment_01937b6e-…`. Parse it with the schema of its kind to brand it. */
export const newId = <P extends string>(prefix: P, ids: Ids): `${P}_${string}` => `${prefix}_${ids()}`;

const UUID_V7 = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';

/** The schema of one kind of id; its brand keeps a user's id from standing where a merchant's is asked for. */
export const idSchema = <P extends string>(prefix: P) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_${UUID_V7}$`), {
      error: phrase({ en: `an id that begins with ${prefix}_`, hi: `${prefix}_ से शुरू होने वाली आईडी` }),
    })
    .brand<P>();

/** What a caller calls its thing: 1 to 64 letters, digits and `_.:-`. Unique where its contract says so. */
export const referenceSchema = () =>
  z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/, {
    error: phrase({
      en: '1 to 64 English letters, digits or _.:-',
      hi: '1 से 64 अंग्रेज़ी अक्षर, अंक या _.:-',
    }),
  });
