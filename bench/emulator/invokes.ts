/** Warm invocations a second of a Lambda that does nothing. */
import { inTurns, KINDS, onBoth } from './clouds.ts';
import { type Measured, median, spread } from './report.ts';
import { invokesASecond, makeRole, makeSmall } from './small.ts';

const CLIENTS = [1, 8, 32] as const;
const SIZES = { full: { rounds: 5, seconds: 4 }, quick: { rounds: 1, seconds: 1 } } as const;
/** So that every worker that the most clients get is there, and Python has seen all that it runs. */
const WARM_UP = { clients: 32, seconds: 2 };

/** Stock against corrected, by our runtime. */
export const invokes = (size: keyof typeof SIZES): Promise<Measured> =>
  onBoth(async (clouds) => {
    const { rounds, seconds } = SIZES[size];
    for (const kind of KINDS) {
      await makeSmall(clouds[kind], await makeRole(clouds[kind]), { name: 'small' });
      await invokesASecond(clouds[kind], 'small', WARM_UP);
    }
    const rows: string[][] = [];
    let alone = Number.NaN;
    for (const clients of CLIENTS) {
      const { stock, corrected } = await inTurns(rounds, KINDS, (kind) =>
        invokesASecond(clouds[kind], 'small', { clients, seconds }),
      );
      const ratio = median(corrected) / median(stock);
      if (clients === 1) alone = ratio;
      rows.push([String(clients), spread(stock), spread(corrected), ratio.toFixed(2)]);
    }
    return {
      bars: [
        {
          what: 'Invocations by one client, corrected against stock',
          at: 'least',
          limit: 2.5,
          measured: alone,
          unit: 'times',
        },
      ],
      tables: [{ head: ['Clients', 'Stock, a second', 'Corrected, a second', 'Ratio'], rows }],
    };
  });

const RUNTIMES = ['ours', 'theirs'] as const;
const HANDLERS = { silent: 'logs nothing', speaks: 'logs a line' } as const;

/** Our runtime against the emulator's own for Node: the same handler, called by one client. */
export const bootstrap = (size: keyof typeof SIZES): Promise<Measured> =>
  onBoth(async (clouds) => {
    const { rounds, seconds } = SIZES[size];
    let wanted = Number.NaN;
    const rows: string[][] = [];
    for (const kind of KINDS) {
      const role = await makeRole(clouds[kind]);
      for (const handler of ['silent', 'speaks'] as const) {
        const call = (runtime: (typeof RUNTIMES)[number]) =>
          invokesASecond(clouds[kind], `${runtime}-${handler}`, { clients: 1, seconds });
        for (const runtime of RUNTIMES) {
          await makeSmall(clouds[kind], role, { name: `${runtime}-${handler}`, runtime, handler });
          await call(runtime); // does not count
        }
        const { ours, theirs } = await inTurns(rounds, RUNTIMES, call);
        const ratio = median(ours) / median(theirs);
        if (kind === 'corrected' && handler === 'silent') wanted = ratio;
        rows.push([`${kind}, ${HANDLERS[handler]}`, spread(theirs), spread(ours), ratio.toFixed(2)]);
      }
    }
    return {
      bars: [
        {
          what: 'Invocations by one client, our runtime against the emulator’s own, of a handler that logs nothing',
          at: 'least',
          limit: 4,
          measured: wanted,
          unit: 'times',
        },
      ],
      tables: [{ head: ['Emulator, handler', 'Theirs, a second', 'Ours, a second', 'Ratio'], rows }],
    };
  });
