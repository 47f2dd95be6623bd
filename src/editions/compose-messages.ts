import { createHash } from 'node:crypto';
import { bareAddress } from '../config/mail-address.js';
import type { AttachmentKind } from '../config/schedules.js';
import { type ChartImage, chartImage } from '../email/chart-image.js';
import { composeMessage, type MessageInputs } from '../email/compose.js';
import { renderMessageBody } from '../email/message-body.js';
import { CONTENT_TYPES, planSize } from '../email/plan-size.js';
import type { NewDelivery } from '../ledger/deliveries.js';
import type { Edition } from '../ledger/edition.js';
import type { SharedBrowser } from '../render/browser/shared-browser.js';
import { readTemplates } from '../render/templates.js';
import { holdsNothing } from '../report/overview.js';
import type { Report } from '../report/schema.js';
import { editionFolder, type Stage } from './archive.js';
import { type Attachment, attachmentsOf } from './attachments.js';
import type { Audiences, Slice } from './audiences.js';
import type { EditionContext } from './context.js';
import { senderOf } from './sender.js';
import { TRIAL } from './trial.js';

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

/** The messages of a report, and what was left out of them that their readers count on. */
export interface ComposedMessages {
  messages: NewDelivery[];
  remarks: string[];
}

/**
 * Composes one message for each recipient of a report, and writes it into the edition's folder. One of which no figure is left is not to
 * be sent: filters that match nothing are a mistake, and an empty report with a green badge looks like news.
 */
export async function composeMessages(finished: FinishedSlice): Promise<ComposedMessages> {
  const { edition, report, browsers, stage, context } = finished;
  const withheld = holdsNothing(report) ? { withheld: EMPTY } : {};
  const chart = await browsers.use((browser) => chartImage(report, browser, context.effects));
  const parts = new Map<string, Promise<Parts>>();
  const messages: NewDelivery[] = [];
  const remarks: string[] = [];
  for (const [place, { to, address, attach, slice }] of finished.audiences.recipients.entries()) {
    if (slice !== finished.slice.name) continue;
    const key = attach.join();
    const shared = parts.get(key) ?? partsFor(attach, chart, finished);
    parts.set(key, shared);
    const { content, notes, lacksPdf } = await shared;
    if (lacksPdf) remarks.push(`${address}: ${notes.join(' ')}`);
    const inputs = { ...content, ...headersFor(to, finished) };
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
      ...withheld,
    });
  }
  return { messages, remarks };
}

const EMPTY = 'nothing in the data matches the filters of this recipient; check their spelling and the days';

type Content = Pick<MessageInputs, 'subject' | 'html' | 'text' | 'image' | 'attachments'>;

interface Parts {
  content: Content;
  /** What was left out, as the body says it. */
  notes: readonly string[];
  lacksPdf: boolean;
}

/** Subject, body and attachments, the same for all who get the same kinds of files. */
async function partsFor(
  attach: readonly AttachmentKind[],
  chart: ChartImage | null,
  { edition, report, html, pdf, context }: FinishedSlice,
): Promise<Parts> {
  const { config } = context;
  const files = await attachmentsOf(attach, { report, html, pdf });
  const templates = await readTemplates(config.theme.templates);
  const bodyWith = async (attachments: readonly Attachment[], notes: readonly string[]): Promise<Content> => {
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
    ...headersFor(longestAddress(config.delivery.from), { edition, context }),
  });
  const plan = planSize({
    bodyBytes: bare.length,
    attachments: files.map((file) => ({ ...file, bytes: file.content.length })),
    limitBytes: config.delivery.maxMegabytes * MEGABYTE,
  });
  return {
    content: await bodyWith(plan.kept, plan.notes),
    notes: plan.notes,
    lacksPdf: plan.dropped.some(({ kind }) => kind === 'pdf'),
  };
}

function headersFor(
  to: string,
  { edition, context }: Pick<FinishedSlice, 'edition' | 'context'>,
): Omit<MessageInputs, keyof Content> {
  const { transport, effects } = context;
  return { ...senderOf(edition, to, transport.channel, context), to, date: effects.now() };
}

/** Headers differ by the recipient's address; one of this length is as long as any. */
function longestAddress(from: string): string {
  return `${'x'.repeat(64)}@${bareAddress(from).split('@').at(-1) ?? 'localhost'}`;
}
