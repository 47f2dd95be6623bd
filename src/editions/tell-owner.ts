import { momentText } from '../format/moment.js';
import type { Edition } from '../ledger/edition.js';
import { addNotice, hasNotice } from '../ledger/notices.js';
import { atOnce } from '../ledger/open-ledger.js';
import { composeNotice } from './compose-notice.js';
import type { EditionContext } from './context.js';
import type { NoticeText } from './notice-text.js';
import { TRIAL } from './trial.js';

/**
 * Puts a notice for each owner into the ledger, and in the same step whatever else is to be recorded, so that nothing goes wrong without
 * the owner hearing of it. `sendNotices` sends it. What the owner was told of an edition already is not told again.
 *
 * @param record - further writes to the ledger
 */
export async function tellOwner(
  edition: Edition,
  write: (moment: (at: Date) => string) => NoticeText,
  context: EditionContext,
  record: () => void = () => {},
): Promise<void> {
  const { config, ledger, effects } = context;
  const text = write((at) => momentText(at, config.report.timezone));
  const { kind } = text;
  // Whoever makes a trial sees how it ends.
  const isTold = edition.schedule === TRIAL || hasNotice(ledger, edition, kind);
  const owners = isTold ? [] : config.delivery.owner;
  const notices = await Promise.all(owners.map((owner) => composeNotice(owner, edition, text, context)));
  atOnce(ledger, () => {
    record();
    for (const notice of notices) addNotice(ledger, { ...edition, kind, ...notice }, effects.now());
  });
}
