import { bareAddress } from '../config/mail-address.js';
import { EXIT, ReportError } from '../errors.js';
import { attemptNow, deliveriesOf, reopenDelivery } from '../ledger/deliveries.js';
import { type Edition, editionName } from '../ledger/edition.js';
import { atOnce, type Ledger } from '../ledger/open-ledger.js';
import { findRun, type NewRun, openRun, type Run, updateRun } from '../ledger/runs.js';
import type { EditionContext } from './context.js';
import { whileLocked } from './while-locked.js';

type Desk = Pick<EditionContext, 'ledger' | 'folder' | 'effects'>;

const ALLOWED_MS = 3_600_000;

/**
 * Opens the run in the ledger, or takes up one that is there: what was held or has failed is made again, and a message that failed or waits
 * is tried at once. What was sent stays sent, and what is unknown stays unknown.
 */
export function takeUp(planned: NewRun, { ledger, folder, effects }: Desk): void {
  const now = effects.now();
  if (openRun(ledger, planned, now)) return;
  whileLocked(folder, planned, () =>
    atOnce(ledger, () => {
      const run = findRun(ledger, planned);
      if (!run || run.state === 'sent') return;
      const deliveries = deliveriesOf(ledger, run);
      if (deliveries.length === 0) {
        updateRun(ledger, run, {
          state: run.state === 'held' ? 'held' : 'due',
          nextAttempt: null,
          giveUp: planned.giveUp,
          expires: planned.expires,
          finished: null,
        });
        return;
      }
      attemptNow(ledger, run);
      reopen(
        ledger,
        run,
        deliveries.filter(({ state }) => state === 'failed'),
        planned.giveUp,
        now,
      );
    }),
  );
}

/**
 * Lets messages of an edition wait to be sent again: those that failed, or those to the addresses that are named, also where it is not
 * known whether they arrived. The very message of before is sent, with its Message-ID.
 *
 * @param to - bare addresses or with a name; empty means all that failed
 * @throws ReportError for an edition or a recipient that the ledger does not know, or one that has the message already
 */
export function resendDeliveries(
  edition: Edition,
  to: readonly string[],
  { ledger, folder, effects }: Desk,
): void {
  whileLocked(folder, edition, () => {
    const run = findRun(ledger, edition);
    const deliveries = run ? deliveriesOf(ledger, run) : [];
    if (!run || deliveries.length === 0) {
      throw refused(
        `The ledger knows no messages of ${editionName(edition)}.`,
        'roi-report runs lists the editions.',
      );
    }
    const wanted = to.map((address) => {
      const bare = bareAddress(address).toLowerCase();
      const delivery = deliveries.find(({ recipient }) => recipient.toLowerCase() === bare);
      if (!delivery)
        throw refused(
          `${bare} is no recipient of ${editionName(edition)}.`,
          `Recipients: ${deliveries.map(({ recipient }) => recipient).join(', ')}.`,
        );
      if (delivery.state === 'sent')
        throw refused(
          `${bare} has ${editionName(edition)} already.`,
          'roi-report send --again makes and sends a new edition.',
        );
      return delivery;
    });
    const chosen = to.length > 0 ? wanted : deliveries.filter(({ state }) => state === 'failed');
    if (chosen.length === 0) {
      const unknown = deliveries.filter(({ state }) => state === 'unknown').map(({ recipient }) => recipient);
      throw refused(
        `No message of ${editionName(edition)} has failed.`,
        unknown.length === 0
          ? 'roi-report deliveries shows where each stands.'
          : `Whether it arrived is not known for ${unknown.join(', ')}; name who is to get it again with --to.`,
      );
    }
    const now = effects.now();
    const giveUp = new Date(now.getTime() + ALLOWED_MS);
    atOnce(ledger, () => reopen(ledger, run, chosen, giveUp, now));
  });
}

function reopen(
  ledger: Ledger,
  run: Run,
  deliveries: readonly { recipient: string; channel: 'email' | 'outbox' }[],
  giveUp: Date,
  now: Date,
): void {
  const reopened = deliveries.filter((delivery) => reopenDelivery(ledger, { ...run, ...delivery }, now));
  if (reopened.length > 0) {
    const latest = giveUp > run.giveUp ? giveUp : run.giveUp;
    updateRun(ledger, run, {
      state: 'delivering',
      attempts: run.attempts + 1,
      giveUp: latest,
      expires: latest > run.expires ? latest : run.expires,
      finished: null,
    });
  }
}

function refused(message: string, hint: string): ReportError {
  return new ReportError(message, { code: 'resend', exitCode: EXIT.usage, hint });
}
