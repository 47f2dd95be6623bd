import { request } from 'node:http';
import { connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT, ReportError } from '../../src/errors.js';
import { addNotice } from '../../src/ledger/notices.js';
import { type Ledger, openLedger } from '../../src/ledger/open-ledger.js';
import { openRun, updateRun } from '../../src/ledger/runs.js';
import { parseCron } from '../../src/schedule/cron.js';
import { parseHealthAddress, serveHealth } from '../../src/service/health.js';
import type { Round } from '../../src/service/status.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const NOW = new Date('2026-11-24T12:00:00Z');
const BOARD = { id: 'board', cron: parseCron('0 7 * * 1', 'board'), zone: 'Europe/Berlin' };
const EDITION = { schedule: 'board', slot: '2026-11-23T0700+0100' };
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

let ledger: Ledger;
let rounds: Round;
let port: number;
let cleanUp: (() => Promise<void>)[];

beforeEach(async () => {
  const { folder, remove } = await temporaryFolder();
  ledger = openLedger(folder);
  rounds = { begun: ago(20), ended: ago(10), failures: [] };
  const watched = { ledger, schedules: [BOARD], now: () => NOW, lastTick: rounds };
  const health = await serveHealth({ host: '127.0.0.1', port: 0 }, watched);
  port = health.port;
  cleanUp = [health.close, async () => ledger.close(), remove];
});

afterEach(async () => {
  for (const step of cleanUp) await step().catch(() => {});
});

interface Reply {
  status: number | undefined;
  headers: Record<string, unknown>;
  body: string;
}

function ask(path: string, { method = 'GET', host = `127.0.0.1:${port}`, body = '' } = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers: { host } }, (response) => {
      const { statusCode: status, headers } = response;
      text(response).then((read) => resolve({ status, headers, body: read }), reject);
    })
      .on('error', reject)
      .end(body);
  });
}

function openEdition(deadline: Date): void {
  const due = new Date('2026-11-23T06:00:00Z');
  openRun(ledger, { ...EDITION, due, asOf: '2026-11-23', deadline, giveUp: NOW, expires: NOW }, due);
}

describe('GET /health', () => {
  it('tells the last and the next edition', async () => {
    openEdition(ago(0));
    updateRun(ledger, EDITION, { state: 'sent', finished: new Date('2026-11-23T06:01:30Z') });
    const { status, headers, body } = await ask('/health');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      connection: 'close',
    });
    expect(JSON.parse(body)).toEqual({
      status: 'ok',
      problem: null,
      lastTick: { begun: '2026-11-24T11:59:40.000Z', ended: '2026-11-24T11:59:50.000Z' },
      schedules: [
        {
          id: 'board',
          last: {
            edition: 'board/2026-11-23T0700+0100',
            state: 'sent',
            finished: '2026-11-23T06:01:30.000Z',
          },
          next: {
            slot: '2026-11-30T0700+0100',
            instant: '2026-11-30T06:00:00.000Z',
            local: '2026-11-30T07:00',
            zone: 'Europe/Berlin',
          },
        },
      ],
      pendingNotices: 0,
      overdue: [],
    });
  });

  it('is ok where nothing ever ran', async () => {
    const { status, body } = await ask('/health');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ status: 'ok', schedules: [{ id: 'board', last: null }] });
  });

  it('asks for attention where an edition is overdue, and names it', async () => {
    openEdition(ago(1));
    const { status, body } = await ask('/health');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      status: 'attention',
      overdue: ['board/2026-11-23T0700+0100'],
    });
  });

  it.each(['held', 'partial', 'failed', 'skipped'] as const)(
    'asks for attention after a %s edition',
    async (state) => {
      openEdition(NOW);
      updateRun(ledger, EDITION, { state, finished: NOW, reason: 'anna@example.com refused' });
      const { status, body } = await ask('/health');
      expect(status).toBe(200);
      expect(JSON.parse(body).status).toBe('attention');
      expect(body).not.toContain('anna');
    },
  );

  it('asks for attention where the owner waits to be told, without the address', async () => {
    const notice = {
      ...EDITION,
      kind: 'late',
      recipient: 'owner@example.com',
      subject: 'S',
      raw: Buffer.from('raw'),
    };
    addNotice(ledger, { ...notice, messageId: 'm' }, NOW);
    const { status, body } = await ask('/health');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ status: 'attention', pendingNotices: 1 });
    expect(body).not.toContain('@');
  });

  it('is stuck where the latest round failed, or lies in the future', async () => {
    rounds.failures = ['Raising alarms failed: database or disk is full'];
    expect(await ask('/health')).toMatchObject({ status: 503, body: expect.stringContaining('"stuck"') });
    rounds.failures = [];
    Object.assign(rounds, { begun: ago(-7200), ended: ago(-7200) });
    expect(await ask('/health')).toMatchObject({ status: 503, body: expect.stringContaining('put back') });
  });

  it.each([
    ['idle for 5 minutes', ago(310), ago(300), 200, null],
    ['idle for longer', ago(310), ago(301), 503, 'The loop has not come round for over 5 minutes.'],
    ['at work for 6 hours', ago(21_600), null, 200, null],
    ['at work for longer', ago(21_601), null, 503, 'A round of the loop has been at work for over 6 hours.'],
    ['at work, with the end of the round before', ago(3000), ago(3060), 200, null],
  ])('answers where the loop is %s', async (_, begun, ended, code, problem) => {
    Object.assign(rounds, { begun, ended });
    const { status, body } = await ask('/health');
    expect(status).toBe(code);
    expect(JSON.parse(body)).toMatchObject({ status: code === 200 ? 'ok' : 'stuck', problem });
  });

  it('is stuck where the ledger cannot be read, and says no more', async () => {
    ledger.close();
    const { status, body } = await ask('/health');
    expect(status).toBe(503);
    expect(JSON.parse(body)).toMatchObject({ status: 'stuck', problem: 'The ledger cannot be read.' });
    const metrics = await ask('/metrics');
    expect(metrics.status).toBe(503);
    expect(metrics.body).toBe('The ledger cannot be read.\n');
  });
});

describe('the endpoint', () => {
  it('serves metrics', async () => {
    const { status, headers, body } = await ask('/metrics?debug=1');
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(body).toContain('roi_report_editions_overdue 0\n');
  });

  it.each(['/health', '/metrics'])('answers HEAD %s with the headers of GET alone', async (path) => {
    const [head, get] = [await ask(path, { method: 'HEAD' }), await ask(path)];
    expect(head.status).toBe(200);
    expect(head.body).toBe('');
    expect(head.headers['content-length']).toBe(get.headers['content-length']);
  });

  it.each(['/', '/healthz', '/health/', '/../health', '//health', '/metrics/x'])(
    'has nothing at %s',
    async (path) => {
      expect((await ask(path)).status).toBe(404);
    },
  );

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])('refuses %s', async (method) => {
    const { status, headers } = await ask('/health', {
      method,
      body: method === 'POST' ? 'x'.repeat(100_000) : '',
    });
    expect(status).toBe(405);
    expect(headers.allow).toBe('GET, HEAD');
  });

  it.each([
    'evil.example',
    'evil.example:9464',
    '127.0.0.1.evil.example',
    '10.0.0.1',
    '[::2]:80',
    'localhost@evil',
  ])('does not answer to the name %s', async (host) => {
    const { status, body } = await ask('/health', { host });
    expect(status).toBe(421);
    expect(body).not.toContain('board');
  });

  it.each(['localhost', 'LOCALHOST:80', '127.0.0.1', '127.1.2.3:9464', '[::1]', '[::1]:9464'])(
    'answers to the name %s',
    async (host) => {
      expect((await ask('/health', { host })).status).toBe(200);
    },
  );

  it('answers to any name where it listens for other machines', async () => {
    const watched = { ledger, schedules: [BOARD], now: () => NOW, lastTick: rounds };
    const open = await serveHealth({ host: '0.0.0.0', port: 0 }, watched);
    cleanUp.unshift(open.close);
    port = open.port;
    expect((await ask('/health', { host: 'roi-report:9464' })).status).toBe(200);
  });

  it('survives what is no HTTP, and answers the next', async () => {
    for (const bytes of [
      '\0\0\0\r\n\r\n',
      'GET /health HTTP/1.1\r\n\r\n',
      `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
    ]) {
      const socket = connect(port, '127.0.0.1').on('error', () => {});
      socket.end(bytes);
      expect(await text(socket)).toMatch(/^HTTP\/1\.1 4\d\d /);
    }
    expect((await ask('/health')).status).toBe(200);
  });

  it('ends at once when it is closed, though somebody holds a connection', async () => {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    await new Promise((resolve) => socket.once('connect', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await cleanUp.shift()?.();
    await closed;
    await expect(ask('/health')).rejects.toThrow(/ECONNREFUSED/);
  });

  it('names a port in use, and the fix', async () => {
    const watched = { ledger, schedules: [BOARD], now: () => NOW, lastTick: rounds };
    const error = await serveHealth({ host: '127.0.0.1', port }, watched).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ReportError);
    expect(error).toMatchObject({
      message: `The health endpoint cannot listen on 127.0.0.1:${port}: the port is in use.`,
      exitCode: EXIT.usage,
      hint: expect.stringContaining('--health'),
    });
  });

  it('names an address that is not of this machine', async () => {
    const watched = { ledger, schedules: [BOARD], now: () => NOW, lastTick: rounds };
    await expect(serveHealth({ host: '192.0.2.1', port: 0 }, watched)).rejects.toThrow(
      /^The health endpoint cannot listen on 192\.0\.2\.1:0: .*EADDRNOTAVAIL/,
    );
  });

  it('listens on IPv6 where the machine has it', async ({ skip }) => {
    const probe = createServer();
    const has = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false)).listen(0, '::1', () => resolve(true));
    });
    probe.close();
    if (!has) skip();
    const watched = { ledger, schedules: [BOARD], now: () => NOW, lastTick: rounds };
    const health = await serveHealth(parseHealthAddress('[::1]:0'), watched);
    cleanUp.unshift(health.close);
    const { ok } = await fetch(`http://[::1]:${health.port}/health`);
    expect(ok).toBe(true);
  });
});

describe('parseHealthAddress', () => {
  it.each([
    ['9464', '127.0.0.1', 9464],
    [' 127.0.0.1:9464 ', '127.0.0.1', 9464],
    ['0.0.0.0:80', '0.0.0.0', 80],
    ['localhost:0', 'localhost', 0],
    ['roi-report.internal:65535', 'roi-report.internal', 65_535],
    ['[::1]:9464', '::1', 9464],
    ['[::]:9464', '::', 9464],
  ])('reads %s', (address, host, number) => {
    expect(parseHealthAddress(address)).toEqual({ host, port: number });
  });

  it.each([
    '',
    ' ',
    'on',
    ':9464',
    '::1:9464',
    '[::1]',
    '[localhost]:1',
    'host:',
    'host:65536',
    'host:-1',
    '1.5',
    '99999',
    'http://x:1',
    'a b:1',
    '[::1]:1:2',
  ])('refuses "%s", names it and the fix', (address) => {
    const refused = () => parseHealthAddress(address);
    expect(refused).toThrow(ReportError);
    expect(refused).toThrow(`"${address}" is not an address for the health endpoint.`);
  });

  it('gives a host and a port in range, or an error of usage, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'019.:[]a-') }), (address) => {
        try {
          const { host, port: number } = parseHealthAddress(address);
          expect(host).not.toBe('');
          expect(number).toBeGreaterThanOrEqual(0);
          expect(number).toBeLessThanOrEqual(65_535);
        } catch (error) {
          expect(error).toMatchObject({ code: 'health-address', exitCode: EXIT.usage });
        }
      }),
    );
  });
});
