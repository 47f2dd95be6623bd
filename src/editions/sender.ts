import { bareAddress } from '../config/mail-address.js';
import type { MessageInputs } from '../email/compose.js';
import { messageIdOf } from '../email/message-id.js';
import type { Edition } from '../ledger/edition.js';
import type { EditionContext } from './context.js';

/** What every message of ours says of its sender, whomever it goes to: addresses, Message-ID, signature. */
export function senderOf(
  edition: Edition,
  recipient: string,
  channel: string,
  { config, dkimKey }: Pick<EditionContext, 'config' | 'dkimKey'>,
): Pick<MessageInputs, 'from' | 'replyTo' | 'owners' | 'messageId' | 'dkim'> {
  const { from, replyTo, owner, dkim } = config.delivery;
  const domain = bareAddress(from).split('@').at(-1) ?? 'localhost';
  return {
    from,
    replyTo,
    owners: owner,
    messageId: messageIdOf({ ...edition, recipient: bareAddress(recipient), channel }, domain),
    ...(dkim !== null && dkimKey !== null && { dkim: { ...dkim, privateKey: dkimKey } }),
  };
}
