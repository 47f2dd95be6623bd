import { bareAddress } from '../config/mail-address.js';
import { EXIT, ReportError } from '../errors.js';
import { deliveriesOf } from '../ledger/deliveries.js';
import { type Edition, editionName } from '../ledger/edition.js';
import { atOnce } from '../ledger/open-ledger.js';
import { findRun } from '../ledger/runs.js';
import { lockSchedule } from '../ledger/schedule-lock.js';
import type { EditionContext } from './context.js';
import { reopen } from './plan-send.js';

const ALLOWED_MS = 3_600_000;

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
  { ledger, folder, effects }: Pick<EditionContext, 'ledger' | 'folder' | 'effects'>,
): void {
  const unlock = lockSchedule(folder, edition.schedule);
  if (unlock === null)
    throw refused(`Another process is at work on ${editionName(edition)}.`, 'Wait until it is done.');
  try {
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
    const now = effects.now();
    const giveUp = new Date(now.getTime() + ALLOWED_MS);
    atOnce(ledger, () => reopen(ledger, run, chosen, giveUp, now));
  } finally {
    unlock();
  }
}

function refused(message: string, hint: string): ReportError {
  return new ReportError(message, { code: 'resend', exitCode: EXIT.usage, hint });
}
