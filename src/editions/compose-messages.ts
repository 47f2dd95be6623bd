import { createHash } from 'node:crypto';
import { bareAddress } from '../config/mail-address.js';
import type { AttachmentKind } from '../config/schedules.js';
import { type ChartImage, chartImage } from '../email/chart-image.js';
import { composeMessage, type MessageInputs } from '../email/compose.js';
import { renderMessageBody } from '../email/message-body.js';
import { messageIdOf } from '../email/message-id.js';
import { CONTENT_TYPES, planSize } from '../email/plan-size.js';
import type { NewDelivery } from '../ledger/deliveries.js';
import type { Edition } from '../ledger/edition.js';
import type { SharedBrowser } from '../render/browser/shared-browser.js';
import { readTemplates } from '../render/templates.js';
import type { Report } from '../report/schema.js';
import { editionFolder, type Stage } from './archive.js';
import { type Attachment, attachmentsOf } from './attachments.js';
import type { Audiences, Slice } from './audiences.js';
import type { EditionContext } from './context.js';
import { TRIAL } from './plan-send.js';

export interface FinishedSlice {
  edition: Edition;
  audiences: Pick<Audiences, 'recipients'>;
  slice: Pick<Slice, 'name'>;
  report: Report;
  html: string;
  pdf: Uint8Array;
  stage: Stage;
  browsers: SharedBrowser;
  context: EditionContext;
}

const MEGABYTE = 1_000_000;

/** Composes one message for each recipient of a report, and writes it into the edition's folder. */
export async function composeMessages(finished: FinishedSlice): Promise<NewDelivery[]> {
  const { edition, report, browsers, stage, context } = finished;
  const chart = await browsers.use((browser) => chartImage(report, browser, context.effects));
  const parts = new Map<string, Promise<Parts>>();
  const messages: NewDelivery[] = [];
  for (const [place, { to, address, attach, slice }] of finished.audiences.recipients.entries()) {
    if (slice !== finished.slice.name) continue;
    const key = attach.join();
    const shared = parts.get(key) ?? partsFor(attach, chart, finished);
    parts.set(key, shared);
    const inputs = { ...(await shared), ...headersFor(to, address, finished) };
    const raw = await composeMessage(inputs);
    const name = `${String(place + 1).padStart(3, '0')}-${address.replace(/[^a-zA-Z0-9.@-]+/g, '_').slice(0, 60)}.eml`;
    await stage.write(`messages/${name}`, raw);
    messages.push({
      recipient: address,
      channel: context.transport.channel,
      messageId: inputs.messageId,
      file: `${editionFolder(edition)}/messages/${name}`,
      sha256: createHash('sha256').update(raw).digest('hex'),
      bytes: raw.length,
    });
  }
  return messages;
}

type Parts = Pick<MessageInputs, 'subject' | 'html' | 'text' | 'image' | 'attachments'>;

/** Subject, body and attachments, the same for all who get the same kinds of files. */
async function partsFor(
  attach: readonly AttachmentKind[],
  chart: ChartImage | null,
  { edition, report, html, pdf, context }: FinishedSlice,
): Promise<Parts> {
  const { config } = context;
  const files = await attachmentsOf(attach, { report, html, pdf });
  const templates = await readTemplates(config.theme.templates);
  const bodyWith = async (attachments: readonly Attachment[], notes: readonly string[]): Promise<Parts> => {
    const body = await renderMessageBody(
      {
        report,
        chart,
        notes,
        attachments: attachments.map(({ name }) => name),
        replyTo: config.delivery.replyTo ?? config.delivery.owner[0] ?? null,
      },
      templates,
    );
    return {
      ...body,
      subject: edition.schedule === TRIAL ? `[Test] ${body.subject}` : body.subject,
      ...(chart && { image: { cid: chart.cid, png: chart.png, fileName: 'chart.png' } }),
      attachments: attachments.map(({ kind, name, content }) => ({
        name,
        content,
        contentType: CONTENT_TYPES[kind],
      })),
    };
  };
  const bare = await composeMessage({
    ...(await bodyWith([], [])),
    ...headersFor(longestAddress(config.delivery.from), 'size@example.com', { edition, context }),
  });
  const plan = planSize({
    bodyBytes: bare.length,
    attachments: files.map((file) => ({ ...file, bytes: file.content.length })),
    limitBytes: config.delivery.maxMegabytes * MEGABYTE,
  });
  return bodyWith(plan.kept, plan.notes);
}

function headersFor(
  to: string,
  address: string,
  { edition, context }: Pick<FinishedSlice, 'edition' | 'context'>,
): Omit<MessageInputs, keyof Parts> {
  const { config, dkimKey, transport, effects } = context;
  const { from, replyTo, owner, dkim } = config.delivery;
  const domain = bareAddress(from).split('@').at(-1) ?? 'localhost';
  return {
    from,
    to,
    replyTo,
    owners: owner,
    messageId: messageIdOf({ ...edition, recipient: address, channel: transport.channel }, domain),
    date: effects.now(),
    ...(dkim !== null && dkimKey !== null && { dkim: { ...dkim, privateKey: dkimKey } }),
  };
}

/** Headers differ by the recipient's address; one of this length is as long as any. */
function longestAddress(from: string): string {
  return `${'x'.repeat(64)}@${bareAddress(from).split('@').at(-1) ?? 'localhost'}`;
}
