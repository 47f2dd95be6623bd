import path from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, expect, it } from 'vitest';
import { emergencyNotices } from '../../src/service/emergency.js';
import { openOffice } from '../support/office.js';
import { startSmtpServer } from '../support/smtp-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const { folder, remove } = await temporaryFolder();
afterAll(remove);

it('tells the owner without the ledger, once an hour as long as it lasts', async () => {
  const server = await startSmtpServer();
  const office = openOffice(path.join(folder, '1'), { port: server.port });
  office.ledger.close();
  const tell = emergencyNotices(office);
  await tell([]);
  expect(server.received).toEqual([]);
  await tell(['Raising alarms failed: database or disk is full']);
  office.passes(59 * 60_000);
  await tell(['Raising alarms failed: database or disk is full']);
  expect(server.received.map(({ to }) => to)).toEqual(['owner@example.com']);
  const mail = await simpleParser(server.received[0]?.raw ?? '');
  expect(mail.text).toMatch(/disk is full/);
  office.passes(2 * 60_000);
  await tell(['Raising alarms failed: database or disk is full']);
  expect(server.received).toHaveLength(2);
  await server.close();
});

it('says in the log that the owner could not be told either', async () => {
  const server = await startSmtpServer();
  const office = openOffice(path.join(folder, '2'), { port: server.port });
  await server.close();
  await emergencyNotices(office)(['Raising alarms failed']);
  expect(office.told.join()).toMatch(/could not be told of it: the connection .* failed/);
  office.ledger.close();
});
