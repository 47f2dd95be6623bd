import path from 'node:path';
import { EXIT, ReportError } from '../errors.js';
import { type Delivery, deliveriesOf } from '../ledger/deliveries.js';
import { type Edition, editionName } from '../ledger/edition.js';
import { nextAttempt } from '../ledger/next-attempt.js';
import { findRun, type NewRun, type Run, updateRun } from '../ledger/runs.js';
import { lockSchedule } from '../ledger/schedule-lock.js';
import { advanceRun } from './advance-run.js';
import type { Audiences } from './audiences.js';
import type { EditionContext } from './context.js';
import type { Refusal } from './prepare-run.js';
import { sendNotices } from './send-notices.js';
import { waitTowards } from './wait.js';
import { busy } from './while-locked.js';

/** Where an edition stands when there is nothing more to do about it now. */
export interface SentEdition {
  run: Run;
  deliveries: Delivery[];
  /** Why it was not sent; null where it was. */
  refusal: Refusal | null;
}

/**
 * Makes and sends an edition that the ledger knows, to its end: waits between attempts until everybody has it, or it is given up. The owner
 * is told of what went wrong. An abort leaves the rest to the next call.
 *
 * @throws ReportError `schedule-busy` (exit code 5) while another process is at work on the schedule
 */
export async function sendEdition(
  edition: Edition,
  audiences: Audiences | null,
  context: EditionContext,
): Promise<SentEdition> {
  const { ledger, effects, tell } = context;
  for (;;) {
    const advanced = await advanceRun(edition, audiences, 'none', context).catch((error: unknown) => {
      if (!effects.signal.aborted) throw error;
      throw stopped(edition, context);
    });
    if (advanced === null) throw busy(edition);
    await sendNotices(context);
    if (effects.signal.aborted) throw stopped(edition, context);
    const next = nextAttempt(ledger, edition);
    if (next === null || advanced.refusal !== null) {
      return { ...advanced, deliveries: deliveriesOf(ledger, edition) };
    }
    const late = findRun(ledger, edition)?.giveUp.toISOString() ?? '';
    tell('info', `Waiting until ${next.toISOString()} for the next attempt; given up at ${late}`);
    while (effects.now() < next && !effects.signal.aborted) await waitTowards(next, effects);
    if (effects.signal.aborted) throw stopped(edition, context);
  }
}

/** The messages of an edition as they would be sent, as files; nothing is sent and the ledger stays as it is. */
export interface DryRun {
  /** Paths of the .eml files; none where the gates hold the edition. */
  files: { recipient: string; file: string; bytes: number }[];
  /** Why it would not be sent, or would be with a red badge. */
  failures: string[];
}

/** Makes an edition without sending it, in a folder of its own below the delivery folder. */
export async function dryRun(
  planned: NewRun,
  audiences: Audiences,
  context: EditionContext,
): Promise<DryRun> {
  const folder = path.join(context.folder, 'dry-run');
  const unlock = lockSchedule(folder, planned.schedule);
  if (unlock === null) throw busy(planned);
  try {
    const { buildEdition } = await import('./build-edition.js');
    const { messages, failures } = await buildEdition(
      planned,
      audiences,
      { ...context, folder },
      context.folder,
    );
    return {
      files: (messages ?? []).map(({ recipient, file, bytes }) => ({
        recipient,
        file: path.join(folder, file),
        bytes,
      })),
      failures: failures.map(({ reason }) => reason),
    };
  } finally {
    unlock();
  }
}

/** What is said of an edition that was stopped by hand; one of which nothing was sent is not taken up by itself. */
function stopped(edition: Edition, { ledger, effects }: EditionContext): ReportError {
  const isMade = deliveriesOf(ledger, edition).length > 0;
  if (!isMade) {
    updateRun(ledger, edition, { state: 'failed', reason: 'stopped by hand', finished: effects.now() });
  }
  const name = editionName(edition);
  return new ReportError(
    isMade ? `Stopped before everybody had ${name}.` : `Stopped; nothing of ${name} was sent.`,
    {
      code: 'stopped',
      exitCode: EXIT.interrupted,
      hint: isMade
        ? 'roi-report send, or a running roi-report schedule, goes on with what is not sent yet; nothing is sent twice.'
        : 'roi-report send makes it anew.',
    },
  );
}
