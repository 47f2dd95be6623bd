import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import MimeNode from 'nodemailer/lib/mime-node';
import { EXIT, ReportError } from '../errors.js';
import { headerText, mailbox, safeFileName } from './header-text.js';

export interface MessageAttachment {
  /** File name as people see it; what a file name cannot hold is replaced. */
  name: string;
  contentType: string;
  content: Uint8Array;
}

/** Everything that a message is made of. Addresses are bare or `Name <address>`. */
export interface MessageInputs {
  from: string;
  /** The one recipient. */
  to: string;
  /** Where replies go; the owners if null. */
  replyTo: string | null;
  /** Who answers for the report; the first of them is asked to unsubscribe people. */
  owners: readonly string[];
  /** As `messageIdOf` gives it. */
  messageId: string;
  date: Date;
  subject: string;
  html: string;
  text: string;
  /** The picture that the HTML shows as `cid:…`. */
  image?: { cid: string; png: Uint8Array; fileName: string };
  attachments: readonly MessageAttachment[];
  /** Signs the message; the key is an RSA key in PEM form. */
  dkim?: { domain: string; selector: string; privateKey: string };
}

/**
 * The bytes of a message exactly as it travels (CRLF), signed if a key is given. The same inputs give the same bytes. No text of the
 * inputs can become a header: line breaks, control characters and marks that turn the direction of writing are taken out of header
 * texts and file names.
 *
 * @throws ReportError where an address is none or the DKIM key cannot sign
 */
export async function composeMessage(inputs: MessageInputs): Promise<Buffer> {
  const { image, dkim, owners, replyTo } = inputs;
  const to = mailbox(inputs.to);
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { message } = await transport.sendMail({
    from: mailbox(inputs.from),
    to,
    replyTo: (replyTo === null ? owners : [replyTo]).map(mailbox),
    messageId: inputs.messageId,
    date: inputs.date,
    subject: headerText(inputs.subject),
    text: bodyText(inputs.text),
    html: bodyText(inputs.html),
    headers: {
      ...unsubscribing(owners, to.address),
      'Auto-Submitted': 'auto-generated',
      // Not "All": that would also keep back the notice that a message could not be delivered.
      'X-Auto-Response-Suppress': 'DR, RN, NRN, OOF, AutoReply',
    },
    attachments: [
      ...(image
        ? [
            {
              cid: image.cid,
              filename: safeFileName(image.fileName),
              contentType: 'image/png',
              content: asBuffer(image.png),
            },
          ]
        : []),
      ...inputs.attachments.map(({ name, contentType, content }) => ({
        filename: safeFileName(name),
        contentType,
        content: asBuffer(content),
      })),
    ],
    ...(dkim && {
      dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey },
    }),
    // "=_" stands in no base64 and in no quoted-printable text, so that no content can pretend to be a boundary.
    boundaryPrefix: '=_',
    baseBoundary: createHash('sha256').update(inputs.messageId).digest('hex').slice(0, 32),
  });
  if (!Buffer.isBuffer(message)) throw new TypeError('The message came as a stream.');
  if (dkim && !message.subarray(0, 15).equals(Buffer.from('DKIM-Signature:'))) throw unsigned();
  return message;
}

/**
 * The header block of an attachment as `composeMessage` writes it, without the blank line after it.
 *
 * @param file - name and content type as `composeMessage` gets them
 */
export function attachmentHeaders({
  name,
  contentType,
}: Pick<MessageAttachment, 'name' | 'contentType'>): string {
  return new MimeNode('multipart/mixed')
    .createChild(contentType, { filename: safeFileName(name) })
    .setHeader('Content-Transfer-Encoding', 'base64')
    .setHeader('Content-Disposition', 'attachment')
    .buildHeaders();
}

function unsubscribing([owner]: readonly string[], recipient: string): Record<string, string> {
  if (owner === undefined) return {};
  const [local = '', domain = ''] = mailbox(owner).address.split('@').map(encodeURIComponent);
  const subject = encodeURIComponent(`Unsubscribe ${recipient}`);
  return { 'List-Unsubscribe': `<mailto:${local}@${domain}?subject=${subject}>` };
}

/** As bytes, because a text of short lines would travel as it is, lone carriage returns included. */
function bodyText(text: string): Buffer {
  return Buffer.from(text.replaceAll('\0', '\uFFFD').replace(/\r\n?|\n/g, '\r\n'));
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function unsigned(): ReportError {
  return new ReportError(
    'The message could not be signed: the DKIM key is not an RSA private key in PEM form.',
    {
      code: 'dkim-key',
      exitCode: EXIT.delivery,
      hint: 'Give ROI_REPORT_DKIM_KEY the RSA key that belongs to the selector, without a password, or take "dkim" out of the configuration.',
    },
  );
}
