/**
 * Locks between processes, as files that name their holder. A lock whose holder is no more is taken over, so that a
 * killed command keeps nobody out. Plain JavaScript, since npm's packages are installed under one too.
 */

import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { identityOf } from './process-identity.mjs';

const POLL_MS = 100;

/** Takes a lock; answers its living holder where it has one, and undefined when it is ours now. */
export const takeLock = (lock, doing) => {
  mkdirSync(dirname(lock), { recursive: true });
  // Written aside and put in place whole, so that nobody reads half a lock and takes it for a broken one.
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) ?? '', doing }));
  try {
    return place(mine, lock);
  } finally {
    rmSync(mine, { force: true });
  }
};

const place = (mine, lock) => {
  for (;;) {
    try {
      linkSync(mine, lock);
      return undefined;
    } catch (thrown) {
      if (thrown.code !== 'EEXIST') throw thrown;
    }
    const holder = holderOf(lock);
    if (isAlive(holder)) return holder;
    setAside(lock, `${mine}.left`);
  }
};

/** Only one process can move a file away; if what it moved was no longer the dead one's, it goes back. */
const setAside = (lock, aside) => {
  try {
    renameSync(lock, aside);
    if (isAlive(holderOf(aside))) linkSync(aside, lock);
  } catch (thrown) {
    if (thrown.code !== 'ENOENT' && thrown.code !== 'EEXIST') throw thrown;
  } finally {
    rmSync(aside, { force: true });
  }
};

const isAlive = (holder) => holder !== undefined && identityOf(holder.pid) === holder.identity;

const holderOf = (lock) => {
  try {
    return JSON.parse(readFileSync(lock, 'utf8'));
  } catch {
    return undefined;
  }
};

/** Works while a lock is ours, which this process has taken. */
export const holding = async (lock, work) => {
  const release = () => rmSync(lock, { force: true });
  process.on('exit', release);
  try {
    return await work();
  } finally {
    release();
    process.off('exit', release);
  }
};

/** Works when those before us are done; `onWait` hears once whom we wait for. */
export const inTurn = async ({ lock, doing, onWait, signal }, work) => {
  let holder = takeLock(lock, doing);
  if (holder) onWait?.(holder);
  while (holder) {
    await pause(POLL_MS, undefined, { signal }).catch((thrown) => {
      throw signal?.aborted ? signal.reason : thrown;
    });
    holder = takeLock(lock, doing);
  }
  return holding(lock, work);
};
