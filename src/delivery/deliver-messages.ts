import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DeliveryConfig } from '../config/delivery.js';
import { bareAddress } from '../config/mail-address.js';
import { messageOf } from '../errors.js';
import {
  beginAttempt,
  type Delivery,
  deliveriesOf,
  finishAttempt,
  markHandedOver,
  recoverInterrupted,
} from '../ledger/deliveries.js';
import type { Ledger } from '../ledger/open-ledger.js';
import type { Run } from '../ledger/runs.js';
import type { Outcome, Transport } from './transport.js';
import { waitAfter } from './waits.js';

export interface DeliveryPass {
  ledger: Ledger;
  /** The delivery folder. */
  folder: string;
  config: Pick<DeliveryConfig, 'from' | 'returnPath' | 'retry'>;
  transport: Transport;
  now(): Date;
  signal: AbortSignal;
  /** Told of every attempt that ended. */
  onAttempt(delivery: Delivery, outcome: { state: string; result: string; nextAttempt?: Date }): void;
}

/**
 * Tries every message of an edition whose time has come, one after the other. What happens is in the ledger before and after each step,
 * so that a process that ends anywhere leaves a state from which the next one goes on. Only for who holds the lock of the schedule.
 */
export async function deliverMessages(run: Run, pass: DeliveryPass): Promise<void> {
  const { ledger, now, signal } = pass;
  recoverInterrupted(ledger, run, now());
  let known: Outcome | null = null;
  let failures = 0;
  for (const delivery of deliveriesOf(ledger, run)) {
    if (signal.aborted) return;
    const isDue = delivery.nextAttempt === null || delivery.nextAttempt <= now();
    if (delivery.state !== 'pending' || !isDue) continue;
    const outcome = await attempt(run, delivery, known ?? outOfTime(run, delivery, now()), pass);
    failures = outcome !== null && 'everybody' in outcome ? failures + 1 : 0;
    // A wrong password that is tried for each recipient locks the account; a server that is silent twice in a row is silent for all.
    if (failures > (outcome?.state === 'refused' ? 0 : 1)) known = outcome;
  }
}

/** A message that was tried is given up at its time, also where earlier ones took so long. */
function outOfTime(run: Run, { attempts, result }: Delivery, now: Date): Outcome | null {
  if (attempts === 0 || now <= run.giveUp) return null;
  return { state: 'refused', reason: `given up after ${attempts} attempts: ${result}`, fix: '' };
}

/** @param known - how it ends, where that is known without an attempt */
async function attempt(
  run: Run,
  delivery: Delivery,
  known: Outcome | null,
  pass: DeliveryPass,
): Promise<Outcome | null> {
  const { ledger, now, onAttempt } = pass;
  if (!beginAttempt(ledger, delivery, now())) return null;
  try {
    const outcome = known ?? (await outcomeOf(delivery, pass));
    const ended = endOf(outcome, run, delivery.attempts + 1, pass);
    finishAttempt(ledger, delivery, ended, now());
    onAttempt(delivery, ended);
    return outcome;
  } catch (error) {
    recoverInterrupted(ledger, run, now());
    throw error;
  }
}

async function outcomeOf(
  delivery: Delivery,
  { ledger, folder, config, transport, now, signal }: DeliveryPass,
): Promise<Outcome> {
  if (transport.channel !== delivery.channel) {
    return {
      state: 'refused',
      reason: `the edition was made for the channel "${delivery.channel}", and "${transport.channel}" is configured now`,
      fix: 'Set or remove delivery.smtp as it was, and send the edition again with roi-report deliveries resend.',
    };
  }
  const raw = await archivedMessage(path.join(folder, delivery.file), delivery.sha256);
  if (typeof raw === 'string') {
    return {
      state: 'refused',
      reason: raw,
      fix: 'Restore the file from a backup, or make a new edition with roi-report send --again.',
    };
  }
  return transport.send(
    {
      raw,
      from: bareAddress(config.returnPath ?? config.from),
      to: delivery.recipient,
      messageId: delivery.messageId,
      handingOver: () => markHandedOver(ledger, delivery, now()),
    },
    signal,
  );
}

/** The bytes of an archived message, or why they cannot be sent. */
async function archivedMessage(file: string, sha256: string): Promise<Buffer | string> {
  try {
    const raw = await readFile(file);
    const same = createHash('sha256').update(raw).digest('hex') === sha256;
    return same ? raw : `the archived message ${file} was changed since it was made`;
  } catch (error) {
    return `the archived message ${file} cannot be read (${messageOf(error)})`;
  }
}

function endOf(
  outcome: Outcome,
  run: Run,
  attempts: number,
  { now, config, signal }: DeliveryPass,
): Parameters<typeof finishAttempt>[2] {
  switch (outcome.state) {
    case 'sent':
      return { state: 'sent', result: outcome.response };
    case 'refused':
      return {
        state: 'failed',
        result: outcome.fix === '' ? outcome.reason : `${outcome.reason}. ${outcome.fix}`,
      };
    case 'unknown':
      return { state: 'unknown', result: outcome.reason };
    case 'later': {
      if (signal.aborted) return { state: 'pending', result: outcome.reason };
      const nextAttempt = new Date(now().getTime() + waitAfter(attempts, config.retry));
      return nextAttempt <= run.giveUp
        ? { state: 'pending', result: outcome.reason, nextAttempt }
        : { state: 'failed', result: `given up after ${attempts} attempts: ${outcome.reason}` };
    }
  }
}
