/** One HTTP request over a connection that is kept. Not by `fetch`: loading undici takes longer than most answers. */
import { Agent, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps, Agent as SecureAgent } from 'node:https';

export interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | undefined;
  /** Until when the whole answer has to be there. */
  readonly timeoutMs: number;
}

export interface Received {
  readonly status: number;
  /** Names in lower case; what came more than once is joined by commas. */
  readonly headers: { readonly [name: string]: string };
  readonly text: string;
}

let agents: { readonly http: Agent; readonly https: SecureAgent } | undefined;

const keptAlive = () => {
  agents ??= { http: new Agent({ keepAlive: true }), https: new SecureAgent({ keepAlive: true }) };
  return agents;
};

/** @throws {Error} no whole answer in time, or none at all */
export const send = ({ method, url, headers, body, timeoutMs }: Sent): Promise<Received> =>
  new Promise((resolve, reject) => {
    const options = {
      method,
      headers:
        body === undefined ? headers : { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      // Over everything: connecting, waiting, reading.
      signal: AbortSignal.timeout(timeoutMs),
    };
    const read = (response: IncomingMessage) => void whole(response).then(resolve, reject);
    const request =
      url.protocol === 'https:'
        ? requestHttps(url, { ...options, agent: keptAlive().https }, read)
        : requestHttp(url, { ...options, agent: keptAlive().http }, read);
    request.on('error', reject);
    request.end(body);
  });

const whole = async (response: IncomingMessage): Promise<Received> => {
  const chunks: Buffer[] = [];
  // Throws where the connection ends before the answer does.
  for await (const chunk of response) chunks.push(chunk);
  const headers = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    text: Buffer.concat(chunks).toString('utf8'),
  };
};
