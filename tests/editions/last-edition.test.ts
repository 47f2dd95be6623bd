import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { advanceRun } from '../../src/editions/advance-run.js';
import { editionFolder } from '../../src/editions/archive.js';
import { audiencesOf, type Slice } from '../../src/editions/audiences.js';
import { lastEditionOf } from '../../src/editions/last-edition.js';
import { dryRun } from '../../src/editions/send-edition.js';
import { TRIAL } from '../../src/editions/trial.js';
import { type NewRun, openRun, type RunState, updateRun } from '../../src/ledger/runs.js';
import { noFilters } from '../../src/model/filters.js';
import { type Report, reportSchema } from '../../src/report/schema.js';
import { writeTables } from '../support/csv-tables.js';
import { type Office, openOffice } from '../support/office.js';
import { reportWith } from '../support/report.js';
import { startSmtpServer } from '../support/smtp-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { tinyTables } from '../support/tiny-tables.js';

const { folder, remove } = await temporaryFolder();
afterAll(remove);
let number = 0;
const freshFolder = () => path.join(folder, String(number++));

/** A run of the day, due at seven. */
function runOf(asOf: string, changes: Partial<NewRun> = {}): NewRun {
  const due = new Date(`${asOf}T07:00:00Z`);
  const later = new Date(due.getTime() + 4 * 3_600_000);
  return {
    schedule: 'weekly',
    slot: asOf,
    asOf,
    due,
    deadline: later,
    giveUp: later,
    expires: later,
    ...changes,
  };
}

describe('what a slice of an edition is compared with', () => {
  const all: Slice = { name: 'all', filters: noFilters, isolated: false };
  const now = runOf('2025-07-07');
  let office: Office;
  beforeEach(() => {
    office = openOffice(freshFolder(), { port: 1 });
  });
  afterEach(() => office.ledger.close());

  /** An edition that came to this end, with its report of the slice `all`. */
  async function edition(run: NewRun, state: RunState, meta: Partial<Report['meta']> = {}): Promise<string> {
    openRun(office.ledger, run, run.due);
    updateRun(office.ledger, run, { state, archived: true });
    const file = path.join(office.folder, editionFolder(run), 'reports', 'all', 'report.json');
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(reportWith({ meta: { asOf: run.asOf, ...meta } })));
    return file;
  }
  const dayOf = async (run = now, slice = all) =>
    (await lastEditionOf(run, slice, office, office.folder))?.report.meta.asOf;

  it('is its report in the last edition of the schedule that reached somebody, of an earlier day', async () => {
    expect(await dayOf()).toBeUndefined();
    await edition(runOf('2025-06-16'), 'sent');
    await edition(runOf('2025-06-23'), 'partial');
    for (const state of ['held', 'failed', 'due', 'delivering', 'skipped'] as const)
      await edition(runOf('2025-06-30', { slot: `2025-06-30-${state}` }), state);
    await edition(runOf('2025-07-01', { schedule: 'daily' }), 'sent');
    await edition(runOf('2025-07-07', { slot: '2025-07-07-2' }), 'sent');
    await edition(runOf('2025-07-14'), 'sent');
    expect(await dayOf()).toBe('2025-06-23');
    expect(await dayOf(runOf('2025-06-23', { slot: '2025-06-23-2' }))).toBe('2025-06-16');
    expect(office.told).toEqual([]);
  });

  it('is nothing for a trial, though trials were sent before', async () => {
    await edition(runOf('2025-06-30', { schedule: TRIAL }), 'sent');
    expect(await dayOf({ ...now, schedule: TRIAL })).toBeUndefined();
  });

  it('is nothing where the edition is no longer kept, or had no such slice', async () => {
    const file = await edition(runOf('2025-06-30'), 'sent');
    expect(await dayOf(now, { ...all, name: 'slice-2' })).toBeUndefined();
    updateRun(office.ledger, runOf('2025-06-30'), { archived: false });
    expect(await dayOf()).toBeUndefined();
    updateRun(office.ledger, runOf('2025-06-30'), { archived: true });
    expect(await dayOf()).toBe('2025-06-30');
    await rm(file);
    expect(await dayOf()).toBeUndefined();
    expect(office.told).toEqual([]);
  });

  it('is nothing, with a word, where the slice is another now', async () => {
    const file = await edition(runOf('2025-06-30'), 'sent', { currency: 'USD' });
    expect(await dayOf()).toBeUndefined();
    expect(office.told).toEqual([
      `warn: ${file} cannot be compared with: its money is in USD, that of this report in INR.`,
    ]);
  });
});

describe('an edition after another', () => {
  const folderOf = (name: string) => path.join(folder, name);
  let office: Office;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const [first = {}, ...others] = tinyTables.tracking_data;
    const later = { ...tinyTables, tracking_data: [{ ...first, revenue: 100 }, ...others] };
    for (const [name, tables] of Object.entries({ before: tinyTables, later })) {
      await mkdir(folderOf(name));
      await writeTables(folderOf(name), tables);
    }
    const server = await startSmtpServer();
    const recipients = [
      { to: 'board@example.com' },
      { to: 'north@example.com', filters: { campaigns: ['North'] } },
    ];
    office = openOffice(freshFolder(), {
      config: {
        schedules: [{ id: 'weekly', cron: '0 7 * * 1', recipients }],
        delivery: {
          from: 'reports@example.com',
          owner: 'owner@example.com',
          smtp: { host: '127.0.0.1', port: server.port, security: 'none', timeoutSeconds: 5 },
          gates: { failOn: 'never', freshnessDays: null },
        },
      },
    });
    close = async () => {
      office.ledger.close();
      await server.close();
    };
  });
  afterAll(() => close());

  const audiences = () => {
    const [schedule] = office.config.schedules;
    if (!schedule) throw new Error('There is no schedule.');
    return audiencesOf(office.config.filters, schedule);
  };
  async function send(asOf: string, data: string): Promise<void> {
    const run = runOf(asOf);
    office.dataDir = folderOf(data);
    office.clock = run.due;
    openRun(office.ledger, run, run.due);
    const advanced = await advanceRun(run, audiences(), 'none', office);
    expect(advanced?.run.state).toBe('sent');
  }
  const textOf = (asOf: string, slice: string, root = office.folder) =>
    readFile(path.join(root, editionFolder(runOf(asOf)), 'reports', slice, 'report.json'), 'utf8');

  it('tells each audience what moved in its own report, also where it is only tried out', async () => {
    await send('2025-06-10', 'before');
    office.dataDir = folderOf('later');
    await dryRun(runOf('2025-06-17'), audiences(), office);
    await send('2025-06-17', 'later');
    for (const slice of ['all', 'slice-2']) {
      const before = await textOf('2025-06-10', slice);
      const text = await textOf('2025-06-17', slice);
      const { comparison, meta } = reportSchema.parse(JSON.parse(text));
      expect(reportSchema.parse(JSON.parse(before))).not.toHaveProperty('comparison');
      expect(comparison?.with).toMatchObject({
        asOf: '2025-06-10',
        sha256: createHash('sha256').update(before).digest('hex'),
      });
      expect(comparison?.restated).toContainEqual(
        expect.objectContaining({
          week: '2025-06-02',
          figure: 'revenue',
          before: 600,
          now: 100,
          change: -500,
        }),
      );
      expect(meta.filters.campaigns).toEqual(slice === 'all' ? [] : ['North']);
      expect(await textOf('2025-06-17', slice, path.join(office.folder, 'dry-run'))).toBe(text);
    }
    expect(office.told.filter((line) => line.includes('compared'))).toEqual([]);
  }, 60_000);
});
