import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outboxTransport } from '../../src/delivery/outbox.js';
import { editionName } from '../../src/ledger/edition.js';
import { newestRuns } from '../../src/ledger/run-lists.js';
import { openRun, updateRun } from '../../src/ledger/runs.js';
import { planSchedules } from '../../src/service/planned-schedule.js';
import { tick } from '../../src/service/tick.js';
import { archiveEdition, EDITION, type Office, openOffice } from '../support/office.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const { folder, remove } = await temporaryFolder();
afterAll(remove);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let number = 0;
let place = '';
let offices: Office[] = [];

beforeEach(() => {
  number += 1;
  place = path.join(folder, String(number));
  offices = [];
});
afterEach(() => {
  for (const { ledger } of offices) ledger.close();
});

/** A scheduler with no data to report on: its editions are due, and held. */
function scheduler(cron: string, timezone: string, changes: object = {}) {
  const config = {
    report: { timezone: 'UTC' },
    delivery: { owner: 'owner@example.com' },
    schedules: [{ id: 'weekly', cron, timezone, recipients: [{ to: 'board@example.com' }], ...changes }],
  };
  const office = openOffice(place, { config, transport: outboxTransport(path.join(place, 'outbox')) });
  office.dataDir = path.join(place, 'no-data');
  offices.push(office);
  const schedules = planSchedules(office.config);
  return {
    office,
    async at(time: string) {
      office.clock = new Date(time);
      await tick(schedules, office);
    },
    async each(from: string, minutes: number, times: number) {
      office.clock = new Date(from);
      for (let count = 0; count < times; count += 1) {
        await tick(schedules, office);
        office.passes(minutes * MINUTE);
      }
    },
    runs: () =>
      newestRuns(office.ledger, null, 1000)
        .reverse()
        .map(({ slot, state }) => `${slot} ${state}`),
    told: () =>
      office.ledger
        .prepare('SELECT slot, kind, state FROM notices ORDER BY created, rowid')
        .all()
        .map((notice: Record<string, unknown>) => `${notice.slot} ${notice.kind} ${notice.state}`),
  };
}

describe('time', () => {
  it.each([
    ['Europe/Berlin', '30 2 * * *', '2026-03-28T23:00:00Z', ['2026-03-29T0300+0200', '2026-03-30T0230+0200']],
    ['Europe/Berlin', '30 2 * * *', '2026-10-24T20:00:00Z', ['2026-10-25T0230+0200', '2026-10-26T0230+0100']],
    [
      'America/New_York',
      '30 2 * * *',
      '2026-03-08T05:00:00Z',
      ['2026-03-08T0300-0400', '2026-03-09T0230-0400'],
    ],
    [
      'America/New_York',
      '30 1 * * *',
      '2026-11-01T04:00:00Z',
      ['2026-11-01T0130-0400', '2026-11-02T0130-0500'],
    ],
    ['Asia/Kolkata', '0 7 * * *', '2026-06-28T20:00:00Z', ['2026-06-29T0700+0530', '2026-06-30T0700+0530']],
  ])('in %s, %s opens one edition a day, also when the clocks change', async (zone, cron, from, slots) => {
    const { each, runs } = scheduler(cron, zone);
    await each(from, 15, (36 * 60) / 15);
    expect(runs().map((run) => run.split(' ')[0])).toEqual(slots);
  });

  it('opens nothing for what lies before its very first start', async () => {
    const { at, runs } = scheduler('0 7 * * 1', 'UTC');
    await at('2026-06-29T07:01:00Z');
    expect(runs()).toEqual([]);
  });

  it('after three missed slots runs the last, and tells the owner of the others once', async () => {
    const { at, runs, told } = scheduler('0 7 * * *', 'UTC');
    await at('2026-06-28T12:00:00Z');
    await at('2026-07-01T09:00:00Z');
    expect(runs()).toEqual([
      '2026-06-29T0700+0000 skipped',
      '2026-06-30T0700+0000 skipped',
      '2026-07-01T0700+0000 held',
    ]);
    await at('2026-07-01T09:01:00Z');
    expect(told()).toEqual(['2026-06-30T0700+0000 missed sent', '2026-07-01T0700+0000 held sent']);
  });

  it('skips what is too late, as configured', async () => {
    const { at, runs } = scheduler('0 7 * * *', 'UTC', { missed: { run: 'once', maxHoursLate: 2 } });
    await at('2026-06-28T12:00:00Z');
    await at('2026-06-29T09:01:00Z');
    expect(runs()).toEqual(['2026-06-29T0700+0000 skipped']);
  });

  it('runs no slot twice when the clock jumps back, and does not stay silent after it was far ahead', async () => {
    const { at, runs } = scheduler('0 7 * * *', 'UTC');
    await at('2026-06-28T12:00:00Z');
    await at('2026-06-29T07:00:00Z');
    await at('2026-06-29T06:50:00Z');
    await at('2026-06-29T07:00:00Z');
    await at('2026-06-29T07:00:30Z');
    expect(runs()).toEqual(['2026-06-29T0700+0000 held']);
    await at('2031-01-01T06:00:00Z');
    await at('2026-06-30T06:59:00Z');
    await at('2026-06-30T07:00:00Z');
    expect(runs()).toContain('2026-06-30T0700+0000 held');
    expect(runs().filter((run) => run.startsWith('2026-06-29'))).toHaveLength(1);
  });
});

describe('what is decided', () => {
  it('by a clock that was two weeks ahead is decided anew when the time really comes', async () => {
    const { at, runs } = scheduler('0 7 * * 1', 'UTC');
    await at('2026-06-28T12:00:00Z');
    await at('2026-07-15T12:00:00Z');
    expect(runs()).toEqual([
      '2026-06-29T0700+0000 skipped',
      '2026-07-06T0700+0000 skipped',
      '2026-07-13T0700+0000 skipped',
    ]);
    await at('2026-06-28T13:00:00Z');
    await at('2026-06-29T07:00:00Z');
    await at('2026-07-06T07:00:00Z');
    expect(runs().slice(0, 2)).toEqual(['2026-06-29T0700+0000 failed', '2026-07-06T0700+0000 held']);
  });

  it('of a day that has an edition by hand is not to send another', async () => {
    const { at, office, runs, told } = scheduler('0 7 * * 1', 'UTC');
    await at('2026-06-29T06:00:00Z');
    const due = new Date('2026-06-29T06:00:00Z');
    const byHand = { schedule: 'weekly', slot: '2026-06-29', asOf: '2026-06-29', due, deadline: due };
    openRun(office.ledger, { ...byHand, giveUp: due, expires: due }, due);
    updateRun(office.ledger, byHand, { state: 'sent', finished: due });
    await at('2026-06-29T07:00:00Z');
    expect(runs()).toEqual(['2026-06-29 sent', '2026-06-29T0700+0000 skipped']);
    expect(told()).toEqual([]);
  });
});

describe('an edition that cannot be made', () => {
  it('is tried again with growing waits; the owner hears of it, of its deadline and of its end', async () => {
    const { at, each, runs, told, office } = scheduler('0 7 * * 1', 'UTC');
    await at('2026-06-29T06:59:00Z');
    await each('2026-06-29T07:00:00Z', 1, 5 * 60);
    expect(runs()).toEqual(['2026-06-29T0700+0000 failed']);
    expect(told()).toEqual([
      '2026-06-29T0700+0000 held sent',
      expect.stringMatching(/^2026-06-29T0700\+0000 not-sent-\d+ sent$/),
    ]);
    expect(office.told.filter((line) => line.includes('is held'))).toHaveLength(12);
  });

  it('is alarmed about once when it is still waiting at its deadline', async () => {
    const { at, told } = scheduler('0 7 * * 1', 'UTC', { deadlineHours: 2 });
    await at('2026-06-29T06:59:00Z');
    // The start that should have come at seven comes after the deadline.
    await at('2026-06-29T10:00:00Z');
    await at('2026-06-29T10:01:00Z');
    expect(told()).toEqual(['2026-06-29T0700+0000 deadline sent', '2026-06-29T0700+0000 held sent']);
  });

  it('of a schedule that is gone is given up, with a word to the owner', async () => {
    const { at } = scheduler('0 7 * * 1', 'UTC');
    await at('2026-06-29T06:59:00Z');
    await at('2026-06-29T07:00:00Z');
    const { office } = scheduler('0 7 * * 1', 'UTC', { id: 'other' });
    office.clock = new Date('2026-06-29T12:00:00Z');
    await tick(planSchedules(office.config), office);
    expect(newestRuns(office.ledger, 'weekly', 1)[0]).toMatchObject({ state: 'failed' });
  });
});

it('closes a trial that was killed, and tells nobody', async () => {
  const { at, office, told } = scheduler('0 7 * * 1', 'UTC');
  const due = new Date('2026-06-29T05:00:00Z');
  const trial = { schedule: 'test', slot: '20260629T050000000Z', asOf: '2026-06-29', due, deadline: due };
  openRun(office.ledger, { ...trial, giveUp: due, expires: due }, due);
  await at('2026-06-29T12:00:00Z');
  expect(newestRuns(office.ledger, 'test', 1)[0]).toMatchObject({ state: 'failed', reason: 'interrupted' });
  await at('2026-06-29T12:01:00Z');
  expect(told()).toEqual([]);
});

it('says what failed though it should not, so that somebody can be told', async () => {
  const { office } = scheduler('0 7 * * 1', 'UTC');
  office.ledger.exec('DROP TABLE notices');
  const failures = await tick(planSchedules(office.config), office);
  expect(failures).toContain('Telling the owner failed: no such table: notices');
});

it('keeps no failure of one thing from the others', async () => {
  const { office, at } = scheduler('0 7 * * 1', 'UTC');
  archiveEdition(office, ['anna@example.com']);
  office.ledger.exec("INSERT INTO schedules VALUES ('weekly', 'not a time')");
  await at('2026-06-29T05:00:00Z');
  expect(office.told.join('\n')).toMatch(/schedule weekly failed/);
  expect(office.told.join('\n')).toMatch(new RegExp(editionName(EDITION).replace('+', '\\+')));
});

it('removes what was sent long ago, and keeps what it knows of it', async () => {
  const { at, office, runs } = scheduler('0 7 1 1 *', 'UTC');
  archiveEdition(office, ['anna@example.com']);
  office.ledger.exec("UPDATE runs SET state = 'sent', finished = due");
  const kept = () => office.told.filter((line) => line.includes('no longer kept')).length;
  await at('2027-07-30T00:00:00Z');
  expect(kept()).toBe(0);
  await at(new Date(Date.parse('2026-06-29T05:00:00Z') + 400 * 24 * HOUR + 1).toISOString());
  expect(kept()).toBe(1);
  expect(runs()).toContain(`${EDITION.slot} sent`);
});
