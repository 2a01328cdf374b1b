import { command } from '../../../shared/effects/of-command.ts';
import { type InputIssue, InvalidInputError, NotFoundError } from '../../../shared/errors/index.ts';
import { type CallContext, type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { paymentRoutes } from '../contract.payments.ts';
import { CALLABLE } from '../contract.ts';
import { payerOf } from '../domain/caller.ts';
import { isFor } from '../domain/link.ts';
import { viewOf } from '../domain/view.ts';
import { messages } from '../messages.ts';
import { loopbackCallbacks } from '../peers.receiver.ts';
import { type AcceptPorts, acceptPayment } from '../store/accept-payment.ts';
import { executionsPort } from '../store/executions.ts';
import { linkAllows } from '../store/links.ts';
import { tablePorts } from '../store/ports.ts';

export interface StartPaymentPorts extends AcceptPorts {
  /** Whether a payer may be called on this very machine, by plain http. @default false */
  readonly loopback?: boolean;
}

type Request = RequestOf<typeof paymentRoutes.startPayment>;

/**
 * Accepts a payment of the caller's, or of whoever has made the link that a system names, by {@link acceptPayment}: the
 * same key answers the same payment.
 * @throws {InvalidInputError} a callback by plain http, which the contract lets pass for a city on a laptop alone; a
 *   system without a link, or a customer with one
 * @throws {NotFoundError} there is no such link, or it is another system's, or of another of its customers: who asks
 *   cannot tell them apart
 * @throws {LinkNotUsableError} its payer has ended it, or does not let one payment be so much
 * @throws {ReferenceTakenError} the payer uses this reference for another payment
 * @throws {IdempotencyKeyReusedError} the key came with another body before
 */
export const startPayment =
  ({ loopback = false, ...ports }: StartPaymentPorts) =>
  async ({ body, caller, idempotencyKey, say }: Request, context: CallContext) => {
    if (body.callbackUrl && new URL(body.callbackUrl).protocol !== 'https:' && !loopback) {
      throw invalid({ field: 'body.callbackUrl', expected: CALLABLE.en, expectedHi: CALLABLE.hi });
    }
    const { merchantId, currency: _, customer: __, ...order } = body;
    const { payer, provided } = await whoPays(ports, { body, caller });
    const accepted = await acceptPayment(ports)(
      { ...order, payer, merchant: merchantId },
      {
        effect: await command(paymentRoutes.startPayment, { caller, idempotencyKey, body }),
        by: caller.subject,
        provided,
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

/** Whose money it is, and what of a link has to hold in the moment in which the payment is accepted. */
const whoPays = async (
  { links }: Pick<StartPaymentPorts, 'links'>,
  { body: { link: id, customer, amount }, caller }: Pick<Request, 'body' | 'caller'>,
) => {
  if (!caller.roles.includes('service')) {
    if (id !== undefined) throw invalid(NO_LINK);
    return { payer: payerOf(caller), provided: [] };
  }
  if (id === undefined) throw invalid(A_LINK);
  const link = await links.load(id);
  if (!isFor(link, caller, customer)) throw new NotFoundError({ what: 'link', id });
  return { payer: link.user, provided: [linkAllows(link, amount)] };
};

const invalid = (issue: InputIssue): InvalidInputError => new InvalidInputError({ issues: [issue] });

const A_LINK: InputIssue = {
  field: 'body.link',
  expected: 'the link by which the payer lets your system charge them',
  expectedHi: 'वह लिंक जिससे ग्राहक ने आपके सिस्टम को भुगतान लेने दिया है',
};
const NO_LINK: InputIssue = {
  field: 'body.link',
  expected: 'no link: it is for systems, and you pay in your own name',
  expectedHi: 'कोई लिंक नहीं: वह सिस्टमों के लिए है, आप अपने ही नाम से भुगतान करते हैं',
};

export const handler = restHandler({
  route: paymentRoutes.startPayment,
  handle: startPayment,
  ports: () => ({ ...tablePorts(), executions: executionsPort(), loopback: loopbackCallbacks() }),
  messages,
});
