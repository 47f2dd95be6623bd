import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Config, configSchema } from '../../src/config/schema.js';
import { smtpTransport } from '../../src/delivery/smtp-transport.js';
import type { Transport } from '../../src/delivery/transport.js';
import type { EditionContext } from '../../src/editions/context.js';
import { addDeliveries, deliveriesOf } from '../../src/ledger/deliveries.js';
import { noticesOf } from '../../src/ledger/notices.js';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { openRun, updateRun } from '../../src/ledger/runs.js';

export const EDITION = { schedule: 'weekly', slot: '2026-06-29T0700+0200' };
export const MONDAY_7 = new Date('2026-06-29T05:00:00Z');
export const PEOPLE = ['anna@example.com', 'bo@example.com', 'cy@example.com'];

/** Everything that editions are sent with, with a clock that the test moves. */
export interface Office extends EditionContext {
  /** Moves the clock. */
  passes(milliseconds: number): void;
  clock: Date;
  /** What was told, a line each. */
  told: string[];
  /** What became of the recipients of `EDITION`, in order. */
  states(): string[];
  /** What the owner was told of `EDITION`: kind and state of each notice. */
  notices(): string[];
  stop: AbortController;
}

/** Opens a delivery folder with its ledger. */
export function openOffice(
  folder: string,
  { port, config = {}, transport }: { port?: number; config?: object; transport?: Transport } = {},
): Office {
  const ledger = openLedger(folder);
  const smtp = port === undefined ? null : { host: '127.0.0.1', port, security: 'none', timeoutSeconds: 0.3 };
  const full: Config = configSchema.parse({
    delivery: { owner: 'owner@example.com', from: 'Reports <reports@example.com>', smtp },
    ...config,
  });
  const stop = new AbortController();
  const told: string[] = [];
  const office: Office = {
    config: full,
    dataDir: 'data',
    cacheFolder: null,
    folder,
    ledger,
    transport: transport ?? transportOf(full),
    dkimKey: null,
    redact: (text) => text,
    tell: (level, message) => void told.push(`${level}: ${message}`),
    effects: {
      now: () => new Date(office.clock),
      progress: () => {},
      warn: (line) => void told.push(`warn: ${line}`),
      signal: stop.signal,
    },
    clock: new Date(MONDAY_7),
    passes: (milliseconds) => {
      office.clock = new Date(office.clock.getTime() + milliseconds);
    },
    told,
    states: () => deliveriesOf(ledger, EDITION).map(({ state }) => state),
    notices: () => noticesOf(ledger, EDITION).map(({ kind, state }) => `${kind} ${state}`),
    stop,
  };
  return office;
}

function transportOf({ delivery: { smtp } }: Config): Transport {
  if (smtp === null) throw new Error('The office needs a port or a transport.');
  return smtpTransport(smtp, null);
}

/** Puts a finished edition into the ledger, a message for each recipient in its folder: all that is left is to send it. */
export function archiveEdition(
  { ledger, folder }: Pick<Office, 'ledger' | 'folder'>,
  people: readonly string[] = PEOPLE,
  bytes = 1_000,
): void {
  const messages = path.join('editions', EDITION.schedule, EDITION.slot, 'messages');
  mkdirSync(path.join(folder, messages), { recursive: true });
  const fourHoursLater = new Date(MONDAY_7.getTime() + 4 * 3_600_000);
  openRun(
    ledger,
    {
      ...EDITION,
      due: MONDAY_7,
      asOf: '2026-06-29',
      deadline: fourHoursLater,
      giveUp: fourHoursLater,
      expires: new Date(MONDAY_7.getTime() + 24 * 3_600_000),
    },
    MONDAY_7,
  );
  const deliveries = people.map((recipient, index) => {
    const messageId = `<${index}.${EDITION.slot}@example.com>`;
    const line = `${'ROAS '.repeat(12)}\r\n`;
    const raw = Buffer.from(
      `From: reports@example.com\r\nTo: ${recipient}\r\nMessage-ID: ${messageId}\r\n\r\n${line.repeat(Math.ceil(bytes / line.length))}`,
    );
    const file = path.join(messages, `${index}.eml`);
    writeFileSync(path.join(folder, file), raw);
    const sha256 = createHash('sha256').update(raw).digest('hex');
    return { recipient, channel: 'email' as const, messageId, file, sha256, bytes: raw.length };
  });
  addDeliveries(ledger, EDITION, deliveries, MONDAY_7);
  updateRun(ledger, EDITION, { state: 'delivering', archived: true });
}
