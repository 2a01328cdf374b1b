import { InvalidInputError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import { cityEvent, isAsked } from '../domain/city-events.ts';
import { placesOf, positionOf } from '../domain/lanes.ts';
import { type CityEventPorts, cityEventPorts } from '../store/city-events.ts';

/**
 * What the city has told, newest first: a page of it, or what has arrived since an earlier answer.
 * @throws {InvalidInputError} older ones and newer ones are asked for at once
 */
export const listCityEvents =
  ({ events }: Pick<CityEventPorts, 'events'>) =>
  async ({ query: { cursor, after, subject, limit, ...asked } }: RequestOf<typeof routes.listCityEvents>) => {
    const question = { subject, limit, wanted: isAsked(asked) };
    if (after !== undefined) {
      if (cursor !== undefined) throw eitherOr();
      const { items, seen, more } = await events.after(placesOf(after), question);
      const newestFirst = items.map((event) => cityEvent(event)).reverse();
      return { status: 200, body: { items: newestFirst, position: positionOf(seen), more } } as const;
    }
    const page = await events.before(cursor === undefined ? undefined : placesOf(cursor), question);
    const body = {
      items: page.items.map((event) => cityEvent(event)),
      ...(page.next === undefined ? {} : { next: positionOf(page.next) }),
      ...(cursor === undefined ? { position: positionOf(page.tops) } : {}),
      more: false,
    };
    return { status: 200, body } as const;
  };

const eitherOr = (): InvalidInputError => {
  const expected = 'nothing where there is a cursor';
  const expectedHi = 'कर्सर के साथ कुछ नहीं';
  return new InvalidInputError({ issues: [{ field: 'query.after', expected, expectedHi }] });
};

export const handler = restHandler({
  route: routes.listCityEvents,
  handle: listCityEvents,
  ports: cityEventPorts,
});
