import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { EXIT, messageOf, ReportError } from '../errors.js';

/** The SQLite file that knows what was due, what was sent and what was not. */
export type Ledger = DatabaseSyncInstance;

const VERSION = 1;
const BUSY_MS = 60_000;

const TABLES = `
  CREATE TABLE schedules (
    schedule TEXT PRIMARY KEY,
    considered TEXT NOT NULL
  ) STRICT;

  CREATE TABLE runs (
    schedule TEXT NOT NULL,
    slot TEXT NOT NULL,
    due TEXT NOT NULL,
    as_of TEXT NOT NULL,
    state TEXT NOT NULL
      CHECK (state IN ('due', 'held', 'delivering', 'sent', 'partial', 'failed', 'skipped')),
    deadline TEXT NOT NULL,
    give_up TEXT NOT NULL,
    expires TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt TEXT,
    reason TEXT,
    facts TEXT,
    alarmed INTEGER NOT NULL DEFAULT 0,
    archived INTEGER NOT NULL DEFAULT 0,
    created TEXT NOT NULL,
    finished TEXT,
    PRIMARY KEY (schedule, slot)
  ) STRICT;

  CREATE TABLE deliveries (
    schedule TEXT NOT NULL,
    slot TEXT NOT NULL,
    recipient TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('email', 'outbox')),
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'unknown')),
    message_id TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt TEXT,
    handed_over TEXT,
    result TEXT,
    changed TEXT NOT NULL,
    PRIMARY KEY (schedule, slot, recipient, channel),
    FOREIGN KEY (schedule, slot) REFERENCES runs (schedule, slot)
  ) STRICT;

  CREATE TABLE notices (
    schedule TEXT NOT NULL,
    slot TEXT NOT NULL,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'failed')),
    subject TEXT NOT NULL,
    raw BLOB,
    message_id TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt TEXT,
    result TEXT,
    created TEXT NOT NULL,
    changed TEXT NOT NULL,
    PRIMARY KEY (schedule, slot, kind, recipient)
  ) STRICT;
`;

/**
 * Opens the ledger of a delivery folder and makes it where there is none. Any number of processes may have it open: a write is on the
 * disk before the call returns, and waits for the write of another.
 *
 * @param folder - the delivery folder; it is made, readable by its owner alone
 * @throws ReportError `ledger-unusable` (exit code 5) for a file that is no ledger, is damaged, or is of a newer version
 */
export function openLedger(folder: string): Ledger {
  const file = path.join(folder, 'ledger.db');
  let ledger: Ledger | undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    ledger = new DatabaseSync(file);
    ledger.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    ledger.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    atOnce(ledger, () => migrate(ledger as Ledger, file));
    return ledger;
  } catch (error) {
    ledger?.close();
    if (error instanceof ReportError) throw error;
    throw unusable(
      `The ledger ${file} cannot be used: ${messageOf(error)}.`,
      'Check the rights and the free space of its folder. A damaged ledger is restored from a backup; without one, move it away: what was sent before is then not known.',
      error,
    );
  }
}

/**
 * Opens a ledger that has to be there, to read it.
 *
 * @throws ReportError `no-ledger` (exit code 2) where there is none, and as `openLedger`
 */
export function requireLedger(folder: string): Ledger {
  if (existsSync(path.join(folder, 'ledger.db'))) return openLedger(folder);
  throw new ReportError(`There is no ledger in ${folder}: nothing was sent from there.`, {
    code: 'no-ledger',
    exitCode: EXIT.usage,
    hint: 'Name the folder of the output with --out, as roi-report send and schedule have it.',
  });
}

/** Does several writes as one: all of them are kept, or none. */
export function atOnce<Result>(ledger: Ledger, work: () => Result): Result {
  ledger.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    ledger.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk has rolled it back already.
    if (ledger.isTransaction) ledger.exec('ROLLBACK');
    throw error;
  }
}

function migrate(ledger: Ledger, file: string): void {
  const version = Number(ledger.prepare('PRAGMA user_version').get()?.user_version);
  if (version === VERSION) return;
  if (version > VERSION) {
    throw unusable(
      `The ledger ${file} was written by a newer version of roi-report.`,
      'Run the newer version, or give this one a folder of its own with --out.',
    );
  }
  ledger.exec(TABLES);
  ledger.exec(`PRAGMA user_version = ${VERSION}`);
}

function unusable(message: string, hint: string, cause?: unknown): ReportError {
  return new ReportError(message, { code: 'ledger-unusable', exitCode: EXIT.delivery, hint, cause });
}
