import path from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { advanceRun } from '../../src/editions/advance-run.js';
import { editionFolder } from '../../src/editions/archive.js';
import { audiencesOf } from '../../src/editions/audiences.js';
import { sendNotices } from '../../src/editions/send-notices.js';
import { openRun } from '../../src/ledger/runs.js';
import { EDITION, MONDAY_7, type Office, openOffice } from '../support/office.js';
import { type SmtpServer, startSmtpServer } from '../support/smtp-server.js';

/** An edition that was made and handed to a mail server. */
export interface MailedEdition {
  office: Office;
  server: SmtpServer;
  /** The edition's folder in the archive. */
  archive: string;
  /** The one message that somebody got, as it travelled. */
  rawTo(address: string): Buffer;
  /** The same, parsed; the HTML keeps its `cid:` addresses. */
  mailTo(address: string): Promise<ParsedMail>;
  close(): Promise<void>;
}

/**
 * Makes `EDITION` of the data in a folder and sends it, with what there is to tell the owner.
 *
 * @param inputs.folder - the delivery folder; made if it is not there
 * @param inputs.recipients - of the schedule, as the configuration has them
 * @param inputs.delivery - what differs of `delivery` in the configuration
 */
export async function mailEdition({
  folder,
  dataDir,
  asOf,
  recipients,
  delivery = {},
}: {
  folder: string;
  dataDir: string;
  asOf: string;
  recipients: readonly object[];
  delivery?: object;
}): Promise<MailedEdition> {
  const server = await startSmtpServer();
  const config = {
    quarantine: { maxShare: 1, maxRevenueShare: 1 },
    schedules: [{ id: EDITION.schedule, cron: '0 7 * * 1', recipients }],
    delivery: {
      from: 'Weekly report <reports@example.com>',
      owner: 'owner@example.com',
      smtp: { host: '127.0.0.1', port: server.port, security: 'none', timeoutSeconds: 5 },
      gates: { failOn: 'never', freshnessDays: null },
      ...delivery,
    },
  };
  const office = openOffice(folder, { config });
  office.dataDir = dataDir;
  const deadline = new Date(MONDAY_7.getTime() + 4 * 3_600_000);
  openRun(
    office.ledger,
    { ...EDITION, due: MONDAY_7, asOf, deadline, giveUp: deadline, expires: deadline },
    MONDAY_7,
  );
  const [schedule] = office.config.schedules;
  if (!schedule) throw new Error('There is no schedule.');
  const advanced = await advanceRun(EDITION, audiencesOf(office.config.filters, schedule), 'none', office);
  if (advanced?.refusal) throw new Error(advanced.refusal.reasons.join(' '));
  await sendNotices(office);

  const rawTo = (address: string): Buffer => {
    const [message, ...more] = server.received.filter(({ to }) => to === address);
    if (!message || more.length > 0) throw new Error(`${address} did not get one message.`);
    return message.raw;
  };
  return {
    office,
    server,
    archive: path.join(folder, editionFolder(EDITION)),
    rawTo,
    mailTo: (address) => simpleParser(rawTo(address), { skipImageLinks: true }),
    async close() {
      office.ledger.close();
      await server.close();
    },
  };
}
