import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema.js';
import { quietEffects } from '../../src/effects.js';
import { createFormat } from '../../src/format/format.js';
import { computeReport } from '../../src/pipeline/compute-report.js';
import { type Report, reportSchema } from '../../src/report/schema.js';
import { brands, brandTables, foreignWords, writeBrands } from '../support/brands.js';
import { type CsvRow, type CsvTables, writeTables } from '../support/csv-tables.js';
import { found } from '../support/edition-files.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { type MailedEdition, mailEdition } from './mailed-edition.js';
import { partsOfFile, partsOfMessage } from './readable-parts.js';

const ASOF = '2025-06-30';
const [BOARD, ZEPHYRINE, MARROWBY] = ['board@example.com', 'anna@example.com', 'bo@example.com'] as const;
/** The folder of each one's report in the archive. */
const FOLDERS = new Map([
  [BOARD, 'all'],
  [ZEPHYRINE, 'slice-2'],
  [MARROWBY, 'slice-3'],
]);
const TABLES = ['campaigns.csv', 'influencers.csv', 'payouts.csv'];
const FILES = ['30.pdf', '30.html', '30.xlsx', '30.json', ...TABLES];
const LAKH = 100_000;

type Person = typeof BOARD | typeof ZEPHYRINE | typeof MARROWBY;

const tables = brandTables();
const { folder, remove } = await temporaryFolder();
afterAll(remove);
let edition: MailedEdition;
let messages: Map<string, Map<string, string>>;
/** What each may not see. */
let forbidden: Map<string, string[]>;

beforeAll(async () => {
  const attach = ['pdf', 'html', 'csv', 'xlsx', 'json'];
  edition = await mailEdition({
    folder: path.join(folder, 'delivery'),
    dataDir: await dataOf('data', tables, writeBrands),
    asOf: ASOF,
    recipients: [
      { to: BOARD, attach },
      { to: `Anna <${ZEPHYRINE}>`, attach, filters: campaignsOf('Zephyrine') },
      { to: MARROWBY, attach, filters: campaignsOf('Marrowby') },
    ],
  });
  messages = new Map();
  for (const person of FOLDERS.keys())
    messages.set(person, await partsOfMessage(await edition.mailTo(person)));

  const [board, zephyrine, marrowby] = await Promise.all([BOARD, ZEPHYRINE, MARROWBY].map(reportTo));
  if (!board || !zephyrine || !marrowby) throw new Error('A report is missing.');
  const notZephyrines = [...foreignWords(tables), ...figuresOf(board), ...figuresOf(marrowby)];
  const marrowbys = new Set(figuresOf(await reportOnMarrowbyAlone()));
  const notMarrowbys = [
    ...wordsWithout('Marrowby'),
    ...figuresOf(board).filter((figure) => !marrowbys.has(figure)),
    ...moneyOf(zephyrine, 1_000),
  ];
  forbidden = new Map([
    [ZEPHYRINE, [...new Set([...notZephyrines, BOARD, MARROWBY])]],
    [MARROWBY, [...new Set([...notMarrowbys, BOARD, ZEPHYRINE])]],
  ]);
});
afterAll(() => edition.close());

async function dataOf(name: string, rows: CsvTables, write = writeTables): Promise<string> {
  const dataDir = path.join(folder, name);
  await mkdir(dataDir);
  await write(dataDir, rows);
  return dataDir;
}

function campaignsOf(name: string): { campaigns: readonly string[] | undefined } {
  return { campaigns: brands.find((brand) => brand.name === name)?.campaigns };
}

const partsFor = (person: Person) => messages.get(person) ?? new Map<string, string>();
const wordsFor = (person: Person) => forbidden.get(person) ?? [];
const reportFolder = (person: Person) => path.join(edition.archive, 'reports', FOLDERS.get(person) ?? 'none');

async function filesFor(person: Person): Promise<Map<string, string>> {
  const files = await Promise.all(
    (await readdir(reportFolder(person))).map(async (name) =>
      partsOfFile(name, await readFile(path.join(reportFolder(person), name))),
    ),
  );
  return new Map(files.flatMap((parts) => [...parts]));
}

async function reportTo(person: Person): Promise<Report> {
  return reportSchema.parse(
    JSON.parse(await readFile(path.join(reportFolder(person), 'report.json'), 'utf8')),
  );
}

/** What Marrowby's figures are where nothing else is known. */
async function reportOnMarrowbyAlone(): Promise<Report> {
  const own = (rows: readonly CsvRow[]) =>
    rows.filter(({ influencer_id }) => /marrowby/i.test(String(influencer_id)));
  const dataDir = await dataOf('marrowby', {
    influencers: own(tables.influencers),
    posts: own(tables.posts),
    tracking_data: own(tables.tracking_data),
    payouts: own(tables.payouts),
  });
  const inputs = { dataDir, config: configSchema.parse({}), asOf: ASOF };
  return (await computeReport(inputs, quietEffects())).report;
}

/** Names and large figures of everybody's rows but those of a brand whose people work for it alone. */
function wordsWithout(brand: string): string[] {
  const rows: readonly CsvRow[] = Object.values(brandTables([brand])).flat();
  return rows
    .flatMap((row) => Object.values(row).map(String))
    .filter((value) => /zephyrine|quillon|both-|^\d{6,}$/i.test(value));
}

const format = createFormat('en-IN', 'INR');

/** The figures of a report from a lakh on, in every way in which they are written. */
function figuresOf(report: Report): string[] {
  const numbers = numbersOf(report, LAKH).flatMap((value) => [
    String(value),
    format.value(value, 'money'),
    format.value(value, 'exact'),
  ]);
  return [...numbers, ...moneyOf(report, LAKH)];
}

/** The figures of a report with the sign of the currency. */
function moneyOf(report: Report, from: number): string[] {
  return numbersOf(report, from).flatMap((value) => [format.compact(value), format.money(value)]);
}

function numbersOf({ sections, controls }: Report, from: number): number[] {
  const shown = sections.flatMap((section) => [
    ...section.kpis.map(({ value }) => value),
    ...section.tables.flatMap(({ rows }) => rows.flatMap((row) => Object.values(row))),
  ]);
  return [...shown, ...controls.map(({ expected }) => expected)].filter(
    (value): value is number => typeof value === 'number' && value >= from,
  );
}

/** How many of these words stand in a part. */
function countIn(part: string, leaks: readonly string[]): number {
  return leaks.filter((leak) => leak.startsWith(`${part}: `)).length;
}

describe.each([
  {
    person: ZEPHYRINE,
    own: ['Zephyrine Dawn', 'Zephyrinea Person1', 'Shared BOTH-1'],
    bestWeek: '₹10,369',
  },
  {
    person: MARROWBY,
    own: ['Marrowby Thaw', 'Marrowby Gale', 'Marrowbya Person1'],
    bestWeek: '₹2.34 Cr',
  },
] as const)('the message to $person, who sees one brand', ({ person, own, bestWeek }) => {
  it('holds no name, id, caption, figure or address of others, in any of its parts', () => {
    const parts = partsFor(person);
    for (const part of ['headers', 'subject', 'text', 'html', 'alt', 'files', ...FILES])
      expect(parts.get(part), part).toMatch(/\S{5}/);
    expect(wordsFor(person).length).toBeGreaterThan(300);
    expect(found(parts, wordsFor(person))).toEqual([]);
  });

  it('holds its own, and a picture of its own weeks', () => {
    const hits = found(partsFor(person), own);
    for (const part of ['30.pdf', '30.html', '30.xlsx', '30.json'])
      expect(countIn(part, hits), part).toBe(own.length);
    expect(hits).toEqual(expect.arrayContaining([`subject: ${own[0]}`, `text: ${own[0]}`]));
    expect(partsFor(person).get('alt')).toContain(`Highest revenue: ${bestWeek} in`);
    expect(partsFor(BOARD).get('alt')).toContain('Highest revenue: ₹3.51 Cr in');
    const pictures = [BOARD, ZEPHYRINE, MARROWBY].map((each) => partsFor(each).get('chart.png, as bytes'));
    expect(new Set(pictures).size).toBe(3);
  });

  it('would hold some if it were that of the board: the search finds them in every part', () => {
    const leaks = found(partsFor(BOARD), wordsFor(person));
    for (const part of ['text', 'html', ...FILES]) expect(countIn(part, leaks), part).toBeGreaterThan(3);
    for (const part of ['headers', 'subject']) expect(countIn(part, leaks), part).toBeGreaterThan(0);
    const campaigns = brands
      .flatMap((brand) => brand.campaigns)
      .filter((name) => wordsFor(person).includes(name));
    expect(campaigns).toHaveLength(4);
    for (const part of ['30.pdf', '30.html', '30.xlsx', '30.json', 'campaigns.csv'])
      expect(leaks).toEqual(expect.arrayContaining(campaigns.map((name) => `${part}: ${name}`)));
  });

  it('comes of a report whose folder in the archive holds nothing of others, unlike the board’s', async () => {
    const files = await filesFor(person);
    expect([...files.keys()].sort()).toEqual([
      'report.html',
      'report.json',
      'report.pdf',
      'report.pdf, as bytes',
    ]);
    expect(found(files, own)).toContain(`report.json: ${own[0]}`);
    expect(found(files, wordsFor(person))).toEqual([]);
    const leaks = found(await filesFor(BOARD), wordsFor(person));
    for (const file of ['report.html', 'report.json', 'report.pdf', 'quarantine.csv'])
      expect(countIn(file, leaks), file).toBeGreaterThan(0);
  });
});

it('each audience has one folder in the archive', async () => {
  expect((await readdir(path.join(edition.archive, 'reports'))).sort()).toEqual([...FOLDERS.values()]);
});
