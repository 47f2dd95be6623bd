import { afterEach, beforeEach, expect, it } from 'vitest';
import { addDeliveries, beginAttempt, finishAttempt } from '../../src/ledger/deliveries.js';
import { addNotice, recordNoticeAttempt } from '../../src/ledger/notices.js';
import { type Ledger, openLedger } from '../../src/ledger/open-ledger.js';
import { openRun, updateRun } from '../../src/ledger/runs.js';
import { packageVersion } from '../../src/package-root.js';
import { parseCron } from '../../src/schedule/cron.js';
import { metricsText } from '../../src/service/metrics.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const NOW = new Date('2026-11-24T12:00:00Z');
const BOARD = { id: 'board', cron: parseCron('0 7 * * 1', 'board'), zone: 'Europe/Berlin' };

let ledger: Ledger;
let remove: () => Promise<void>;

beforeEach(async () => {
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  ledger = openLedger(temporary.folder);
});

afterEach(async () => {
  ledger.close();
  await remove();
});

async function values(): Promise<Map<string, number>> {
  const lastTick = { begun: new Date('2026-11-24T11:59:30.5Z'), ended: null, failures: [] };
  const text = await metricsText({ ledger, schedules: [BOARD], now: () => NOW, lastTick });
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const space = line.lastIndexOf(' ');
        return [line.slice(0, space), Number(line.slice(space + 1))];
      }),
  );
}

function open(schedule: string, slot: string, deadline: string): void {
  const due = new Date('2026-11-23T06:00:00Z');
  const run = {
    schedule,
    slot,
    due,
    asOf: '2026-11-23',
    deadline: new Date(deadline),
    giveUp: NOW,
    expires: NOW,
  };
  openRun(ledger, run, due);
}

it('tells of an empty ledger: every state with 0, the next run, no last success', async () => {
  const found = await values();
  expect(found.get('roi_report_runs{schedule="board",state="sent"}')).toBe(0);
  expect(found.get('roi_report_deliveries{schedule="board",state="unknown"}')).toBe(0);
  expect(found.get('roi_report_notices_pending')).toBe(0);
  expect(found.get('roi_report_editions_overdue')).toBe(0);
  expect(found.get('roi_report_last_tick_timestamp_seconds')).toBe(1795521570.5);
  expect(found.get('roi_report_next_run_timestamp_seconds{schedule="board"}')).toBe(
    Date.parse('2026-11-30T06:00:00Z') / 1000,
  );
  expect(found.get(`roi_report_build_info{version="${packageVersion()}"}`)).toBe(1);
  expect([...found.keys()].filter((name) => name.includes('last_success'))).toEqual([]);
  expect(found.size).toBe(1 + 7 + 5 + 2 + 1 + 1 + 1 + 1);
});

it('counts what the ledger holds, and no trial among the editions of a schedule', async () => {
  for (const [slot, finished] of [
    ['a', '2026-11-16T06:05:00Z'],
    ['b', '2026-11-23T06:05:00Z'],
    ['c', null],
  ] as const) {
    open('board', slot, '2026-11-24T11:59:59Z');
    if (finished)
      updateRun(ledger, { schedule: 'board', slot }, { state: 'sent', finished: new Date(finished) });
  }
  open('board', 'd', '2026-11-24T12:00:01Z');
  open('test', 'trial', '2026-11-30T10:00:00Z');
  updateRun(ledger, { schedule: 'test', slot: 'trial' }, { state: 'sent', finished: NOW });
  const message = { channel: 'email', messageId: 'm', file: 'f', sha256: 's', bytes: 1 } as const;
  addDeliveries(
    ledger,
    { schedule: 'board', slot: 'c' },
    [
      { ...message, recipient: 'anna@example.com' },
      { ...message, recipient: 'ben@example.com' },
    ],
    NOW,
  );
  const ben = { schedule: 'board', slot: 'c', recipient: 'ben@example.com', channel: 'email' } as const;
  beginAttempt(ledger, ben, NOW);
  finishAttempt(ledger, ben, { state: 'unknown', result: 'lost' }, NOW);
  for (const kind of ['late', 'held']) {
    const about = { schedule: 'board', slot: 'c', kind, recipient: 'owner@example.com' };
    addNotice(ledger, { ...about, subject: 'S', raw: Buffer.from('raw'), messageId: kind }, NOW);
    if (kind === 'held')
      recordNoticeAttempt(ledger, about, { state: 'failed', result: 'refused', nextAttempt: null }, NOW);
  }

  const found = await values();
  expect(found.get('roi_report_runs{schedule="board",state="sent"}')).toBe(2);
  expect(found.get('roi_report_runs{schedule="board",state="due"}')).toBe(2);
  expect(found.get('roi_report_editions_overdue')).toBe(1);
  expect(found.get('roi_report_deliveries{schedule="board",state="pending"}')).toBe(1);
  expect(found.get('roi_report_deliveries{schedule="board",state="unknown"}')).toBe(1);
  expect(found.get('roi_report_notices_pending')).toBe(1);
  expect(found.get('roi_report_notices_failed')).toBe(1);
  expect(found.get('roi_report_last_success_timestamp_seconds{schedule="board"}')).toBe(
    Date.parse('2026-11-23T06:05:00Z') / 1000,
  );
  expect([...found.keys()].filter((name) => /test|@|example/.test(name))).toEqual([]);
});

it('follows the conventions: help and type of each metric, one prefix, seconds, no total that can shrink', async () => {
  const lastTick = { begun: NOW, ended: NOW, failures: [] };
  const text = await metricsText({ ledger, schedules: [BOARD], now: () => NOW, lastTick });
  const helped = [...text.matchAll(/^# HELP (\S+) .+\.$/gm)].map(([, name]) => name);
  const typed = [...text.matchAll(/^# TYPE (\S+) gauge$/gm)].map(([, name]) => name);
  expect(helped.length).toBe(10);
  expect(typed).toEqual(helped);
  for (const name of helped) expect(name).toMatch(/^roi_report_[a-z_]+(?<!_total)$/);
  expect(text.endsWith('\n')).toBe(true);
});

it('is the same at a second look: nothing is kept between two', async () => {
  expect(await values()).toEqual(await values());
});
