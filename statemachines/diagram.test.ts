import { describe, expect, it } from 'vitest';
import { goes, machine, orElse, retried, task } from './asl.ts';
import { mermaidOf, withDiagrams } from './diagram.ts';

const tiffin = machine({
  Comment: 'A tiffin on its way.',
  StartAt: 'Cook',
  States: {
    Cook: { ...task('cook'), ...retried(3, 8), ...orElse('Tell'), Next: 'InTime' },
    InTime: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $late = "yes" %}', Next: 'Tell' }],
      Default: 'Carry',
    },
    Carry: { Comment: 'The pivot: the dabba has left.', ...task('carry'), Next: 'Eaten' },
    Tell: { Type: 'Pass', Next: 'Hungry' },
    Eaten: { Type: 'Succeed' },
    Hungry: { Type: 'Fail', Error: 'Hungry', Cause: '' },
  },
});

describe('the diagram of a machine', () => {
  it('has every state in its shape, what comes next, what is caught, and the pivot', () => {
    expect(mermaidOf(tiffin)).toBe(`flowchart TD
  start((" ")) --> Cook
  Cook["Cook<br/>3 retries"]
  InTime{"InTime"}
  Carry["Carry"]
  Tell["Tell"]
  Eaten(["Eaten"])
  Hungry(["Hungry"])
  Cook --> InTime
  Cook -. "States.ALL" .-> Tell
  InTime -- "$late = #quot;yes#quot;" --> Tell
  InTime -- "else" --> Carry
  Carry --> Eaten
  Tell --> Hungry
  classDef pivot stroke-width:4px
  class Carry pivot`);
  });

  it('draws of a choice with many branches those to which nothing else leads, and counts the others', () => {
    const many = machine({
      Comment: '',
      StartAt: 'Route',
      States: {
        Route: {
          Type: 'Choice',
          Choices: [goes('A'), goes('B'), goes('C'), goes('D'), goes('E'), goes('F'), goes('Z')],
          Default: 'A',
        },
        A: { Type: 'Pass', Next: 'B' },
        B: { Type: 'Pass', Next: 'C' },
        C: { Type: 'Pass', Next: 'D' },
        D: { Type: 'Pass', Next: 'E' },
        E: { Type: 'Pass', Next: 'F' },
        F: { Type: 'Succeed' },
        Z: { Type: 'Succeed' },
      },
    });
    const lines = mermaidOf(many)
      .split('\n')
      .filter((line) => line.startsWith('  Route '));
    expect(lines).toEqual([
      `  Route -- "$next = 'A'" --> A`,
      `  Route -- "$next = 'Z'" --> Z`,
      '  Route -.- RouteOthers>"and to 5 others, by name"]',
      '  Route -- "else" --> A',
    ]);
  });

  it('is drawn into the pages that ask for it, in place of what stood there', () => {
    const page =
      'Before\n<!-- diagram of t.asl.json, by npm run generate -->\nold\n<!-- end of the diagram -->\nafter';
    const drawn = withDiagrams(page, { 't.asl.json': tiffin });
    expect(drawn).toContain('```mermaid\nflowchart TD');
    expect(drawn).not.toContain('old');
    expect(withDiagrams(drawn, { 't.asl.json': tiffin })).toBe(drawn);
    expect(() => withDiagrams(page, {})).toThrow('there is no machine t.asl.json');
  });
});
