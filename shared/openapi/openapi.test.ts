import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defineRoute, type RouteDefinition, type Routes } from '../http/index.ts';
import { breakingChanges, unannounced } from './breaking.ts';
import { openApiOf } from './document.ts';

const Tiffin = z.object({ id: z.string(), dish: z.string(), note: z.string().optional() });

const order = defineRoute({
  name: 'order',
  method: 'POST',
  path: '/homes/{home}/tiffins',
  summary: 'Orders a tiffin.',
  access: { roles: ['customer', 'operator'] },
  idempotent: 'key',
  request: {
    path: z.object({ home: z.string() }),
    query: z.object({ day: z.string().optional() }),
    body: z.strictObject({
      dish: z.enum(['thali', 'poha']),
      count: z.int().min(1).max(10),
      note: z.string().max(140).optional(),
    }),
  },
  answers: { 201: Tiffin },
  errors: ['SoldOutError'],
});
const menu = defineRoute({
  name: 'menu',
  method: 'GET',
  path: '/menu',
  summary: 'What there is.',
  access: { public: 'a menu hangs outside' },
  request: {},
  answers: { 200: z.object({ items: z.array(z.object({ dish: z.string(), price: z.int() })) }) },
  errors: [],
});

const statuses = new Map([
  ['SoldOutError', 409],
  ['InProgressError', 409],
  ['InvalidInputError', 400],
  ['UnauthenticatedError', 401],
  ['ForbiddenError', 403],
  ['NotFoundError', 404],
  ['BodyTooLargeError', 413],
  ['UnsupportedMediaTypeError', 415],
  ['IdempotencyKeyReusedError', 422],
  ['TooManyRequestsError', 429],
  ['UnexpectedError', 500],
  ['TransientError', 503],
]);
const documentOf = (routes: Routes) =>
  openApiOf({ system: 'tiffin', version: '1.0.0', summary: '', routes, schemas: { Tiffin }, statuses });

const without = ({ idempotent: _, ...route }: typeof order): RouteDefinition => route;

/** As a file has it: JSON and nothing else. */
const read = (routes: Routes) =>
  JSON.parse(JSON.stringify(documentOf(routes))) as { [key: string]: { [path: string]: object } };

describe('the document of an API', () => {
  it('has for each door who may call, what goes in, what comes out, and each problem by its status', () => {
    const { paths } = read({ order, menu });
    expect(paths?.['/homes/{home}/tiffins']).toMatchObject({
      post: {
        operationId: 'order',
        security: [{ token: [] }],
        'x-roles': ['customer', 'operator'],
        parameters: expect.arrayContaining([
          expect.objectContaining({ in: 'path', name: 'home', required: true }),
          expect.objectContaining({ in: 'query', name: 'day' }),
          expect.objectContaining({ in: 'header', name: 'Idempotency-Key', required: true }),
        ]),
        responses: {
          201: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Tiffin' } } } },
          409: { description: 'InProgressError, SoldOutError' },
          415: {
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        },
      },
    });
    expect(paths?.['/menu']).toMatchObject({
      get: { security: [], description: 'Public: a menu hangs outside' },
    });
    const menuItem = paths?.['/menu'] as { get: { responses: object } };
    expect(Object.keys(menuItem.get.responses)).toEqual(['200', '429', '500', '503']);
  });

  it('has nothing missing where a door makes what its path names', () => {
    const { paths } = read({ order: { ...order, method: 'PUT', makes: true } });
    const item = paths?.['/homes/{home}/tiffins'] as { put: { responses: object } };
    expect(Object.keys(item.put.responses)).not.toContain('404');
  });

  it('is refused when a route names an error that has no class', () => {
    expect(() => documentOf({ menu: { ...menu, errors: ['NoSuchError'] } })).toThrow(
      /menu names NoSuchError/,
    );
  });
});

describe('a change of an interface', () => {
  const changed = (change: Partial<RouteDefinition>) =>
    breakingChanges(read({ order, menu }), read({ order: { ...order, ...change }, menu }));
  const { body, path } = order.request;
  const sent = (shape: z.ZodRawShape) =>
    changed({ request: { ...order.request, body: z.strictObject({ ...body.shape, ...shape }) } });
  const received = (schema: z.ZodType) => changed({ answers: { 201: schema } });

  it.each([
    ['nothing', []],
    ['a new door', breakingChanges(read({ order }), read({ order, menu }))],
    ['another role', changed({ access: { roles: ['customer', 'operator', 'service'] } })],
    ['a door opened to everybody', changed({ access: { public: 'why not' } })],
    ['a new thing that may be sent', sent({ spice: z.string().optional() })],
    ['more values that may be sent', sent({ dish: z.enum(['thali', 'poha', 'dosa']) })],
    ['wider limits', sent({ count: z.int().min(0).max(20) })],
    ['a duty that became a choice', sent({ count: z.int().min(1).max(10).optional() })],
    ['a new thing in the answer', received(Tiffin.extend({ cook: z.string() }))],
    ['a sure thing in the answer', received(Tiffin.extend({ note: z.string() }))],
    ['another error', changed({ errors: [] })],
    ['a header that need not be sent', breakingChanges(read({ order }), read({ order: without(order) }))],
  ])('breaks nobody by %s', (_, lines) => {
    expect(lines).toEqual([]);
  });

  const door = 'POST /homes/{home}/tiffins:';
  it.each([
    ['a door less', breakingChanges(read({ order, menu }), read({ order })), 'GET /menu is gone'],
    ['a role less', changed({ access: { roles: ['customer'] } }), `${door} operator may no longer call it`],
    [
      'a public door shut',
      breakingChanges(read({ menu }), read({ menu: { ...menu, access: { roles: ['customer'] } } })),
      'GET /menu: everybody may no longer call it',
    ],
    ['a value less', sent({ dish: z.enum(['poha']) }), `${door} body.dish no longer takes thali`],
    [
      'a lower maximum',
      sent({ count: z.int().min(1).max(5) }),
      `${door} body.count has maximum 5, which was 10`,
    ],
    [
      'a higher minimum',
      sent({ count: z.int().min(2).max(10) }),
      `${door} body.count has minimum 2, which was 1`,
    ],
    [
      'a shorter text',
      sent({ note: z.string().max(100).optional() }),
      `${door} body.note has maxLength 100, which was 140`,
    ],
    [
      'a pattern',
      sent({ note: z.string().max(140).regex(/^a/).optional() }),
      `${door} body.note has another pattern`,
    ],
    ['another type', sent({ count: z.string() }), `${door} body.count had type "integer" and has "string"`],
    ['a new duty', sent({ spice: z.string() }), `${door} body.spice must be given now`],
    ['a duty that was a choice', sent({ note: z.string().max(140) }), `${door} body.note must be given now`],
    [
      'a thing refused that was taken',
      changed({ request: { ...order.request, body: body.omit({ note: true }) } }),
      `${door} body.note is gone`,
    ],
    [
      'a parameter that must be sent',
      changed({ request: { path, body, query: z.object({ day: z.string() }) } }),
      `${door} query.day must be given now`,
    ],
    [
      'a body that must be sent',
      breakingChanges(read({ menu }), read({ menu: { ...menu, request: { body } } })),
      'GET /menu: body must be given now',
    ],
    ['another status', changed({ answers: { 202: Tiffin } }), `${door} it no longer answers 201`],
    ['an answer less', changed({ answers: { 201: null } }), `${door} its answer 201 has no body any more`],
    [
      'a thing gone from the answer',
      received(Tiffin.omit({ dish: true })),
      `${door} answer 201.dish is gone`,
    ],
    [
      'a thing that the answer may lack',
      received(Tiffin.extend({ dish: z.string().optional() })),
      `${door} answer 201.dish may be missing now`,
    ],
    [
      'alternatives that changed',
      sent({ note: z.union([z.string(), z.int()]).optional() }),
      `${door} body.note had anyOf free and has [{"type":"string"}`,
    ],
    [
      'something deep in a list',
      breakingChanges(
        read({ menu }),
        read({
          menu: { ...menu, answers: { 200: z.object({ items: z.array(z.object({ dish: z.string() })) }) } },
        }),
      ),
      'GET /menu: answer 200.items[].price is gone',
    ],
  ])('breaks somebody by %s', (_, lines, line) => {
    expect(lines.join('\n')).toContain(line);
  });

  it('that breaks somebody is announced by the first number of the version, not by another', () => {
    const before = read({ order, menu });
    const later = (version: string) => ({ ...read({ order }), info: { title: 'tiffin', version } });
    expect(unannounced(before, later('1.1.0'))).toEqual(['GET /menu is gone']);
    expect(unannounced(before, later('2.0.0'))).toEqual([]);
    expect(unannounced(before, read({ order, menu }))).toEqual([]);
  });
});
