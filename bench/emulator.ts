/**
 * Compares MiniStack as it comes with the emulator that `npm start` starts, and writes bench/emulator.md.
 * `npm run bench:emulator` measures everything but the soak, which takes an hour; `-- invokes soak` only these, and the
 * page keeps the others as they were; `--minutes 5` makes the soak shorter; `--quick` tries whether all of it still runs
 * and writes nothing. Ends with 1 when a bar does not hold. bench/README.md tells how it measures.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { exitCodeOf, report } from '../localstack/cli/report.ts';
import { chosenCorrections } from '../localstack/cloud/environment.ts';
import { INTERRUPTED_EXIT } from '../localstack/cloud/interrupt.ts';
import { SHARED_PATHS } from '../localstack/cloud/paths.ts';
import { ensureVenv } from '../localstack/cloud/venv.ts';
import { measuredCommit } from './commit.ts';
import { deploy } from './emulator/deploy.ts';
import { bootstrap, invokes } from './emulator/invokes.ts';
import { type Asked, askedBy, isForThePage } from './emulator/options.ts';
import {
  type Circumstances,
  holds,
  type Measured,
  type Part,
  pageWith,
  sectionOf,
} from './emulator/report.ts';
import { sagas } from './emulator/sagas.ts';
import { soak } from './emulator/soak.ts';
import { websockets } from './emulator/websockets.ts';

const PAGE = join(import.meta.dirname, 'emulator.md');

const parts: { readonly [part in Part]: (asked: Asked) => Promise<Measured> } = {
  invokes: ({ quick }) => invokes(quick ? 'quick' : 'full'),
  bootstrap: ({ quick }) => bootstrap(quick ? 'quick' : 'full'),
  websockets: ({ quick }) => websockets(quick ? 'quick' : 'full'),
  deploy: ({ quick }) => deploy(quick ? 'quick' : 'full'),
  sagas: ({ quick }) => sagas(quick ? 'quick' : 'full'),
  soak: ({ minutes }) => soak(minutes),
};

const circumstances = (): Circumstances => ({
  commit: measuredCommit(),
  day: new Date(),
  cores: availableParallelism(),
  node: process.versions.node.split('.')[0] ?? '',
  ministack: /^ministack==(\S+)/m.exec(readFileSync(SHARED_PATHS.requirements, 'utf8'))?.[1] ?? '',
});

const main = async (asked: Asked): Promise<void> => {
  const { venv: folder, requirements } = SHARED_PATHS;
  await ensureVenv({ folder, requirements, log: `${folder}-install` });
  for (const part of asked.parts) {
    process.stderr.write(`${part} …\n`);
    const found = circumstances(); // as it is started with, whatever is committed meanwhile
    const measured = await parts[part](asked);
    const section = sectionOf(part, measured, found);
    process.stdout.write(`${section}\n\n`);
    if (!measured.bars.every(holds)) process.exitCode = 1;
    if (!isForThePage(part, asked, chosenCorrections())) continue;
    // At once: what comes later may fail, and an hour be lost.
    const before = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
    writeFileSync(PAGE, pageWith(before, new Map([[part, section]])));
  }
};

// So that what is started ends with this process.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(name, () => process.exit(INTERRUPTED_EXIT));
}
try {
  await main(askedBy(process.argv.slice(2)));
} catch (thrown) {
  report(thrown);
  process.exit(exitCodeOf(thrown));
}
