import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { certificates } from '../support/certificates.js';
import { browsersOf, type CliOptions, type CliResult, runCli } from '../support/cli.js';
import { writeTables } from '../support/csv-tables.js';
import { runInProcess } from '../support/in-process.js';
import { answer, at, type Behaviour, type SmtpServer, startSmtpServer } from '../support/smtp-server.js';
import { startWitness } from '../support/smtp-witness.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { tinyTables } from '../support/tiny-tables.js';

const { folder, remove } = await temporaryFolder();
afterAll(remove);
const data = path.join(folder, 'data');
beforeAll(async () => {
  await mkdir(data);
  await writeTables(data, tinyTables);
});
/** How a run ended; `pid` where it had a process of its own. */
type Ended = Omit<CliResult, 'pid'> & { pid?: number };

const BOARD = ['anna@example.com', 'bo@example.com', 'cy@example.com'];
const PASSWORD = 'correct-horse-battery';
let server: SmtpServer | undefined;
let number = 0;
let place = '';

afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A configuration with three recipients and a server. */
async function config(
  port: number | undefined,
  { retry = 0.05, security = 'none' }: { retry?: number; security?: string } = {},
): Promise<void> {
  number += 1;
  place = path.join(folder, String(number));
  const smtp =
    port === undefined
      ? ''
      : `  smtp: { host: 127.0.0.1, port: ${port}, security: ${security}, timeoutSeconds: 5 }\n`;
  await writeFile(
    `${place}.yaml`,
    `delivery:\n  from: reports@example.com\n  owner: owner@example.com\n  gates: { failOn: never, freshnessDays: null }\n${smtp}  retry: { firstSeconds: ${retry} }\nschedules:\n  - { id: weekly, cron: "0 7 * * 1", recipients: [{ to: [${BOARD.join(', ')}] }] }\n`,
  );
}

async function open(behaviour: Behaviour = {}): Promise<SmtpServer> {
  server = await startSmtpServer(behaviour);
  await config(server.port);
  return server;
}

/** Runs a command; in a process of its own only where that matters: to be killed, or for its environment. */
function run(command: string, args: readonly string[] = [], options?: CliOptions): Promise<Ended> {
  const all = [command, ...args, '--data', data, '--config', `${place}.yaml`, '--out', place];
  return options === undefined ? runInProcess(all) : runCli(all, options);
}
const send = (args: readonly string[] = [], options?: CliOptions) =>
  run('send', ['--as-of', '2025-06-30', ...args], options);
const got = () => server?.received.map(({ to }) => to) ?? [];

/** Every file below the output of the run, as one text. */
async function everythingWritten(): Promise<string> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map((entry) => readFile(path.join(entry.parentPath, entry.name), 'latin1')),
  );
  return texts.join('\n');
}

describe('send', () => {
  it('writes in a dry run the very messages, and sends and records nothing', async () => {
    await open();
    const { code, stdout } = await send(['--dry-run', '--json']);
    expect(code).toBe(0);
    const { edition, files } = JSON.parse(stdout);
    expect(edition).toBe('weekly/2025-06-30');
    expect(files.map(({ recipient }: { recipient: string }) => recipient)).toEqual(BOARD);
    const mail = await simpleParser(await readFile(files[0].file));
    expect(mail.to).toMatchObject({ text: BOARD[0] });
    expect(mail.attachments.map(({ contentType }) => contentType)).toEqual(['image/png', 'application/pdf']);
    expect(server?.talks).toEqual([]);
    const { stdout: runs } = await runInProcess(['runs', '--out', place]);
    expect(runs).toBe('The ledger knows no edition.\n');
  });

  it('sends once a day, and once more only when asked', async () => {
    await open();
    expect(await send()).toMatchObject({ code: 0, stdout: expect.stringContaining('sent to 3 of 3') });
    expect(await send()).toMatchObject({ code: 0, stdout: expect.stringContaining('sent to 3 of 3') });
    expect(got()).toEqual(BOARD);
    expect(await send(['--again'])).toMatchObject({ code: 0 });
    expect(got()).toEqual([...BOARD, ...BOARD]);
    const { stdout } = await runInProcess(['runs', '--out', place, '--json']);
    expect(JSON.parse(stdout).map(({ edition }: { edition: string }) => edition)).toEqual([
      'weekly/2025-06-30-2',
      'weekly/2025-06-30',
    ]);
  });

  it('writes to the outbox where no server is configured', async () => {
    await config(undefined);
    expect(await send(['--to', 'Me <me@example.com>'])).toMatchObject({ code: 0 });
    const outbox = await readdir(path.join(place, 'delivery', 'outbox'));
    expect(outbox).toHaveLength(1);
    const mail = await simpleParser(await readFile(path.join(place, 'delivery', 'outbox', outbox[0] ?? '')));
    expect(mail.subject).toMatch(/^\[Test\] /);
    expect(mail.to).toMatchObject({ value: [{ address: 'me@example.com', name: 'Me' }] });
  });

  it('fails with 5 where an address is refused, and a later call sends only what failed', async () => {
    const smtp = await open(at('RCPT', answer('550 No such user'), { to: BOARD[1] ?? '' }));
    expect(await send()).toMatchObject({ code: 5, stdout: expect.stringContaining('sent to 2 of 3') });
    expect(got()).toEqual([BOARD[0], BOARD[2], 'owner@example.com']);
    smtp.behaviour = {};
    const { stdout } = await runInProcess(['deliveries', '--out', place, '--state', 'failed', '--json']);
    expect(JSON.parse(stdout)).toMatchObject([{ recipient: BOARD[1], attempts: 1 }]);
    expect(await run('deliveries', ['resend', 'weekly/2025-06-30'])).toMatchObject({ code: 0 });
    expect(got().slice(3)).toEqual([BOARD[1]]);
  });

  it('fails with 3 for data that cannot be used, tells the owner, and sends when they can', async () => {
    await open();
    const args = ['send', '--as-of', '2025-06-30', '--config', `${place}.yaml`, '--out', place];
    const { code, stderr } = await runInProcess([...args, '--data', path.join(folder, 'nowhere')]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/nowhere does not exist/);
    expect(got()).toEqual(['owner@example.com']);
    expect(await send()).toMatchObject({ code: 0 });
    expect(got().slice(1)).toEqual(BOARD);
  });
});

describe('send --edition', () => {
  it.each([
    [['--to', 'me@example.com'], /cannot be used with/],
    [['--again'], /cannot be used with/],
  ])('refuses %j beside it: a trial would use the edition up', async (more, message) => {
    await open();
    const { code, stderr } = await run('send', ['--edition', 'weekly/2025-06-30T0700+0530', ...more]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it.each([
    ['weekly/2025-06-30T0701+0530', /the schedule has none at that time/],
    ['weekly/2999-01-07T0700+0530', /has not come yet/],
    ['other/2025-06-30T0700+0530', /There is no schedule "other"/],
    ['weekly', /is not the name of an edition/],
  ])('refuses %s', async (edition, message) => {
    await open();
    const { code, stderr } = await run('send', ['--edition', edition]);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
    expect(got()).toEqual([]);
  });

  it('sends one that was missed, as of its day', async () => {
    await open();
    expect(await run('send', ['--edition', 'weekly/2025-06-30T0700+0530'])).toMatchObject({ code: 0 });
    expect(got()).toEqual(BOARD);
  });
});

describe('secrets', () => {
  const env = { ROI_REPORT_SMTP_USER: 'reports', ROI_REPORT_SMTP_PASSWORD: PASSWORD };
  const forms = [
    PASSWORD,
    Buffer.from(PASSWORD).toString('base64'),
    Buffer.from(`\0reports\0${PASSWORD}`).toString('base64'),
  ];

  it.each([
    ['the right password', PASSWORD, 0, 3],
    ['another password', 'another', 5, 0],
  ])('stand in no output, ledger or message: with %s', async (_, expected, exitCode, messages) => {
    const { loopback } = certificates;
    const witness = await startWitness(
      { ...loopback, secure: true },
      { user: 'reports', password: expected },
    );
    try {
      await config(witness.port, { security: 'tls' });
      await writeFile(`${place}.pem`, loopback.cert);
      const { code, stdout, stderr } = await send(['--json'], {
        env: { ...env, NODE_EXTRA_CA_CERTS: `${place}.pem` },
      });
      expect(code).toBe(exitCode);
      expect(witness.received).toHaveLength(messages);
      const written = `${stdout}${stderr}${await everythingWritten()}`;
      for (const form of forms) expect(written.includes(form), form).toBe(false);
      if (exitCode === 5) expect(stdout).toMatch(/ROI_REPORT_SMTP_PASSWORD/);
    } finally {
      await witness.close();
    }
  });
});

describe('a process that ends in the middle', () => {
  it.each(['Making', 'Loading tracking_data.csv', 'Computing', 'Drawing', 'Filling', 'anna@example.com'])(
    'killed at "%s", the next one sends what is missing, and nothing twice',
    async (moment) => {
      await open();
      const first = await send([], {
        onNote: (line, child) => {
          if (line.startsWith(moment)) child.kill('SIGKILL');
        },
      });
      expect(first.code).toBeNull();
      expect(await send()).toMatchObject({ code: 0, stdout: expect.stringContaining('sent to 3 of 3') });
      expect(got()).toEqual(BOARD);
    },
  );

  it('stopped while it makes the edition, it says so, and nobody takes that up by itself', async () => {
    await open();
    const { code, stderr, pid } = await send([], {
      onNote: (line, child) => {
        if (line.startsWith('Drawing')) child.kill('SIGTERM');
      },
    });
    expect(code).toBe(130);
    expect(stderr).toMatch(/Stopped; nothing of weekly\/2025-06-30 was sent/);
    expect(browsersOf(pid ?? 0)).toEqual([]);
    const { stdout } = await runInProcess(['runs', '--out', place, '--json']);
    expect(JSON.parse(stdout)).toMatchObject([{ state: 'failed', reason: 'stopped by hand' }]);
    expect(await send()).toMatchObject({ code: 0 });
    expect(got()).toEqual(BOARD);
  });

  it('stopped while it waits for the next attempt, it says so, and leaves no browser', async () => {
    await config((await open(at('RCPT', answer('450 Greylisted')))).port, { retry: 600 });
    const { code, stderr, pid } = await send([], {
      onNote: (line, child) => {
        if (line.startsWith('Waiting')) child.kill('SIGTERM');
      },
    });
    expect(code).toBe(130);
    expect(stderr).toMatch(/Stopped before everybody had weekly\/2025-06-30/);
    expect(browsersOf(pid ?? 0)).toEqual([]);
    if (server) server.behaviour = {};
    expect(await send()).toMatchObject({ code: 0, stdout: expect.stringContaining('sent to 3 of 3') });
    expect(got()).toEqual(BOARD);
  });
});
