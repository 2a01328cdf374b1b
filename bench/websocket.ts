/**
 * Measures how fast what is said in an order reaches all who follow it, beside a route of the emulator that only passes on and
 * a bare `ws` server, and writes bench/websocket.md. `npm run bench:websocket` does that against the city that `npm start` left
 * running; `-- quick` tries it in small and writes nothing. Ends with 1 when a connection was lost or a push is missing.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ROOT } from '../localstack/cloud/paths.ts';
import { openStage } from '../localstack/story/stage.ts';
import { circumstancesNow, emulatorPid, runningCity, sizeAsked } from './beginning.ts';
import { hasProc, workedSeconds } from './emulator/process.ts';
import { untilQuiet } from './payments/quiet.ts';
import { type Heard, hear, type Size } from './websocket/driver.ts';
import { differencesIn, socketPage, socketTables } from './websocket/report.ts';
import { type House, KINDS, type Kind, passHouse, wsHouse } from './websocket/rooms.ts';
import { trackingHouse } from './websocket/tracking.ts';

/** A hundred is the most that may follow one order; more than five messages in ten seconds are refused to one speaker. */
const FULL: Size = { rounds: 3, held: 200, followers: 100, singles: 6, burst: 9 };
const QUICK: Size = { rounds: 1, held: 40, followers: 20, singles: 6, burst: 9 };

const size = sizeAsked({ full: FULL, quick: QUICK });
const circumstances = circumstancesNow();
const city = runningCity();
const pid = emulatorPid();
const workedMs = () => (hasProc ? workedSeconds(pid) * 1_000 : Number.NaN);

const logs = new CloudWatchLogsClient({ endpoint: city.endpoint, region: city.region });

const opened: House[] = [];
const open = async (house: Promise<House> | House): Promise<House> => {
  const made = await house;
  opened.push(made);
  return made;
};
try {
  const houses: { readonly [kind in Kind]: House } = {
    ws: await open(wsHouse()),
    pass: await open(passHouse(city)),
    tracking: await open(trackingHouse(city, openStage(city))),
  };
  const found: { readonly [kind in Kind]: Heard[] } = { tracking: [], pass: [], ws: [] };
  // The first does not count: it starts the workers.
  for (let round = -1; round < size.rounds; round += 1) {
    for (const kind of round % 2 === 0 ? KINDS : KINDS.toReversed()) {
      const heard = await hear(await houses[kind].room(), size, workedMs);
      if (round >= 0) found[kind].push(heard);
      // An end of each connection is a call too, and slows nobody else.
      await untilQuiet(logs);
    }
  }
  const sockets = { size, rounds: found };
  process.stdout.write(`${socketTables(sockets)}\n`);
  if (differencesIn(sockets).length > 0) process.exitCode = 1;
  if (size === FULL) writeFileSync(join(ROOT, 'bench/websocket.md'), socketPage(sockets, circumstances));
} finally {
  for (const house of opened) await house.remove();
}
