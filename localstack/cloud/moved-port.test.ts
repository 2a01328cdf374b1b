import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { moveQueuesTo } from './moved-port.ts';

let state: string;
const keep = (name: string, text: string) => writeFileSync(join(state, name), text);
const kept = (name: string) => readFileSync(join(state, name), 'utf8');

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'moved-'));
});
afterEach(() => {
  rmSync(state, { recursive: true });
});

it('renames every queue to the port of the next run, wherever the state names one', () => {
  keep(
    'sqs.json',
    '{"http://localhost:4566/000000000000/work":{"url":"http://localhost:4566/000000000000/work"}}',
  );
  keep('lambda.json', '{"PARKING":"http://localhost:4701/000000000000/parking"}');
  expect(moveQueuesTo(4702, state)).toBe(2);
  expect(kept('sqs.json')).toBe(
    '{"http://localhost:4702/000000000000/work":{"url":"http://localhost:4702/000000000000/work"}}',
  );
  expect(kept('lambda.json')).toBe('{"PARKING":"http://localhost:4702/000000000000/parking"}');
  expect(readdirSync(state).sort()).toEqual(['lambda.json', 'sqs.json']);
});

it('leaves what people wrote, what is no queue, and a state that has this port already', () => {
  const told = '{"callback":"http://localhost:4566/000000000000/mine"}';
  keep('dynamodb.json', told);
  keep('cloudwatch_logs.json', told);
  keep('ssm.json', '{"url":"http://localhost:4566/restapis/x"}');
  keep('sqs.json', '{"http://localhost:4702/000000000000/work":1}');
  expect(moveQueuesTo(4702, state)).toBe(0);
  expect(kept('dynamodb.json')).toBe(told);
});

it('has nothing to do before there is a state', () => {
  expect(moveQueuesTo(4702, join(state, 'none'))).toBe(0);
});
