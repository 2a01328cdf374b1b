/** What lets the console's page talk to the doors: on AWS they have two origins, on a laptop one. */
import { describe, expect, it } from 'vitest';
import { type Resource, synthesized, textOf } from './template.ts';

type Json = { readonly [name: string]: unknown };

const { of } = synthesized('aws');
/** Where the page is, as each stack says it: the platform made it, the others ask SSM at deployment. */
const originIn = (stack: string): string =>
  stack === 'platform'
    ? `https://{${of('AWS::CloudFront::Distribution')[0]?.id}.DomainName}`
    : '{SsmParameterValuedabbawalaconsoleoriginC96584B6F00A464EAD1953AFF4B05118Parameter}';

describe('a door on AWS', () => {
  it('is asked by a browser first, for the page alone; that reaches no code and opens nothing', () => {
    const methods = of('AWS::ApiGateway::Method');
    const asked = methods.filter(({ properties }) => properties.HttpMethod === 'OPTIONS');
    const at = ({ stack, properties }: Resource) => `${stack} ${textOf(properties.ResourceId)}`;
    const doors = Map.groupBy(
      methods.filter(({ properties }) => properties.HttpMethod !== 'OPTIONS'),
      at,
    );
    expect(new Set(asked.map(at))).toEqual(new Set(doors.keys()));
    for (const resource of asked) {
      const { Type, IntegrationResponses } = resource.properties.Integration as {
        Type: string;
        IntegrationResponses: { ResponseParameters: Json }[];
      };
      expect(Type).toBe('MOCK');
      const said = Object.entries(IntegrationResponses[0]?.ResponseParameters ?? {}).map(([name, value]) => [
        name.replace('method.response.header.', ''),
        textOf(value).replaceAll("'", ''),
      ]);
      const allowed = doors.get(at(resource))?.map(({ properties }) => properties.HttpMethod);
      expect(Object.fromEntries(said), resource.id).toEqual({
        'Access-Control-Allow-Origin': originIn(resource.stack),
        'Access-Control-Allow-Methods': allowed?.join(','),
        'Access-Control-Allow-Headers':
          'Authorization,Content-Type,Accept-Language,Idempotency-Key,X-Correlation-Id,If-Match',
        'Access-Control-Max-Age': '7200',
        Vary: 'Origin',
      });
    }
  });

  it('answers the page by the name that its function is given, and where the gateway answers by itself, too', () => {
    const given = of('AWS::Lambda::Function').flatMap(({ stack, properties }) => {
      const { Variables = {} } = (properties.Environment ?? {}) as { Variables?: Json };
      return Variables.CONSOLE_ORIGIN === undefined
        ? []
        : [{ stack, origin: textOf(Variables.CONSOLE_ORIGIN) }];
    });
    expect(given.length).toBeGreaterThan(30);
    for (const { stack, origin } of given) expect(origin).toBe(originIn(stack));
    const own = of('AWS::ApiGateway::GatewayResponse');
    expect(own.length).toBeGreaterThan(30);
    for (const { stack, id, properties } of own) {
      const said = properties.ResponseParameters as Json;
      const header = (name: string) => textOf(said[`gatewayresponse.header.${name}`]);
      expect(header('Access-Control-Allow-Origin'), id).toBe(`'${originIn(stack)}'`);
      expect(header('Access-Control-Expose-Headers'), id).toBe(
        "'Location,Retry-After,traceparent,X-Correlation-Id'",
      );
      expect(header('Vary'), id).toBe("'Origin'");
    }
  });
});

it('a door of a local city says nothing of that, since the page has the same origin', () => {
  const { resources } = synthesized('local');
  const found = resources.filter((resource) =>
    /Access-Control-|CONSOLE_ORIGIN|"OPTIONS"/.test(JSON.stringify(resource)),
  );
  expect(found.map(({ id }) => id)).toEqual([]);
});
