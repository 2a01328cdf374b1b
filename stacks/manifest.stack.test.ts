import { expect, it } from 'vitest';
import { CITY_PATH } from './constructs/system-stack.ts';
import { synthesized, textOf } from './template.ts';

const { of, city } = synthesized('aws');

it('writes down what each system consists of, in no more than a parameter that costs nothing holds', () => {
  const parameters = of('AWS::SSM::Parameter').filter(({ properties }) =>
    textOf(properties.Name).startsWith(CITY_PATH),
  );
  expect(parameters.map(({ stack }) => stack).toSorted()).toEqual(
    city.stacks.map(({ system }) => system).toSorted(),
  );
  for (const { stack, properties } of parameters) {
    const value = textOf(properties.Value);
    expect(Buffer.byteLength(value), stack).toBeLessThanOrEqual(4_096);
    expect(properties.Tier ?? 'Standard', stack).toBe('Standard');
    expect(textOf(properties.Name)).toBe(`${CITY_PATH}${stack}`);
    const { functions, tables } = JSON.parse(value) as { functions: string[]; tables: string[] };
    expect(tables, stack).toHaveLength(
      of('AWS::DynamoDB::Table').filter((table) => table.stack === stack).length,
    );
    for (const table of tables) expect(table, stack).toMatch(/./);
    expect(functions, stack).toEqual(city.manifest.systems[stack]?.functions);
  }
});
