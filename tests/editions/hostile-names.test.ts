import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ParsedMail } from 'mailparser';
import readWorkbook from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliveriesOf } from '../../src/ledger/deliveries.js';
import { type CsvTables, writeTables } from '../support/csv-tables.js';
import { EDITION } from '../support/office.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { type MailedEdition, mailEdition } from './mailed-edition.js';

/** Names of campaigns and of people; the first loses the most, the last earns the most. */
const NAMES = [
  'Dawn\r\nBcc: x@y.example',
  'Dusk\r\n.\r\nRCPT TO:<x@y.example>\r\nDATA',
  '<script>alert(1)</script>',
  '{{x}}',
  '=HYPERLINK("http://y.example","Open")',
  '\r\nBcc: x@y.example',
] as const;
const [INJECTION] = NAMES;
const SEEN = 'Dawn Bcc: x@y.example';

const [BOARD, ONE, ALL] = ['board@example.com', 'one@example.com', 'all@example.com'] as const;
const PEOPLE = [BOARD, ONE, ALL];

/** Somebody of each name sells in a campaign of this name, each week of June 2025. */
const hostileTables: CsvTables = {
  influencers: NAMES.map((name, place) => ({
    influencer_id: `I${place}`,
    name,
    category: name,
    platform: 'Instagram',
    follower_count: 5_000,
  })),
  posts: NAMES.map((name, place) => ({
    post_id: `P${place}`,
    influencer_id: `I${place}`,
    platform: 'Instagram',
    date: '2025-06-02',
    caption: name,
    reach: 1_000,
    likes: 10,
    comments: 1,
  })),
  tracking_data: NAMES.flatMap((name, place) =>
    ['03', '10', '17', '24'].map((day) => ({
      source: `P${place}`,
      campaign: name,
      influencer_id: `I${place}`,
      product: name,
      date: `2025-06-${day}`,
      orders: 1,
      revenue: 1_000 * (place + 1),
    })),
  ),
  payouts: NAMES.map((_, place) => ({
    influencer_id: `I${place}`,
    basis: 'post',
    rate: place === 0 ? 90_000 : 900,
    total_payout: place === 0 ? 90_000 : 900,
  })),
};

const { folder, remove } = await temporaryFolder();
afterAll(remove);
let edition: MailedEdition;
const mails = new Map<string, ParsedMail>();

beforeAll(async () => {
  const dataDir = path.join(folder, 'data');
  await mkdir(dataDir);
  await writeTables(dataDir, hostileTables);
  edition = await mailEdition({
    folder: path.join(folder, 'delivery'),
    dataDir,
    asOf: '2025-06-30',
    recipients: [
      { to: BOARD, attach: ['html', 'csv', 'xlsx', 'json'] },
      { to: ONE, filters: { campaigns: [INJECTION] } },
      { to: ALL, filters: { campaigns: NAMES } },
    ],
  });
  for (const person of PEOPLE) mails.set(person, await edition.mailTo(person));
});
afterAll(() => edition.close());

function mailTo(person: string): ParsedMail {
  const mail = mails.get(person);
  if (!mail) throw new Error(`${person} got no message.`);
  return mail;
}

/** The text of a body with every gap of one space, as its reader sees it. */
function read(body: string): string {
  return body.replace(/\s+/g, ' ');
}

function unescaped(html: string): string {
  const signs: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#x27': "'", '#x3D': '=', amp: '&' };
  return html.replace(/&(\w+|#x\w+);/g, (entity, name: string) => signs[name] ?? entity);
}

describe('names that would be headers, commands, tags, templates or formulas', () => {
  it('add no header to a message or to any part of it', () => {
    for (const person of PEOPLE) {
      const [block = ''] = edition.rawTo(person).toString('latin1').split('\r\n\r\n');
      const lines = block.split('\r\n').filter((line) => !/^[ \t]/.test(line));
      expect(lines.map((line) => line.split(':')[0]).sort()).toEqual([
        'Auto-Submitted',
        'Content-Type',
        'Date',
        'From',
        'List-Unsubscribe',
        'MIME-Version',
        'Message-ID',
        'Reply-To',
        'Subject',
        'To',
        'X-Auto-Response-Suppress',
      ]);
      expect(block).not.toMatch(/\r(?!\n)|(?<!\r)\n/);
      const mail = mailTo(person);
      expect(mail).not.toHaveProperty('bcc');
      expect(mail).not.toHaveProperty('cc');
      expect(mail.to).toMatchObject({ text: person });
      expect(mail.replyTo?.text).toBe('owner@example.com');
      for (const { headers, related } of mail.attachments) {
        expect([...headers.keys()].sort()).toEqual([
          'content-disposition',
          ...(related ? ['content-id'] : []),
          'content-transfer-encoding',
          'content-type',
        ]);
      }
    }
  });

  it('address nobody: each configured recipient gets a message, and nobody else', () => {
    expect(edition.server.received.map(({ from, to }) => [from, to])).toEqual(
      PEOPLE.map((person) => ['reports@example.com', person]),
    );
    const deliveries = deliveriesOf(edition.office.ledger, EDITION);
    expect(deliveries.map(({ recipient, state }) => [recipient, state])).toEqual(
      PEOPLE.map((person) => [person, 'sent']),
    );
  });

  it('stand in the body as they are, on one line', async () => {
    const { text = '', html } = mailTo(ALL);
    for (const name of NAMES) {
      expect(read(text)).toContain(read(name).trim());
      expect(read(unescaped(String(html)))).toContain(read(name).trim());
    }
    expect(String(html)).not.toMatch(/<script|<a\b/i);
    expect(String(html)).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toMatch(/^RCPT TO/m);
    for (const body of [text, unescaped(String(mailTo(BOARD).html))]) {
      expect(read(body)).toContain(`The largest gap is ${SEEN}: ₹86,000`);
      expect(read(body)).toContain(`${SEEN} brings ₹86,000 less`);
    }
  });

  it('stand in the subject of who sees that campaign alone', () => {
    const { subject, text = '' } = mailTo(ONE);
    expect(subject).toBe(`Influencer marketing, ${SEEN}: ROAS 0.04×, revenue ₹4,000`);
    expect(text).toContain(`Filtered: ${SEEN}\n`);
    expect(mailTo(ALL).subject).toMatch(/^Influencer marketing, Dawn Bcc: x@y\.example, Dus….* ₹84,000$/);
  });

  it('stand as texts in what is attached', async () => {
    const fileOf = (ending: string) =>
      mailTo(BOARD).attachments.find(({ filename = '' }) => filename.endsWith(ending))?.content ??
      Buffer.alloc(0);
    const page = fileOf('.html').toString();
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('{{x}}');
    const json = JSON.stringify(JSON.parse(fileOf('.json').toString()));
    for (const name of NAMES) expect(json).toContain(JSON.stringify(name));
    const sheets = await readWorkbook(fileOf('.xlsx'));
    expect(sheets.flatMap(({ data }) => data.flat())).toEqual(
      expect.arrayContaining(['<script>alert(1)</script>', '{{x}}', '=HYPERLINK("http://y.example","Open")']),
    );
    const csv = fileOf('campaigns.csv').toString();
    expect(csv).toContain('"\'=HYPERLINK(""http://y.example"",""Open"")",20000,900,');
    expect(csv).not.toMatch(/"=/);
  });

  it('leave the archive as it was sent', async () => {
    for (const { recipient, file } of deliveriesOf(edition.office.ledger, EDITION))
      expect((await readFile(path.join(edition.office.folder, file))).equals(edition.rawTo(recipient))).toBe(
        true,
      );
  });
});
