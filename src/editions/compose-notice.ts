import { bareAddress } from '../config/mail-address.js';
import type { Edition } from '../ledger/edition.js';
import type { EditionContext } from './context.js';
import type { NoticeText } from './notice-text.js';
import { senderOf } from './sender.js';

export interface ComposedNotice {
  /** Bare address. */
  recipient: string;
  subject: string;
  messageId: string;
  /** The whole message as it travels. */
  raw: Buffer;
}

/** Writes the message of a notice for one owner. */
export async function composeNotice(
  owner: string,
  edition: Edition,
  { kind, subject, lines, facts, fix }: NoticeText,
  context: Pick<EditionContext, 'config' | 'dkimKey' | 'redact' | 'effects'>,
): Promise<ComposedNotice> {
  const [{ composeMessage }, { renderNotice }] = await Promise.all([
    import('../email/compose.js'),
    import('../email/notice-body.js'),
  ]);
  const { config, redact, effects } = context;
  const body = await renderNotice({
    subject,
    lines: lines.map(redact),
    facts,
    fix,
    footer: `roi-report on behalf of ${config.report.brand}; sent to the owner of its schedules alone.`,
  });
  const sender = senderOf(edition, owner, `notice ${kind}`, context);
  const raw = await composeMessage({
    ...sender,
    replyTo: null,
    to: owner,
    date: effects.now(),
    ...body,
    attachments: [],
  });
  return { recipient: bareAddress(owner), subject: body.subject, messageId: sender.messageId, raw };
}
