/** Messages that wait for a person: what SQS moved after too many receives, and what a consumer parked with its reason. */
import * as z from 'zod';
import { KINDS, OUTCOMES, VERDICTS, WORKED } from '../../shared/dead-letters/words.ts';
import { defineRoute } from '../../shared/http/index.ts';
import { isJson } from '../../shared/json/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { MASK } from '../../shared/privacy/index.ts';
import { lookers, Payload } from './contract.common.ts';

/** The name of a queue: `paytm-saga-parking`. */
export const QueueName = z.string().regex(/^[A-Za-z0-9_-]{1,80}(\.fifo)?$/, {
  error: phrase({
    en: 'the name of a queue: English letters, digits, _ or -',
    hi: 'किसी क्यू का नाम: अंग्रेज़ी अक्षर, अंक, _ या -',
  }),
});

/** Ours, and the same after every redrive: the id that the message had when it first failed. */
export const Trail = z.string().regex(/^[A-Za-z0-9_.:-]{1,128}$/, {
  error: phrase({
    en: 'the trail of a dead letter: 1 to 128 English letters, digits or _.:-',
    hi: 'किसी डेड लेटर का ट्रेल: 1 से 128 अंग्रेज़ी अक्षर, अंक या _.:-',
  }),
});

/** The name of an error, as a letter has it. */
const ErrorName = z.string().regex(/^[\w.:-]{1,100}$/, {
  error: phrase({ en: 'the name of an error', hi: 'किसी त्रुटि का नाम' }),
});

export const DeadLetterView = z.object({
  trail: z.string(),
  kind: z.enum(KINDS),
  /** Where it lies, and whose queue that is. */
  queue: z.string(),
  system: z.string(),
  error: z.string(),
  /** What the error says to an engineer; what is personal in it is `***`. */
  message: z.string(),
  /** The function, machine or rule that could not go on. */
  consumer: z.string(),
  /** How often its consumer had got it before it was put here; absent where nobody counted. */
  attempts: z.number().int().optional(),
  /** How often people have sent it back. */
  redrives: z.number().int(),
  /** When it failed for the first time, and when it came here. */
  firstAt: z.iso.datetime(),
  since: z.iso.datetime(),
  /** What it is about, where that can be seen: `payment_…`. */
  about: z.string().optional(),
  correlationId: z.string().optional(),
  traceId: z.string().optional(),
  /** The queue that it goes back to; absent where there is no way back by message. */
  backTo: z.string().optional(),
  /** Its group, where that queue is FIFO. */
  group: z.string().optional(),
  /** The message that failed, as its consumer gets it, but for what is masked. */
  body: Payload,
});
export type DeadLetterView = z.infer<typeof DeadLetterView>;

/** The record that a consumer has of a message once it has worked on it. */
export const WorkEffect = z.object({ owner: z.string().min(1).max(300), name: z.string().min(1).max(300) });

/**
 * Another value at a place of a message. It is put into the message as it was, which nobody here has seen whole: what is
 * masked, and every digit that is not named, stays.
 */
const Edit = z.strictObject({
  /** RFC 6901: `/data/kind`. The value is there already. */
  path: z
    .string()
    .max(500)
    .regex(/^(\/.*)?$/s, {
      error: phrase({
        en: 'a place like /data/kind, or nothing for the whole message',
        hi: '/data/kind जैसी जगह, या पूरे संदेश के लिए कुछ नहीं',
      }),
    }),
  /** JSON, as text, so that no digit is lost on the way. */
  json: z
    .string()
    .max(50_000)
    .refine(isJson, {
      error: phrase({ en: 'JSON: "text", 12, true, null', hi: 'JSON, जैसे "text", 12, true या null' }),
    })
    .refine((json) => !json.includes(MASK), {
      error: phrase({
        en: 'a value of your own: *** stands for one that is not shown',
        hi: 'आपका अपना मान: *** उस मान की जगह है जो दिखाया नहीं जाता',
      }),
    }),
});

/** What became of a letter that was meant, or what would. */
export const LetterOutcome = z.object({
  trail: z.string(),
  /** `gone`: it is in none of the queues now, or in somebody else’s hands; look again. */
  outcome: z.enum(OUTCOMES),
  /** Where it lay, and where it went or would go; absent where it is `gone`. */
  queue: z.string().optional(),
  to: z.string().optional(),
  about: z.string().optional(),
  /** How often it has been sent back, with this time. */
  redrives: z.number().int().optional(),
  /**
   * Whether its consumer has worked on this message already. `no` also stands for one that it had nothing to do for,
   * `unknown` for one whose consumer keeps no record, or none of such a message.
   */
  worked: z.enum(WORKED).optional(),
  /** What asks for the verdict later. */
  effect: WorkEffect.optional(),
  /** The name of the error, where it `failed`. A message whose sending had no answer may have been sent. */
  reason: z.string().optional(),
  /** It was sent, and could not be taken off: it lies where it lay as well. Its consumer works on it once. */
  stillHere: z.literal(true).optional(),
});
export type LetterOutcome = z.infer<typeof LetterOutcome>;

/** So many letters are meant at once: what more there is, the caller sends after it has the answer. */
export const MOST_LETTERS = 100;

const Chosen = z.strictObject({
  trails: z.array(Trail).min(1).max(MOST_LETTERS),
  /** Where they lie, if that is known; else every queue is read. */
  queue: QueueName.optional(),
  /** Says what would happen, and does nothing. */
  dryRun: z.boolean().default(false),
});

const Outcomes = z.object({ dryRun: z.boolean(), items: z.array(LetterOutcome) });

/** Letters a second. */
export const Rate = z.number().int().min(1).max(100).default(100);

/** A letter that was sent, as the answer of the redrive told of it. */
const Sent = z.object({
  trail: Trail,
  to: QueueName,
  redrives: z.number().int().min(1),
  effect: WorkEffect.optional(),
});

export const LetterVerdict = z.object({
  trail: z.string(),
  verdict: z.enum(VERDICTS),
  /** The letter, where it is `back`. */
  letter: DeadLetterView.optional(),
});
export type LetterVerdict = z.infer<typeof LetterVerdict>;

const NOT_CHOSEN = phrase({
  en: 'only trails that stand in trails, too',
  hi: 'केवल वे ट्रेल जो trails में भी हैं',
});

export const deadLetterRoutes = {
  listDeadLetters: defineRoute({
    name: 'list-dead-letters',
    method: 'GET',
    path: '/dead-letters',
    summary:
      'Dead letters of every queue of the city, the oldest first. While they are read, others do not see them: a second or two.',
    access: lookers,
    request: {
      query: z.object({
        queue: QueueName.optional(),
        error: ErrorName.optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
    },
    answers: {
      200: z.object({
        items: z.array(DeadLetterView),
        /** Of the letters that were read, so many fit the filter; `items` are the oldest of them. */
        found: z.number().int(),
        /** So many were read. */
        read: z.number().int(),
        /** So many lie in the queues, as SQS counts them. What is not among `read` is in somebody else’s hands, or too much. */
        waiting: z.number().int(),
      }),
    },
    errors: [],
  }),
  getDeadLetter: defineRoute({
    name: 'get-dead-letter',
    method: 'GET',
    path: '/dead-letters/{trail}',
    summary:
      'The letters of one trail with their messages whole: one, or more where a message was sent back twice.',
    access: lookers,
    request: { path: z.object({ trail: Trail }), query: z.object({ queue: QueueName.optional() }) },
    answers: { 200: z.object({ items: z.array(DeadLetterView) }) },
    errors: [],
  }),
  redriveDeadLetters: defineRoute({
    name: 'redrive-dead-letters',
    method: 'POST',
    path: '/dead-letters/redrives',
    summary:
      'Sends letters back to the queues that they came from, under the same trails, and says of each what became of it. Asked again, it finds gone what was sent.',
    access: { roles: ['operator'] },
    request: {
      body: Chosen.extend({
        /** Letters a second, over all queues. What there is no time for is `not reached`. */
        ratePerSecond: Rate,
        /** By trail, of letters that are among `trails`. A letter is sent only if all of its edits fit. */
        edits: z.record(Trail, z.array(Edit).min(1).max(20)).default({}),
      }).refine(({ trails, edits }) => Object.keys(edits).every((trail) => trails.includes(trail)), {
        path: ['edits'],
        error: NOT_CHOSEN,
      }),
    },
    answers: { 200: Outcomes },
    errors: [],
  }),
  discardDeadLetters: defineRoute({
    name: 'discard-dead-letters',
    method: 'POST',
    path: '/dead-letters/discards',
    summary: 'Deletes letters for good, and says of each whether it did.',
    access: { roles: ['operator'] },
    request: { body: Chosen },
    answers: { 200: Outcomes },
    errors: [],
  }),
  judgeDeadLetters: defineRoute({
    name: 'judge-dead-letters',
    method: 'POST',
    path: '/dead-letters/verdicts',
    summary: 'What has become of letters that were sent back, as far as it can be known. It changes nothing.',
    access: lookers,
    request: { body: z.strictObject({ letters: z.array(Sent).min(1).max(MOST_LETTERS) }) },
    answers: { 200: z.object({ items: z.array(LetterVerdict) }) },
    errors: [],
  }),
} as const;
