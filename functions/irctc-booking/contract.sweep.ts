import * as z from 'zod';

/** What the schedule puts into the queue of the sweeper. */
export const SweepRequested = z.strictObject({ sweep: z.literal('bookings') });
export type SweepRequested = z.infer<typeof SweepRequested>;
