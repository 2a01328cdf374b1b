import { describe, expect, it } from 'vitest';
import { HouseError } from '../errors/index.ts';
import { ConnectionLost, everyFault, type Fault, type Gate, schedule } from './scheduler.ts';

/** A port that writes down what reached it. */
const journal = () => {
  const calls: string[] = [];
  return {
    calls,
    port: {
      say: async (what: string) => {
        calls.push(what);
        return calls.length;
      },
    },
  };
};

/** The choice that makes the one caller meet this fault at its first call (it has no choice of who goes). */
const meeting = (fault: Fault) => [everyFault.indexOf(fault) + 1];

const sayTwice = (port: { say: (what: string) => Promise<number> }, name: string) => async (gate: Gate) => {
  const { say } = gate(port);
  return [await say(`${name} 1`), await say(`${name} 2`)];
};

describe('a schedule', () => {
  it('runs one caller after the other, without faults, when no choices are left', async () => {
    const { calls, port } = journal();
    const { actor, run } = schedule<number[]>({ choices: [] });
    actor('a', sayTwice(port, 'a'));
    actor('b', sayTwice(port, 'b'));
    expect(await run()).toEqual([
      { actor: 'a', value: [1, 2] },
      { actor: 'b', value: [3, 4] },
    ]);
    expect(calls).toEqual(['a 1', 'a 2', 'b 1', 'b 2']);
  });

  it('lets the choices decide who goes, and is the same for the same choices', async () => {
    const orderOf = async (choices: readonly number[]) => {
      const { calls, port } = journal();
      const { actor, run } = schedule<number[]>({ choices, faults: [] });
      actor('a', sayTwice(port, 'a'));
      actor('b', sayTwice(port, 'b'));
      await run();
      return calls.join();
    };
    const orders = new Set<string>();
    for (let bits = 0; bits < 64; bits += 1) {
      const choices = [1, 2, 4, 8, 16, 32].map((bit) => (bits & bit) / bit);
      const order = await orderOf(choices);
      expect(await orderOf(choices)).toBe(order);
      orders.add(order);
    }
    expect(orders.size).toBe(6); // all the ways in which two and two calls can follow each other
  });

  it.each<[Fault, string[]]>([
    ['fails before', []],
    ['answer lost', ['x']],
  ])('rejects a call that %s with an error that tells neither', async (fault, reached) => {
    const { calls, port } = journal();
    const { actor, run } = schedule({ choices: meeting(fault) });
    actor('a', (gate) => gate(port).say('x'));
    const [outcome] = await run();
    expect(outcome).toMatchObject({ actor: 'a', error: { name: 'TimeoutError', code: 'ECONNRESET' } });
    expect(outcome && 'error' in outcome && outcome.error).toBeInstanceOf(ConnectionLost);
    expect(HouseError.from(new ConnectionLost()).retryable).toBe(true);
    expect(calls).toEqual(reached);
  });

  it.each<[Fault, string[]]>([
    ['crash before', ['x']],
    ['crash after', ['x', 'x']],
  ])('starts a caller anew after a %s that nothing in it can catch', async (fault, reached) => {
    const { calls, port } = journal();
    const caught: unknown[] = [];
    let lives = 0;
    const { actor, run } = schedule({ choices: meeting(fault) });
    actor('a', async (gate) => {
      lives += 1;
      return gate(port)
        .say('x')
        .catch((error: unknown) => caught.push(error))
        .finally(() => calls.length);
    });
    expect(await run()).toEqual([{ actor: 'a', value: reached.length }]);
    expect([lives, caught, calls]).toEqual([2, [], reached]);
  });

  it('delivers a call twice, and the caller gets the second answer', async () => {
    const { calls, port } = journal();
    const { actor, run } = schedule({ choices: meeting('delivered twice') });
    actor('a', (gate) => gate(port).say('x'));
    expect(await run()).toEqual([{ actor: 'a', value: 2 }]);
    expect(calls).toEqual(['x', 'x']);
  });

  it('passes on what a port throws, and tells it twice where it is delivered twice', async () => {
    const port = { fail: () => Promise.reject(new TypeError('broken')) };
    const { actor, run } = schedule({ choices: meeting('delivered twice') });
    actor('a', (gate) => gate(port).fail());
    expect(await run()).toMatchObject([{ actor: 'a', error: { message: 'broken' } }]);
  });

  it('brings a caller again after an error that a retry helps, and keeps each outcome', async () => {
    const retryable = Object.assign(new Error('busy'), { retryable: true });
    let tries = 0;
    const { actor, run } = schedule<string>({ choices: [] });
    actor('a', async () => {
      tries += 1;
      if (tries < 3) throw retryable;
      return 'done';
    });
    expect(await run()).toEqual([
      { actor: 'a', error: retryable },
      { actor: 'a', error: retryable },
      { actor: 'a', value: 'done' },
    ]);
  });

  it('lets no fault happen at a calm gate, and none that is not asked for', async () => {
    const { port } = journal();
    for (const fault of everyFault) {
      const calm = schedule({ choices: meeting(fault) });
      calm.actor('a', (gate) => gate(port, { calm: true }).say('x'));
      expect(await calm.run()).toMatchObject([{ value: expect.any(Number) }]);
    }
    const only = schedule({ choices: [1], faults: ['delivered twice'] });
    only.actor('a', (gate) => gate(port).say('y'));
    expect(await only.run()).toMatchObject([{ value: expect.any(Number) }]);
  });

  it('keeps calls of a dead life from the ports, also those of another branch', async () => {
    const { calls, port } = journal();
    let lives = 0;
    // The first life has two calls open; its second one crashes, and so the first one never happens.
    const { actor, run } = schedule({ choices: [1, 3] });
    actor('a', async (gate) => {
      lives += 1;
      const { say } = gate(port);
      const life = lives;
      await Promise.all([say(`life ${life}, left`), say(`life ${life}, right`).then(() => say('and on'))]);
    });
    await run();
    expect(lives).toBe(2);
    expect(calls).toEqual(['life 2, left', 'life 2, right', 'and on']);
  });

  it('tells who waits for something that is no gate', async () => {
    const { actor, run } = schedule({ choices: [] });
    actor('a', () => new Promise(() => undefined));
    await expect(run()).rejects.toThrow('a waits for something that is no gate');
  });

  it('ends a run that does not end by itself', async () => {
    const { actor, run } = schedule({ choices: [], mostSteps: 10 });
    actor('a', () => Promise.reject(Object.assign(new Error('busy'), { retryable: true })));
    await expect(run()).rejects.toThrow('No end after 10 steps');
  });

  it('tells the steps with a check that fails', async () => {
    const { port } = journal();
    const { actor, run, verify } = schedule({ choices: meeting('answer lost'), comesAgain: () => false });
    actor('a', (gate) => gate(port).say('x'));
    await run();
    verify(() => undefined);
    expect(() =>
      verify(() => {
        throw new Error('not so');
      }),
    ).toThrow('not so\nThe steps were:\n  a: starts\n  a: say (answer lost)');
    expect(() =>
      verify(() => {
        throw 'a text'; // whatever is thrown is told
      }),
    ).toThrow('a text\nThe steps were:');
  });
});
