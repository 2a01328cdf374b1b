import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { operatorRoutes } from '../contract.ts';
import { NothingToAnswerError } from '../domain/errors.ts';
import { answerRequest as decideAnswer } from '../domain/hold.ts';
import { accountOf, decidedOn, operate } from '../domain/operate.ts';
import type { BankPorts } from '../domain/ports.ts';
import { messages } from '../messages.ts';
import { bankPorts } from '../store/ports.ts';

/**
 * What the payer answers. The same answer again answers how the hold stands.
 * @throws {NotFoundError} there is no such hold (yet)
 * @throws {NothingToAnswerError} nobody was asked about it
 * @throws {RequestExpiredError} {@link HoldVoidedError} it is too late: nobody waits for the answer any more
 * @throws {IdempotencyKeyReusedError} they have answered otherwise
 * @throws {BankUnavailableError} it may have happened or not: answer again
 */
export const answerRequest =
  (ports: BankPorts) =>
  async ({ path: { key }, body: { decision } }: RequestOf<typeof operatorRoutes.answerRequest>) => {
    const asked = await ports.books.charge(key);
    if (asked?.record.kind !== 'hold') throw new NotFoundError({ what: 'hold', id: key });
    const about = accountOf(asked);
    // The mark of a cancellation that came first is a hold that nobody was asked about.
    if (about === undefined) throw new NothingToAnswerError({ key });
    const decide = async () => {
      const [found, account] = await Promise.all([ports.books.charge(key), ports.books.account(about)]);
      return decidedOn(found, decideAnswer(found?.record, account, { key, decision }, ports.now()));
    };
    return { status: 200, body: await operate(ports, { happening: 'answer', key, about, decide }) } as const;
  };

export const handler = restHandler({
  route: operatorRoutes.answerRequest,
  handle: answerRequest,
  ports: bankPorts,
  messages,
});
