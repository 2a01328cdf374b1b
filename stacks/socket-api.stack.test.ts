import { describe, expect, it } from 'vitest';
import { routes, socket } from '../functions/swiggy-tracking/contract.ts';
import { socketRoutesOf } from '../shared/socket/index.ts';
import { SOCKET_LOG } from './constructs/socket-api.ts';
import { synthesized, textOf } from './template.ts';

type Json = { readonly [name: string]: unknown };

describe.each(['local', 'aws'] as const)('a WebSocket API for %s', (target) => {
  const { of, city } = synthesized(target);
  const made = of('AWS::ApiGatewayV2::Route');

  it('chooses by the type of a message, and has a function of its own for each route of the contract', () => {
    expect(of('AWS::ApiGatewayV2::Api').map(({ properties }) => properties.RouteSelectionExpression)).toEqual(
      ['$request.body.type'],
    );
    const wanted = socketRoutesOf(socket);
    expect(made.map(({ properties }) => properties.RouteKey).toSorted()).toEqual(
      wanted.map(({ route }) => route).toSorted(),
    );
    const integrations = made.map(({ properties }) => textOf(properties.Target));
    expect(new Set(integrations).size).toBe(wanted.length);
    const { commands = [], doors } = city.manifest.systems['swiggy-tracking'] ?? { doors: [] };
    expect(commands.map(({ route, function: name }) => [route, name]).toSorted()).toEqual(
      wanted.map(({ route, name }) => [route, `swiggy-tracking-${name}`]).toSorted(),
    );
    expect(doors.map(({ name }) => name).toSorted()).toEqual(
      [...Object.values(routes).map(({ name }) => name), 'openapi'].toSorted(),
    );
  });

  it('lets API Gateway call each function by its own route alone', () => {
    const functions = new Map(
      of('AWS::Lambda::Function').map(({ id, stack, properties }) => [`${stack} {${id}.Arn}`, properties]),
    );
    const permitted = of('AWS::Lambda::Permission').flatMap(({ stack, properties }) => {
      const arn = textOf(properties.SourceArn);
      const fn = functions.get(`${stack} ${textOf(properties.FunctionName)}`);
      return /\{Socket/.test(arn) ? [[textOf(fn?.FunctionName), arn.split('/').slice(1).join('/')]] : [];
    });
    expect(permitted.toSorted()).toEqual(
      socketRoutesOf(socket)
        .map(
          ({ route, name }) => [`swiggy-tracking-${name}`, expect.stringMatching(endingIn(route))] as const,
        )
        .toSorted(([one], [other]) => one.localeCompare(other)),
    );
  });

  it('sends back what a command answers: by a resource on AWS, and by itself in the emulator', () => {
    const answered = of('AWS::ApiGatewayV2::RouteResponse').map(({ properties }) =>
      textOf(properties.RouteId),
    );
    const commands = made.filter(({ properties }) => !/^\$(dis)?connect$/.test(String(properties.RouteKey)));
    expect(answered.toSorted()).toEqual(
      target === 'local' ? [] : commands.map(({ id }) => `{${id}}`).toSorted(),
    );
  });

  it('is throttled, and logs each message without a word of it, for a month', () => {
    const [stage, ...others] = of('AWS::ApiGatewayV2::Stage');
    expect(others).toEqual([]);
    expect(stage?.properties).toMatchObject({
      StageName: 'live',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
      AccessLogSettings: { Format: SOCKET_LOG },
    });
    const name = '/aws/apigateway/swiggy-tracking-socket';
    expect(
      of('AWS::Logs::LogGroup').find(({ properties }) => properties.LogGroupName === name)?.properties,
    ).toMatchObject({ RetentionInDays: 30 });
    expect(SOCKET_LOG).not.toMatch(/sourceIp|userAgent|identity|query|body/i);
  });

  it('lets only those who push send, to its own connections, and nobody end or look at one', () => {
    const managing = of('AWS::IAM::Policy').flatMap(({ properties }) =>
      ((properties.PolicyDocument as Json).Statement as Json[])
        .filter(({ Action }) => /^execute-api/.test(textOf(Action)))
        .map(({ Action, Resource }) => [
          textOf(properties.Roles).replace(/^\{(\w+?)Role\w+\}$/, '$1'),
          textOf(Action),
          textOf(Resource).replace(/^.*?(:\{)/, '$1'),
        ]),
    );
    const [own] = of('AWS::ApiGatewayV2::Api');
    const resource = expect.stringMatching(new RegExp(`\\{${own?.id}\\}/live/POST/@connections/\\*$`));
    expect(managing.toSorted()).toEqual([
      ['FanOut', 'execute-api:ManageConnections', resource],
      ['PushPosition', 'execute-api:ManageConnections', resource],
    ]);
  });

  it('writes down where it is, and has an alarm', () => {
    const found = of('AWS::SSM::Parameter').find(
      ({ properties }) => properties.Name === '/dabbawala/swiggy-tracking/socket',
    );
    const [own] = of('AWS::ApiGatewayV2::Api');
    const where =
      target === 'local' ? `/_aws/execute-api/{${own?.id}}/live` : `https://{${own?.id}}.execute-api`;
    expect(textOf(found?.properties.Value).startsWith(where)).toBe(true);
    expect(own?.properties.Tags).toMatchObject({ 'ms-custom-id': 'swiggy-tracking-socket' });
    const { alarms = [], socket: output } = city.manifest.systems['swiggy-tracking'] ?? {};
    expect(alarms).toContain('swiggy-tracking-socket-failing');
    expect(output).toBe('SocketId');
  });
});

const endingIn = (route: string) => new RegExp(`\\*?${route.replaceAll('$', '\\$')}$`);
