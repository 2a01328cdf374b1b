/** What all doors of identity have in common: for which system a token is, and the token. */
import * as z from 'zod';
import { phrase } from '../../shared/messages/index.ts';

/** A system of the city, as it is named everywhere: the audience (`aud`) of a token. */
export const SystemName = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, {
  error: phrase({
    en: 'the name of a system: 2 to 40 small English letters, digits or -, a letter first',
    hi: 'किसी सिस्टम का नाम: 2 से 40 छोटे अंग्रेज़ी अक्षर, अंक या -, पहले एक अक्षर',
  }),
});
export type SystemName = z.infer<typeof SystemName>;

export const TokenAnswer = z.object({
  /** A JWT, ES256. It goes into `Authorization: Bearer …`. */
  accessToken: z.string(),
  expiresInSeconds: z.number().int().positive(),
});
export type TokenAnswer = z.infer<typeof TokenAnswer>;
