import { limited } from '../../../shared/allowances/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { trainRoutes } from '../contract.trains.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import type { RailPorts } from '../domain/ports.ts';
import { trainView } from '../domain/view.ts';
import { messages } from '../messages.ts';
import { railPorts } from '../store/ports.ts';

/**
 * Takes a train into the timetable, or changes it there; the same again changes nothing. Tickets that are sold stay as they
 * are.
 * @throws {CoachesFixedError} it is known with other coaches, whose berths may be sold
 */
export const publishTrain =
  ({ trains }: Pick<RailPorts, 'trains'>) =>
  async ({ path, body }: Pick<RequestOf<typeof trainRoutes.publishTrain>, 'path' | 'body'>) => {
    const train = { number: path.train, ...body };
    await trains.publish(train);
    return { status: 200, body: trainView(train) } as const;
  };

export const handler = restHandler({
  route: trainRoutes.publishTrain,
  handle: publishTrain,
  admit: limited({ allowance: ALLOWANCES.publishTrain }),
  ports: railPorts,
  messages,
});
