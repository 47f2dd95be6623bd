import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { advanceRun } from '../../src/editions/advance-run.js';
import { audiencesOf } from '../../src/editions/audiences.js';
import { sendNotices } from '../../src/editions/send-notices.js';
import { deliveriesOf } from '../../src/ledger/deliveries.js';
import { findRun, openRun, updateRun } from '../../src/ledger/runs.js';
import { packageRoot } from '../../src/package-root.js';
import { reportSchema } from '../../src/report/schema.js';
import { writeTables } from '../support/csv-tables.js';
import { EDITION, MONDAY_7, type Office, openOffice } from '../support/office.js';
import { readPdf } from '../support/pdf.js';
import { type SmtpServer, startSmtpServer } from '../support/smtp-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { tinyTables } from '../support/tiny-tables.js';

const { folder, remove } = await temporaryFolder();
afterAll(remove);
let number = 0;
let server: SmtpServer;
let office: Office;
async function close(): Promise<void> {
  office.ledger.close();
  await server.close();
}

/** An edition of the sample, or of other data, that is due. */
async function due(config: object, dataDir = path.join(packageRoot, 'data'), asOf = '2026-06-29') {
  number += 1;
  server = await startSmtpServer();
  office = openOffice(path.join(folder, String(number)), { config: withDelivery(config, server.port) });
  office.dataDir = dataDir;
  const deadline = new Date(MONDAY_7.getTime() + 4 * 3_600_000);
  openRun(
    office.ledger,
    { ...EDITION, due: MONDAY_7, asOf, deadline, giveUp: deadline, expires: deadline },
    MONDAY_7,
  );
}

function withDelivery(config: { delivery?: object }, port: number): object {
  return {
    ...config,
    delivery: {
      from: 'Weekly report <reports@example.com>',
      owner: 'owner@example.com',
      smtp: { host: '127.0.0.1', port, security: 'none', timeoutSeconds: 5 },
      ...config.delivery,
    },
  };
}

async function advance() {
  const [schedule] = office.config.schedules;
  if (!schedule) throw new Error('no schedule');
  const advanced = await advanceRun(EDITION, audiencesOf(office.config.filters, schedule), 'wait', office);
  await sendNotices(office);
  return advanced;
}

const schedule = (recipients: object[], changes: object = {}) => ({
  schedules: [{ id: 'weekly', cron: '0 7 * * 1', recipients, ...changes }],
});
const mailTo = async (address: string): Promise<ParsedMail[]> =>
  Promise.all(server.received.filter(({ to }) => to === address).map(({ raw }) => simpleParser(raw)));

describe('an edition of the sample', () => {
  let mails: ParsedMail[];
  let kept: string;
  afterAll(close);

  beforeAll(async () => {
    await due(
      schedule([
        {
          to: ['Board <board@example.com>', 'ceo@example.com'],
          attach: ['pdf', 'html', 'csv', 'xlsx', 'json'],
        },
      ]),
    );
    await advance();
    mails = await mailTo('board@example.com');
    kept = path.join(office.folder, 'editions', EDITION.schedule, EDITION.slot);
  }, 60_000);

  it('reaches each recipient by a message of its own, which the archive keeps byte for byte', async () => {
    expect(office.states()).toEqual(['sent', 'sent']);
    expect(server.received.map(({ to }) => to)).toEqual(['board@example.com', 'ceo@example.com']);
    for (const [index, { file }] of deliveriesOf(office.ledger, EDITION).entries()) {
      const archived = await readFile(path.join(office.folder, file));
      expect(server.received[index]?.raw.equals(archived)).toBe(true);
    }
  });

  it('has a body in HTML and text, a picture, and the PDF with the same headline figures', async () => {
    const [mail] = mails;
    if (!mail) throw new Error('no mail');
    const pdf = mail.attachments.find(({ contentType }) => contentType === 'application/pdf');
    const { pages } = await readPdf(pdf?.content ?? new Uint8Array());
    const paper = pages
      .flat()
      .map(({ text }) => text)
      .join('')
      .replace(/\s+/g, '');
    const report = reportSchema.parse(
      JSON.parse(await readFile(path.join(kept, 'reports/all/report.json'), 'utf8')),
    );
    const figures = ['₹51.58L', '₹36.41L', '1.42×', '41.7%'];
    for (const figure of figures) {
      expect(mail.text?.replace(/\s+/g, '')).toContain(figure);
      expect(String(mail.html).replace(/\s+|&nbsp;/g, '')).toContain(figure);
      expect(paper).toContain(figure);
    }
    for (const { text } of report.findings) {
      expect(mail.text?.replace(/\s+/g, ' ')).toContain(text.replace(/\s+/g, ' '));
    }
    expect(mail.subject).toContain('1.42×');
    const picture = mail.attachments.find(({ related }) => related);
    expect(picture?.contentType).toBe('image/png');
    const raw = server.received[0]?.raw.toString('latin1').replace(/=\r\n/g, '');
    expect(raw).toContain(`cid:${picture?.contentId?.slice(1, -1)}`);
  });

  it('says who sent it and that nobody wrote it', () => {
    const [mail] = mails;
    expect(mail?.from?.text).toContain('reports@example.com');
    expect(mail?.replyTo?.text).toContain('owner@example.com');
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail?.headers.get('list')).toMatchObject({
      unsubscribe: { mail: expect.stringContaining('owner@example.com') },
    });
    expect(mail?.date).toEqual(MONDAY_7);
    expect(mail?.messageId).toBe(deliveriesOf(office.ledger, EDITION)[0]?.messageId);
  });
});

describe('gates', () => {
  const dataDir = path.join(folder, 'tiny');
  beforeAll(async () => {
    await mkdir(dataDir);
    await writeTables(dataDir, tinyTables);
  });
  afterEach(close);

  it('hold an edition of stale data, tell the owner, and let it out when the data are mended', async () => {
    await due(schedule([{ to: 'board@example.com' }]), dataDir);
    const held = await advance();
    expect(held?.refusal?.reasons.join()).toMatch(/newest tracked order/);
    expect(findRun(office.ledger, EDITION)).toMatchObject({ state: 'held' });
    expect(await mailTo('board@example.com')).toEqual([]);
    expect((await mailTo('owner@example.com'))[0]?.text).toMatch(/newest tracked order/);

    updateRun(office.ledger, EDITION, { nextAttempt: null });
    office.config.delivery.gates.freshnessDays = null;
    await advance();
    expect(findRun(office.ledger, EDITION)).toMatchObject({ state: 'sent' });
    expect(await mailTo('board@example.com')).toHaveLength(1);
    expect(await mailTo('owner@example.com')).toHaveLength(1);
  });

  it('let it out with a red badge and a word to the owner, where so configured', async () => {
    const gates = { onFailure: 'send' };
    await due({ ...schedule([{ to: 'board@example.com' }]), delivery: { gates } }, dataDir);
    await advance();
    expect(findRun(office.ledger, EDITION)).toMatchObject({ state: 'sent' });
    expect((await mailTo('board@example.com'))[0]?.text).toMatch(/did not pass the checks/);
    expect((await mailTo('owner@example.com'))[0]?.subject).toMatch(/Sent with a warning/);
  });

  it('withhold from one audience a report that nothing matches, and from no other', async () => {
    const recipients = [
      { to: 'board@example.com' },
      { to: 'anna@example.com', filters: { campaigns: ['Noth'] } },
      { to: 'bo@example.com', filters: { campaigns: ['North'] } },
    ];
    const gates = { failOn: 'never', freshnessDays: null };
    await due({ ...schedule(recipients), delivery: { gates } }, dataDir, '2025-06-30');
    await advance();
    expect(office.states()).toEqual(['sent', 'failed', 'sent']);
    expect(server.received.map(({ to }) => to)).toEqual([
      'board@example.com',
      'bo@example.com',
      'owner@example.com',
    ]);
    expect((await mailTo('owner@example.com'))[0]?.text).toMatch(/nothing in the data matches/);
  });

  it('never let out a PDF without its figures', async () => {
    const templates = path.join(folder, 'templates');
    await mkdir(templates);
    await writeFile(
      path.join(templates, 'report.hbs'),
      '<!doctype html><html><head><style>{{{styles}}}</style></head><body></body></html>',
    );
    await due({
      ...schedule([{ to: 'board@example.com' }]),
      theme: { templates },
      delivery: { gates: { onFailure: 'send' } },
    });
    const { refusal } = (await advance()) ?? {};
    expect(refusal?.reasons.join()).toMatch(/PDF of the slice "all" has hardly any text/);
    expect(await mailTo('board@example.com')).toEqual([]);
    expect(await mailTo('owner@example.com')).toHaveLength(1);
  });
});
