import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import readWorkbook from 'read-excel-file/node';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { workbook } from '../../src/exports/workbook.js';
import type { Report, Section, Table } from '../../src/report/schema.js';
import { HOSTILE_TEXTS, influencers, reportOf, table } from './report-of-tables.js';

/** The sheets of the report's workbook by name. */
async function sheetsOf(report: Report): Promise<Map<string, unknown[][]>> {
  const sheets = await readWorkbook(Buffer.from(await workbook(report)));
  return new Map(sheets.map(({ sheet, data }) => [sheet, data]));
}

/** Every file of an archive without a comment, unpacked, by name. */
function unpacked(archive: Uint8Array): Map<string, string> {
  const bytes = Buffer.from(archive);
  const files = new Map<string, string>();
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let entry = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameLength = bytes.readUInt16LE(entry + 28);
    const local = bytes.readUInt32LE(entry + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(entry + 20));
    const name = bytes.toString('utf8', entry + 46, entry + 46 + nameLength);
    files.set(name, inflateRawSync(packed).toString());
    entry += 46 + nameLength + bytes.readUInt16LE(entry + 30) + bytes.readUInt16LE(entry + 32);
  }
  return files;
}

const EVERY_UNIT: Table['columns'] = [
  { key: 'text', label: 'Text', unit: 'text' },
  { key: 'day', label: 'Day', unit: 'date' },
  { key: 'money', label: 'Money', unit: 'money' },
  { key: 'price', label: 'Price', unit: 'price' },
  { key: 'exact', label: 'Exact', unit: 'exact' },
  { key: 'count', label: 'Count', unit: 'count' },
  { key: 'number', label: 'Number', unit: 'number' },
  { key: 'ratio', label: 'Ratio', unit: 'ratio' },
  { key: 'share', label: 'Share', unit: 'share' },
];

const row = {
  text: 'Tezbal',
  day: '2025-06-30',
  money: 5_158_045.72,
  price: 74.1243988707188,
  exact: 0.1 + 0.2,
  count: 3_197,
  number: 50.591689698187594,
  ratio: 1.41671859241274,
  share: -0.1280017100243204,
};

afterEach(() => vi.useRealTimers());

describe('the sheet of a table', () => {
  it('has the labels above the values of the report, each to the last digit', async () => {
    const sheets = await sheetsOf(reportOf([table('figures', EVERY_UNIT, [row])]));
    expect(sheets.get('Figures')).toEqual([
      EVERY_UNIT.map(({ label }) => label),
      [...Object.values(row)].map((value) => (value === row.day ? new Date('2025-06-30T00:00:00Z') : value)),
    ]);
  });

  it('gives each unit its number format and the currency its sign and decimals', async () => {
    const formats = async (currency: string, locale: string) => {
      const report = reportOf([table('figures', EVERY_UNIT, [row])]);
      const files = unpacked(await workbook({ ...report, meta: { ...report.meta, currency, locale } }));
      return [...(files.get('xl/styles.xml') ?? '').matchAll(/formatCode="([^"]*)"/g)].map(([, code]) =>
        (code ?? '').replaceAll('&quot;', '"'),
      );
    };
    expect(await formats('INR', 'en-IN')).toEqual([
      'yyyy-mm-dd',
      '#,##0',
      '"₹"#,##0',
      '"₹"#,##0.00',
      '#,##0.00',
      '#,##0.0',
      '0.00"×"',
      '0.0%',
    ]);
    expect(await formats('JPY', 'en-US')).toContain('"¥"#,##0');
    expect(await formats('KWD', 'en-US')).toContain('"KWD"#,##0.000');
  });

  it('keeps any number, and leaves blank what is not there', async () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    const columns = EVERY_UNIT.slice(2, 4);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.option(number), number), { minLength: 1, maxLength: 20 }),
        async (values) => {
          const rows = values.map(([money, price]) => ({ money, price }));
          const sheets = await sheetsOf(reportOf([table('numbers', columns, rows)]));
          expect(sheets.get('Numbers')?.slice(1)).toEqual(values);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('keeps hostile texts as texts: no formula, nothing lost', async () => {
    const rows = HOSTILE_TEXTS.map((text) => ({ text, twice: text }));
    const columns: Table['columns'] = [
      { key: 'text', label: '=1+1', unit: 'text' },
      { key: 'twice', label: 'constructor', unit: 'money' },
    ];
    const report = reportOf([table('texts', columns, rows)]);
    expect((await sheetsOf(report)).get('Texts')).toEqual([
      ['=1+1', 'constructor'],
      ...HOSTILE_TEXTS.map((text) => [text.trim(), text.trim()]),
    ]);
    const files = unpacked(await workbook(report));
    const sheet = files.get('xl/worksheets/sheet2.xml') ?? '';
    expect(sheet).not.toContain('<f>');
    expect(sheet.match(/<c [^>]*t="s"[^>]*><v>\d+<\/v><\/c>/g)).toHaveLength(2 * HOSTILE_TEXTS.length + 2);
    expect(files.get('xl/sharedStrings.xml')).toContain('<t xml:space="preserve"> leading and trailing </t>');
  });

  it('writes days that Excel does not know as texts, and texts of any length', async () => {
    const columns = EVERY_UNIT.slice(0, 2);
    const rows = [
      { text: 'x'.repeat(40_000), day: '1899-12-31' },
      { text: 'control \u0001 and half \uD83C end', day: 'unknown' },
      { text: '', day: null },
      { text: 'end', day: '1900-03-01' },
    ];
    const sheets = await sheetsOf(reportOf([table('days', columns, rows)]));
    expect(sheets.get('Days')?.slice(1)).toEqual([
      ['x'.repeat(32_767), '1899-12-31'],
      ['control  and half  end', 'unknown'],
      [null, null],
      ['end', new Date('1900-03-01T00:00:00Z')],
    ]);
  });

  it('has a bold header that stays in sight, and columns as wide as what they hold', async () => {
    const rows = [
      { text: 'x'.repeat(30), day: null },
      { text: 'x'.repeat(500), day: null },
    ];
    const files = unpacked(await workbook(reportOf([table('wide', EVERY_UNIT.slice(0, 2), rows)])));
    const sheet = files.get('xl/worksheets/sheet2.xml') ?? '';
    expect(sheet).toMatch(/<pane ySplit="1"[^>]*state="frozen"/);
    expect([...sheet.matchAll(/<col [^>]*width="(\d+)"/g)].map(([, width]) => width)).toEqual(['60', '13']);
    expect(sheet).toMatch(/<row r="1"><c r="A1" s="(\d+)" t="s"><v>\d+<\/v><\/c><c r="B1" s="\1"/);
    expect(files.get('xl/styles.xml')).toContain('<b/>');
  });
});

describe('the workbook', () => {
  it('begins with an overview, ends with the definitions and has a sheet of its own name for every table', async () => {
    const sheets = await sheetsOf(
      reportOf(
        [table('definitions', [], []), table('overview', [], []), influencers(2)],
        [influencers(1), table('top-posts', [], [])],
      ),
    );
    expect([...sheets.keys()]).toEqual([
      'Overview',
      'Overview 2',
      'Influencers',
      'Influencers 2',
      'Top posts',
      'Definitions',
    ]);
    expect(sheets.get('Overview')?.slice(-6)).toEqual(
      [
        ['Section', 'Table', 'Rows', 'Sheet'],
        ['Section 1', 'Table overview', 0, 'Overview 2'],
        ['Section 1', 'Table influencers', 2, 'Influencers'],
        ['Section 2', 'Table influencers', 1, 'Influencers 2'],
        ['Section 2', 'Table top-posts', 0, 'Top posts'],
        ['Section 1', 'Table definitions', 0, 'Definitions'],
      ].map((cells) => [...cells, null, null, null, null]),
    );
  });

  it('says on the overview what it is about, with every figure and its change', async () => {
    const report = reportOf([]);
    const kpis: Section['kpis'] = [
      {
        id: 'revenue',
        label: 'Revenue',
        value: 5_158_045.72,
        unit: 'money',
        delta: {
          period: '15–21 Jun 2026',
          current: 155_204.67,
          previous: 139_973.59,
          change: 0.10881395554690007,
          average: null,
          changeFromAverage: null,
          kind: 'relative',
        },
      },
      {
        id: 'orders',
        label: 'Orders',
        value: 30,
        unit: 'count',
        delta: {
          period: 'since 14 Jun 2026',
          current: 30,
          previous: 20,
          change: 0.5,
          average: null,
          changeFromAverage: null,
          kind: 'relative',
        },
      },
      { id: 'roas', label: 'ROAS', value: null, unit: 'ratio', note: 'No payout supplied' },
    ];
    const sections = report.sections.map((section) => ({ ...section, kpis }));
    const sheets = await sheetsOf({ ...report, sections });
    const filled = (cells: unknown[]) => [...cells, ...Array(8 - cells.length).fill(null)];
    expect(sheets.get('Overview')?.slice(0, 11)).toEqual(
      [
        ['Influencer ROI'],
        ['Brand', 'Tezbal'],
        ['Period', '2–29 Jun 2025'],
        ['As of', new Date('2025-06-30T00:00:00Z')],
        ['Currency', 'INR'],
        ['Quality', 'green: All control totals hold'],
        [],
        ['Section', 'Figure', 'Value', 'Period compared', 'Now', 'Before', 'Change', 'Note'],
        ['Section 1', 'Revenue', 5_158_045.72, '15–21 Jun 2026', 155_204.67, 139_973.59, 0.10881395554690007],
        ['Section 1', 'Orders', 30, 'since 14 Jun 2026', 30, 20, 0.5],
        ['Section 1', 'ROAS', null, null, null, null, null, 'No payout supplied'],
      ].map(filled),
    );
  });

  it('is readable with nothing in it', async () => {
    expect([...(await sheetsOf(reportOf())).keys()]).toEqual(['Overview']);
  });

  it('is the same bytes whenever it is written', async () => {
    const report = reportOf([influencers(50)]);
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-06-30T01:30:00Z') });
    const first = await workbook(report);
    vi.setSystemTime(new Date('2031-12-24T18:00:59Z'));
    expect(Buffer.from(await workbook(report)).equals(first)).toBe(true);
    expect(Buffer.from(await workbook(reportOf([influencers(51)]))).equals(first)).toBe(false);
  });

  it('holds 20,000 influencers', async () => {
    const many = influencers(20_000);
    const data = (await sheetsOf(reportOf([many]))).get('Influencers') ?? [];
    expect(data).toHaveLength(20_001);
    expect(data.slice(1).map((cells) => cells[2])).toEqual(many.rows.map(({ revenue }) => revenue));
    expect(data.slice(1).map((cells) => cells[4])).toEqual(many.rows.map(({ roas }) => roas));
  }, 60_000);
});
