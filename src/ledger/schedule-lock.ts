import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { errorCode, messageOf } from '../errors.js';

/**
 * Takes the lock of a schedule, which one process holds while it works on an edition. The operating system releases it when the process
 * ends, however it ends, so that no lock is ever left behind and none is taken from a process that still lives.
 *
 * @param folder - the delivery folder
 * @returns what releases it; null where another process holds it
 */
export function lockSchedule(folder: string, schedule: string): (() => void) | null {
  const locks = path.join(folder, 'locks');
  mkdirSync(locks, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(path.join(locks, `${schedule}.lock`));
  try {
    lock.exec('PRAGMA busy_timeout = 0');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return () => lock.close();
}

function isBusy(error: unknown): boolean {
  return errorCode(error) === 'SQLITE_BUSY' || /database is locked/i.test(messageOf(error));
}
