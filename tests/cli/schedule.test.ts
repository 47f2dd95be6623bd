import { mkdir, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { browsersOf, type CliOptions, runCli } from '../support/cli.js';
import { writeTables } from '../support/csv-tables.js';
import { archiveEdition, EDITION } from '../support/office.js';
import { type SmtpServer, startSmtpServer } from '../support/smtp-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { tinyTables } from '../support/tiny-tables.js';

const { folder, remove } = await temporaryFolder();
afterAll(remove);
const data = path.join(folder, 'data');
beforeAll(async () => {
  await mkdir(data);
  await writeTables(data, tinyTables);
});
let server: SmtpServer;
let number = 0;
let place = '';

beforeEach(async () => {
  server = await startSmtpServer();
  number += 1;
  place = path.join(folder, String(number));
});
afterEach(() => server.close());

/** Runs `schedule` with a schedule of its own; an hour is given, or every minute. */
async function schedule(args: readonly string[], cron = '* * * * *', options: CliOptions = {}) {
  await writeFile(
    `${place}.yaml`,
    `report: { timezone: UTC }
delivery:
  from: reports@example.com
  owner: owner@example.com
  gates: { freshnessDays: null, failOn: never }
  smtp: { host: 127.0.0.1, port: ${server.port}, security: none, timeoutSeconds: 5 }
schedules:
  - { id: weekly, cron: "${cron}", recipients: [{ to: board@example.com }] }\n`,
  );
  return runCli(['schedule', ...args, '--data', data, '--config', `${place}.yaml`, '--out', place], options);
}

function fetched(port: number, url: string): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: url }, async (response) => {
      const text = Buffer.concat(await response.toArray()).toString();
      resolve({ status: response.statusCode, text });
    }).on('error', reject);
  });
}

describe('schedule', () => {
  it('lists the next runs, and sends nothing', async () => {
    const { code, stdout } = await schedule(['--list', '3'], '0 7 * * 1');
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(4);
    expect(stdout).toMatch(/weekly +Mon \d{4}-\d\d-\d\d 07:00 +\+00:00 +UTC/);
    const listed = await schedule(['--list', '3', '--json'], '0 7 * * 1');
    expect(JSON.parse(listed.stdout)).toHaveLength(3);
  });

  it('once makes and sends what is due in this minute, and ends', async () => {
    const { code, stderr } = await schedule(['--once']);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(new Set(server.received.map(({ to }) => to))).toEqual(new Set(['board@example.com']));
    for (const line of stderr.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('time');
  });

  it('by two processes at once is sent once for each slot', async () => {
    const [first, second] = await Promise.all([schedule(['--once']), schedule(['--once'])]);
    expect([first.code, second.code]).toEqual([0, 0]);
    const ids = server.received.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw.toString('latin1'))?.[1]);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('runs until it is stopped, answers how it is, goes on with what was left, and ends cleanly', async () => {
    const ledger = openLedger(path.join(place, 'delivery'));
    archiveEdition({ ledger, folder: path.join(place, 'delivery') }, ['board@example.com']);
    const later = '2999-01-01T00:00:00.000Z';
    ledger.exec(`UPDATE runs SET give_up = '${later}', deadline = '${later}', expires = '${later}'`);
    ledger.close();
    let health: Promise<{ status: number | undefined; text: string }[]> | undefined;
    const { code, stderr, pid } = await schedule(['--health', '127.0.0.1:0'], '0 0 1 1 *', {
      onNote: (line, child) => {
        const { event, healthPort, state } = JSON.parse(line);
        if (event === 'started') {
          health = Promise.all([fetched(healthPort, '/health'), fetched(healthPort, '/metrics')]);
        }
        if (event === 'finished' && state === 'sent') {
          (health ?? Promise.reject()).then(
            () => child.kill('SIGTERM'),
            () => child.kill('SIGTERM'),
          );
        }
      },
    });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const [status, metrics] = (await health) ?? [];
    expect(status).toMatchObject({ status: 200 });
    expect(JSON.parse(status?.text ?? '')).toMatchObject({ schedules: [{ id: 'weekly' }] });
    expect(metrics?.text).toMatch(/^roi_report_next_run_timestamp_seconds\{schedule="weekly"\} \d+/m);
    expect(server.received.map(({ to }) => to)).toEqual(['board@example.com']);
    expect(stderr).toContain(`${EDITION.schedule}/${EDITION.slot}`);
    expect(stderr).toMatch(/"event":"stopped"/);
    expect(browsersOf(pid)).toEqual([]);
  });

  it.each([
    [['--once'], '61 7 * * 1', /cron "61 7 \* \* 1" has "61" as minute/],
    [['--health', 'nonsense'], '0 7 * * 1', /nonsense/],
  ])('refuses %j with cron %s at once', async (args, cron, message) => {
    const { code, stderr } = await schedule(args, cron);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
