import { zipOf } from '../../emulator/zip.ts';

/** What a small Lambda of the suite gets beside its event. */
export interface Tools {
  /** Keeps something in the journal, where the test reads it. */
  readonly note: (what: unknown) => Promise<void>;
  /** What the test gave it when it made it. */
  readonly given: Record<string, string>;
  readonly pause: (ms: number) => Promise<void>;
  /** Calls an AWS API of JSON protocol by its target name (`DynamoDB_20120810.PutItem`), under the function's role. */
  readonly ask: (service: string, target: string, body: object) => Promise<{ status: number; body: unknown }>;
  readonly context: {
    readonly functionVersion: string;
    readonly awsRequestId: string;
    readonly logStreamName: string;
  };
}

/**
 * The handler of a small Lambda, for the event that its test has it called with. It is sent as text, so it may use its
 * parameters and Node alone.
 */
export type Does = (event: never, tools: Tools) => unknown;

/**
 * The code of every Lambda of the suite: signs its calls itself, because no SDK is at hand where the emulator runs it,
 * and AWS checks signatures.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 */
const INDEX = `
const { createHash, createHmac, randomUUID } = require('node:crypto');
const { request: http } = require('node:http');
const { request: https } = require('node:https');

const { AWS_REGION: region, AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = process.env;
const hash = (text) => createHash('sha256').update(text).digest('hex');
const mac = (by, text) => createHmac('sha256', by).update(text).digest();

const sign = (host, path, service, target, body) => {
  const time = new Date().toISOString().replace(/[-:]|\\.\\d{3}/g, '');
  const version = service === 'dynamodb' || service === 'sqs' ? '1.0' : '1.1';
  const headers = { 'content-type': 'application/x-amz-json-' + version, host, 'x-amz-date': time };
  if (token) headers['x-amz-security-token'] = token;
  headers['x-amz-target'] = target;
  const names = Object.keys(headers).sort();
  const canonical = ['POST', path, '', ...names.map((name) => name + ':' + headers[name]), '', names.join(';'), hash(body)];
  const scope = [time.slice(0, 8), region, service, 'aws4_request'];
  const text = ['AWS4-HMAC-SHA256', time, scope.join('/'), hash(canonical.join('\\n'))].join('\\n');
  const signature = createHmac('sha256', scope.reduce(mac, 'AWS4' + secret)).update(text).digest('hex');
  headers.authorization =
    'AWS4-HMAC-SHA256 Credential=' + key + '/' + scope.join('/') +
    ', SignedHeaders=' + names.join(';') + ', Signature=' + signature;
  return headers;
};

const ask = (service, target, content) =>
  new Promise((resolve, reject) => {
    const url = new URL(process.env.AWS_ENDPOINT_URL || 'https://' + service + '.' + region + '.amazonaws.com');
    const body = JSON.stringify(content);
    const send = url.protocol === 'https:' ? https : http;
    const call = send(url, { method: 'POST', headers: sign(url.host, '/', service, target, body) }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => (text += part));
      answer.on('end', () => {
        let parsed;
        try { parsed = JSON.parse(text); } catch { parsed = text; }
        resolve({ status: answer.statusCode, body: parsed });
      });
    });
    call.on('error', reject);
    call.end(body);
  });

let noted = 0;
const note = async (what) => {
  const at = String(Date.now()).padStart(15, '0') + '#' + String(noted++).padStart(6, '0') + '#' + randomUUID();
  const Item = { pk: { S: process.env.AWS_LAMBDA_FUNCTION_NAME }, sk: { S: at }, what: { S: JSON.stringify(what ?? null) } };
  const { status, body } = await ask('dynamodb', 'DynamoDB_20120810.PutItem', { TableName: process.env.JOURNAL, Item });
  if (status !== 200) throw new Error('the journal answered ' + status + ' ' + JSON.stringify(body));
};

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const given = JSON.parse(process.env.GIVEN || '{}');
const does = require('./does.js');
exports.handler = async (event, context) => does(event, { note, given, pause, ask, context });
`;

/** The ZIP file of a small Lambda whose handler is `index.handler`. */
export const workerZip = (does: Does, files: Readonly<Record<string, string>>): Buffer =>
  zipOf({
    ...files,
    'package.json': '{ "type": "commonjs" }\n',
    'index.js': INDEX,
    'does.js': `module.exports = ${does.toString()};\n`,
  });
