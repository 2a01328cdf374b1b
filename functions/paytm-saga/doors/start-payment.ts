import { command } from '../../../shared/effects/of-command.ts';
import { InvalidInputError } from '../../../shared/errors/index.ts';
import { type CallContext, type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { paymentRoutes } from '../contract.payments.ts';
import { CALLABLE } from '../contract.ts';
import { payerOf } from '../domain/caller.ts';
import { viewOf } from '../domain/view.ts';
import { messages } from '../messages.ts';
import { loopbackCallbacks } from '../peers.receiver.ts';
import { type AcceptPorts, acceptPayment } from '../store/accept-payment.ts';
import { executionsPort } from '../store/executions.ts';
import { tablePorts } from '../store/ports.ts';

export interface StartPaymentPorts extends AcceptPorts {
  /** Whether a payer may be called on this very machine, by plain http. @default false */
  readonly loopback?: boolean;
}

/**
 * Accepts a payment of the caller's, by {@link acceptPayment}: the same key answers the same payment.
 * @throws {InvalidInputError} a callback by plain http, which the contract lets pass for a city on a laptop alone
 * @throws {ReferenceTakenError} the payer uses this reference for another payment
 * @throws {IdempotencyKeyReusedError} the key came with another body before
 */
export const startPayment =
  ({ loopback = false, ...ports }: StartPaymentPorts) =>
  async (
    { body, caller, idempotencyKey, say }: RequestOf<typeof paymentRoutes.startPayment>,
    context: CallContext,
  ) => {
    if (body.callbackUrl && new URL(body.callbackUrl).protocol !== 'https:' && !loopback) {
      const [expected, expectedHi] = [CALLABLE.en, CALLABLE.hi];
      throw new InvalidInputError({ issues: [{ field: 'body.callbackUrl', expected, expectedHi }] });
    }
    const { merchantId, currency: _, ...order } = body;
    const accepted = await acceptPayment(ports)(
      { ...order, payer: payerOf(caller), merchant: merchantId },
      {
        effect: await command(paymentRoutes.startPayment, { caller, idempotencyKey, body }),
        by: caller.subject,
      },
      context,
    );
    return {
      status: 202,
      // Relative to the request's own address (RFC 9110, 10.2.2), whose stage and host are the gateway's to know.
      headers: { Location: `payments/${accepted.id}` },
      body: viewOf(accepted, say),
    } as const;
  };

export const handler = restHandler({
  route: paymentRoutes.startPayment,
  handle: startPayment,
  ports: () => ({ ...tablePorts(), executions: executionsPort(), loopback: loopbackCallbacks() }),
  messages,
});
