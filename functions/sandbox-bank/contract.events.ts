/** Facts that the bank tells its clients. */
import * as z from 'zod';
import { defineEvent } from '../../shared/messaging/events.ts';
import { OperationKey } from './contract.views.ts';

export const events = {
  /**
   * What a client had to leave open is known now: the payer has answered or has not, the money has moved, a hold was
   * not captured in time. A hint to ask, told at least once: how it stands is answered by the doors.
   */
  operationChanged: defineEvent({
    type: 'sandbox-bank.OperationChanged',
    version: 1,
    data: z.object({
      /** The system that asked. */
      client: z.string(),
      kind: z.literal('hold'),
      key: OperationKey,
      state: z.enum(['held', 'declined', 'expired', 'captured']),
    }),
  }),
};
