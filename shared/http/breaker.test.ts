import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { breaker, type CallEnded, type CircuitState, type Permit } from './breaker.ts';

/** A breaker on a clock that stands until it is moved. */
const setUp = () => {
  const clock = { ms: 1_000_000 };
  const changes: CircuitState[] = [];
  const circuit = breaker({ nowMs: () => clock.ms, changed: (to) => changes.push(to) });
  const allowed = (): Extract<Permit, { mayCall: true }> => {
    const permit = circuit.begin();
    if (!permit.mayCall) throw new Error(`refused for ${permit.forMs} ms`);
    return permit;
  };
  const calls = (...ends: readonly CallEnded[]) => {
    for (const how of ends) allowed().ended(how);
  };
  return { clock, changes, circuit, allowed, calls };
};
const times = (count: number, how: CallEnded): CallEnded[] => Array.from({ length: count }, () => how);

describe('a circuit breaker', () => {
  it('opens at the fifth failure in a row, and says for how long', () => {
    const { circuit, calls, changes, clock } = setUp();
    calls(...times(4, 'failed'));
    expect(changes).toEqual([]);
    calls('failed');
    expect(changes).toEqual(['open']);
    clock.ms += 1_200;
    expect(circuit.begin()).toEqual({ mayCall: false, forMs: 3_800 });
  });

  it('does not open while more than half of the last twenty were answered', () => {
    const { calls, changes } = setUp();
    calls(...times(40, 'answered'), ...times(9, 'failed'));
    expect(changes).toEqual([]);
    calls('failed');
    expect(changes).toEqual(['open']);
  });

  it('forgets what is older than thirty seconds', () => {
    const { calls, changes, clock } = setUp();
    calls(...times(4, 'failed'));
    clock.ms += 30_000;
    calls(...times(4, 'failed'));
    expect(changes).toEqual([]);
  });

  it('is not opened by an answer', () => {
    const { calls, changes } = setUp();
    calls(...times(4, 'failed'), 'answered', 'answered');
    expect(changes).toEqual([]);
  });

  it('lets one call try after five seconds, and closes when it is answered', () => {
    const { circuit, calls, changes, clock, allowed } = setUp();
    calls(...times(5, 'failed'));
    clock.ms += 5_000;
    const trial = allowed();
    expect(circuit.begin()).toMatchObject({ mayCall: false });
    trial.ended('answered');
    expect(changes).toEqual(['open', 'half-open', 'closed']);
    calls(...times(4, 'failed'));
    expect(changes).toHaveLength(3);
  });

  it('opens for five seconds more when the trial fails', () => {
    const { circuit, calls, changes, clock } = setUp();
    calls(...times(5, 'failed'));
    clock.ms += 5_000;
    calls('failed');
    expect(changes).toEqual(['open', 'half-open', 'open']);
    expect(circuit.begin()).toEqual({ mayCall: false, forMs: 5_000 });
  });

  it('ignores what comes of a call that began before the change', () => {
    const { calls, changes, clock, allowed } = setUp();
    const [early, late] = [allowed(), allowed()];
    calls(...times(5, 'failed'));
    early.ended('answered');
    clock.ms += 5_000;
    const trial = allowed();
    late.ended('failed');
    expect(changes).toEqual(['open', 'half-open']);
    trial.ended('answered');
    trial.ended('failed');
    expect(changes.at(-1)).toBe('closed');
  });
});

/** What happens to a breaker. `end` ends one of the calls that are under way. */
type Happening =
  | { readonly what: 'begin' }
  | { readonly what: 'end'; readonly which: number; readonly how: CallEnded }
  | { readonly what: 'wait'; readonly ms: number };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ what: 'begin' } as const) },
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant('end' as const),
      which: fc.nat(),
      // Runs of failures are what it is for.
      how: fc.oneof(
        { weight: 3, arbitrary: fc.constant('failed' as const) },
        { weight: 1, arbitrary: fc.constant('answered' as const) },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 12_000 }) }),
  },
);

/** The same by its words, from the whole history, with nothing forgotten. */
const model = () => {
  const history: { readonly at: number; readonly how: CallEnded; readonly changesBefore: number }[] = [];
  const changes: { readonly at: number; readonly to: CircuitState }[] = [{ at: 0, to: 'closed' }];
  const state = () => changes.at(-1) ?? { at: 0, to: 'closed' };
  const change = (at: number, to: CircuitState) => changes.push({ at, to });
  return {
    changes,
    begins(at: number): boolean {
      const { at: since, to } = state();
      if (to === 'open' && at - since >= 5_000) change(at, 'half-open');
      return to === 'closed' || (to === 'open' && at - since >= 5_000);
    },
    ends(at: number, how: CallEnded, changesAtBegin: number) {
      if (changesAtBegin !== changes.length) return;
      if (state().to === 'half-open') return change(at, how === 'failed' ? 'open' : 'closed');
      history.push({ at, how, changesBefore: changes.length });
      const counted = history
        .filter(({ changesBefore }) => changesBefore === changes.length)
        .slice(-20)
        .filter((outcome) => at - outcome.at < 30_000);
      const failed = counted.filter((outcome) => outcome.how === 'failed');
      if (how === 'failed' && counted.length >= 5 && failed.length >= counted.length / 2) change(at, 'open');
    },
  };
};

test.prop([fc.array(happening, { minLength: 30, maxLength: 250, size: 'max' })])(
  'a breaker lets pass and refuses what its description says, whatever happens in which order',
  (happenings) => {
    const { clock, changes, circuit } = setUp();
    const described = model();
    const underWay: { readonly ended: (how: CallEnded) => void; readonly changes: number }[] = [];
    for (const it of happenings) {
      if (it.what === 'wait') clock.ms += it.ms;
      if (it.what === 'begin') {
        const permit = circuit.begin();
        expect(permit.mayCall).toBe(described.begins(clock.ms));
        if (permit.mayCall) underWay.push({ ended: permit.ended, changes: described.changes.length });
        else expect(permit.forMs).toBeGreaterThan(0);
        if (!permit.mayCall) expect(permit.forMs).toBeLessThanOrEqual(5_000);
      }
      if (it.what === 'end' && underWay.length > 0) {
        const [call] = underWay.splice(it.which % underWay.length, 1);
        call?.ended(it.how);
        described.ends(clock.ms, it.how, call?.changes ?? 0);
      }
      expect(changes).toEqual(described.changes.slice(1).map(({ to }) => to));
    }
  },
);
