import { createHash } from 'node:crypto';
import path from 'node:path';
import { bareAddress } from '../config/mail-address.js';
import { messageIdOf } from '../email/message-id.js';
import { momentText } from '../format/moment.js';
import type { Edition } from '../ledger/edition.js';
import { addNotice, hasNotice, type NewNotice } from '../ledger/notices.js';
import { atOnce } from '../ledger/open-ledger.js';
import { writeDurably } from './archive.js';
import type { EditionContext } from './context.js';
import type { NoticeText } from './notice-text.js';

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
  const { config, ledger, effects, redact } = context;
  const text = write((at) => momentText(at, config.report.timezone));
  const known = hasNotice(ledger, edition, text.kind);
  const notices = known ? [] : await Promise.all(config.delivery.owner.map((owner) => compose(owner)));
  atOnce(ledger, () => {
    record();
    for (const notice of notices) addNotice(ledger, notice, effects.now());
  });

  async function compose(owner: string): Promise<NewNotice> {
    const [{ composeMessage }, { renderNotice }] = await Promise.all([
      import('../email/compose.js'),
      import('../email/notice-body.js'),
    ]);
    const recipient = bareAddress(owner);
    const identity = { ...edition, recipient, channel: `notice ${text.kind}` };
    const domain = bareAddress(config.delivery.from).split('@').at(-1) ?? 'localhost';
    const messageId = messageIdOf(identity, domain);
    const body = await renderNotice({
      subject: text.subject,
      lines: text.lines.map(redact),
      facts: text.facts,
      fix: text.fix,
      footer: `roi-report on behalf of ${config.report.brand}; sent to the owner of its schedules alone.`,
    });
    const raw = await composeMessage({
      from: config.delivery.from,
      to: owner,
      replyTo: null,
      owners: config.delivery.owner,
      messageId,
      date: effects.now(),
      ...body,
      attachments: [],
    });
    const name = createHash('sha256').update(messageId).digest('hex').slice(0, 12);
    const file = path.join('notices', edition.schedule, `${edition.slot}-${text.kind}-${name}.eml`);
    await writeDurably(path.join(context.folder, file), raw);
    return { ...edition, kind: text.kind, recipient, subject: body.subject, file, messageId };
  }
}
