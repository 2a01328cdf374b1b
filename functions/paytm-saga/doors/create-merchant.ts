import { command } from '../../../shared/effects/of-command.ts';
import { newId } from '../../../shared/ids/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { peopleRoutes } from '../contract.people.ts';
import { MerchantId } from '../contract.ts';
import { messages } from '../messages.ts';
import { merchantRegistered } from '../store/people.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';

/** Registers a merchant; its settlement account is derived from its id. The same key answers the same merchant. */
export const createMerchant =
  ({ effects, people, now, ids }: TablePorts) =>
  async ({ body, caller, idempotencyKey }: RequestOf<typeof peopleRoutes.createMerchant>) => {
    const id = MerchantId.parse(newId('merchant', ids));
    const { answer } = await effects.commit({
      effect: await command(peopleRoutes.createMerchant, { caller, idempotencyKey, body }),
      changes: [
        merchantRegistered({
          id,
          name: body.name,
          ...(body.category === undefined ? {} : { category: body.category }),
          suspended: false,
          settlement: 'active',
          settlementAccount: `settlement-${id}`,
          createdAt: now().toISOString(),
        }),
      ],
      answer: id,
    });
    const { name, suspended, settlement } = await people.merchant(answer);
    return { status: 201, body: { id: answer, name, suspended, settlement } } as const;
  };

export const handler = restHandler({
  route: peopleRoutes.createMerchant,
  handle: createMerchant,
  ports: tablePorts,
  messages,
});
