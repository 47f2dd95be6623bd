import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliveriesOf } from '../../src/ledger/deliveries.js';
import { writeTables } from '../support/csv-tables.js';
import { EDITION } from '../support/office.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { tinyTables } from '../support/tiny-tables.js';
import { type MailedEdition, mailEdition } from './mailed-edition.js';

const [PAPER, FIGURES, MOST] = ['paper@example.com', 'figures@example.com', 'most@example.com'] as const;
const RECIPIENTS = [
  { to: PAPER, attach: ['pdf'] },
  { to: FIGURES, attach: ['xlsx', 'csv', 'json'] },
  { to: MOST, attach: ['json', 'xlsx', 'html', 'pdf'] },
];
const MEGABYTE = 1_000_000;
/** Room for the sentences on what is left out, and less than any file but a CSV table. */
const SENTENCES = 5_000;

const { folder, remove } = await temporaryFolder();
afterAll(remove);
const dataDir = path.join(folder, 'data');
let large: MailedEdition;
let middle: MailedEdition;
let small: MailedEdition;
let limits: { middle: number; small: number };

beforeAll(async () => {
  await mkdir(dataDir);
  await writeTables(dataDir, tinyTables);
  large = await mailed('large', 10 * MEGABYTE);
  limits = {
    middle: large.rawTo(PAPER).length + SENTENCES,
    small: large.rawTo(FIGURES).length - SENTENCES,
  };
  middle = await mailed('middle', limits.middle);
  small = await mailed('small', limits.small);
});
afterAll(async () => {
  for (const edition of [large, middle, small]) await edition.close();
});

function mailed(name: string, limitBytes: number): Promise<MailedEdition> {
  return mailEdition({
    folder: path.join(folder, name),
    dataDir,
    asOf: '2025-06-30',
    recipients: RECIPIENTS,
    delivery: { maxMegabytes: limitBytes / MEGABYTE },
  });
}

/** What came with somebody's message, and what its text and its HTML say is missing: the same, or this fails. */
async function contents(edition: MailedEdition, address: string) {
  const mail = await edition.mailTo(address);
  const files = mail.attachments.filter(({ related }) => !related).map(({ filename = '' }) => filename);
  const [text, html] = [mail.text ?? '', String(mail.html)].map((body) => body.replace(/\s+/g, ' '));
  const sentences = (body = '') =>
    [
      ...body.matchAll(
        /The (?:3 )?([A-Za-z ]+) \([\d.]+ [kM]B\) (?:was|were) left out: .*? Ask for (?:it|them) by replying\./g,
      ),
    ].map(([, what]) => what);
  expect(sentences(html)).toEqual(sentences(text));
  const listed = [...(mail.text ?? '').matchAll(/^- (influencer-roi-\S+)$/gm)].map(([, name]) => name);
  expect(listed).toEqual(files);
  for (const name of files) expect(html).toContain(name);
  return { endings: files.map((name) => name.split('.').at(-1)), missing: sentences(text) };
}

describe('a message', () => {
  it('carries all that it is to carry, and says nothing of sizes, where there is room', async () => {
    expect(await contents(large, PAPER)).toEqual({ endings: ['pdf'], missing: [] });
    expect(await contents(large, FIGURES)).toEqual({
      endings: ['xlsx', 'csv', 'csv', 'csv', 'json'],
      missing: [],
    });
    expect(await contents(large, MOST)).toEqual({ endings: ['json', 'xlsx', 'html', 'pdf'], missing: [] });
    expect(large.rawTo(MOST).length).toBeGreaterThan(limits.middle);
  });

  it('keeps the PDF as long as it fits, and leaves out the rest before it', async () => {
    expect(await contents(middle, MOST)).toEqual({
      endings: ['pdf'],
      missing: ['web page', 'Excel workbook', 'JSON file'],
    });
    expect(await contents(middle, PAPER)).toEqual({ endings: ['pdf'], missing: [] });
    expect((await contents(middle, FIGURES)).missing).toEqual([]);
  });

  it('goes out without the PDF where that alone is too large, with what still fits', async () => {
    expect(await contents(small, PAPER)).toEqual({ endings: [], missing: ['PDF'] });
    expect(await contents(small, FIGURES)).toEqual({
      endings: ['xlsx', 'csv', 'csv', 'csv'],
      missing: ['JSON file'],
    });
    expect(await contents(small, MOST)).toEqual({
      endings: ['xlsx'],
      missing: ['PDF', 'web page', 'JSON file'],
    });
    const kept = await readFile(path.join(small.archive, 'reports/all/report.pdf'));
    expect(kept.length).toBeGreaterThan(limits.small / 2);
  });

  it('is no larger than allowed, to the last byte that travels, and still goes out', () => {
    for (const [edition, limit] of [
      [middle, limits.middle],
      [small, limits.small],
    ] as const) {
      const deliveries = deliveriesOf(edition.office.ledger, EDITION);
      expect(deliveries.map(({ recipient, state }) => [recipient, state])).toEqual(
        RECIPIENTS.map(({ to }) => [to, 'sent']),
      );
      for (const { recipient, bytes } of deliveries) {
        expect(edition.rawTo(recipient).length).toBe(bytes);
        expect(bytes).toBeLessThanOrEqual(limit);
      }
    }
  });

  it('without its PDF is reported to the owner; what else is missing is not', async () => {
    const told = ({ server }: MailedEdition) =>
      server.received.filter(({ to }) => to === 'owner@example.com');
    expect([large, middle, small].map((edition) => told(edition).length)).toEqual([0, 0, 1]);
    const { text = '' } = await small.mailTo('owner@example.com');
    for (const address of [PAPER, MOST]) expect(text.replace(/\s+/g, ' ')).toContain(`${address}: The PDF (`);
    expect(text).not.toContain(FIGURES);
  });
});
