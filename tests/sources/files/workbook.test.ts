import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import writeWorkbook from 'write-excel-file/node';
import { stageRows } from '../../../src/sources/files/stage.js';
import { openStaging, type Staging } from '../../../src/sources/files/staging.js';
import { storedZip } from '../../../src/sources/files/zip.js';
import type { Head } from '../../../src/sources/row-file.js';
import { useScratch } from './scratch.js';

const scratch = useScratch();
const running = new AbortController().signal;
let staging: Staging;
beforeEach(async () => {
  staging = await openStaging();
});
afterEach(() => staging.remove());

async function staged(head: Head | undefined, headerLine: number): Promise<string> {
  if (!head) throw new Error('no head');
  const rows = await stageRows(head, headerLine, staging, running);
  expect(rows).toMatchObject({ kind: 'csv', delimiter: ',', linesAbove: 0, hasLines: true });
  return readFile(rows.file, 'utf8');
}

/** A workbook of XML by hand; each sheet is what stands in its `sheetData`. */
function rawWorkbook(
  sheets: Record<string, string>,
  { properties = '', strings = '', dimension = '', prefix = '' } = {},
): Buffer {
  const names = Object.keys(sheets);
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
  const parts: Record<string, string> = {
    'xl/workbook.xml': `<workbook xmlns:r="r"><workbookPr ${properties}/><sheets>${names
      .map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="r${i}"/>`)
      .join('')}<sheet name="Chart" sheetId="99" r:id="r99"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${names
      .map((_, i) => relation(`r${i}`, 'worksheet', `worksheets/sheet${i + 1}.xml`))
      .join('')}${relation('r99', 'chartsheet', 'chartsheets/sheet1.xml')}</Relationships>`,
    'xl/sharedStrings.xml': `<sst>${strings}</sst>`,
    'xl/styles.xml':
      '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>',
  };
  names.forEach((name, i) => {
    parts[`xl/worksheets/sheet${i + 1}.xml`] =
      `<${prefix}worksheet>${dimension}<${prefix}sheetData>${sheets[name]}</${prefix}sheetData></${prefix}worksheet>`;
  });
  return storedZip(new Map(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)])));
}

describe('a workbook', () => {
  it('has a head for every sheet that is not empty', async () => {
    const workbook = await writeWorkbook([
      {
        sheet: 'Posts',
        data: [
          ['post_id', 'date', 'reach', 'paid'],
          ['p1', { value: new Date('2025-01-31T00:00:00Z'), type: Date, format: 'dd/mm/yyyy' }, 1234.5, true],
          [
            ' p2 "नमस्ते" 😀',
            { value: new Date('2025-02-01T13:45:00Z'), type: Date, format: 'dd/mm/yyyy hh:mm' },
            0.1 + 0.2,
            false,
          ],
        ],
      },
      { sheet: 'Empty', data: [] },
      {
        sheet: 'Payouts & more',
        data: [
          ['influencer_id', 'total_payout'],
          ['A', 100],
        ],
      },
    ]).toBuffer();
    const { heads, problem } = await scratch.heads('all.xlsx', workbook);
    expect(problem).toBe(null);
    expect(heads[0]?.dateSystem).toBe(1900);
    expect(heads.map(({ name, kind, sheet }) => ({ name, kind, sheet }))).toEqual([
      { name: 'all.xlsx, sheet Posts', kind: 'sheet', sheet: 'Posts' },
      { name: 'all.xlsx, sheet Payouts & more', kind: 'sheet', sheet: 'Payouts & more' },
    ]);
    expect(heads[0]).toMatchObject({ compression: 'none', encoding: null, delimiter: null });
    expect(heads[0]?.records).toEqual([
      { line: 1, fields: ['post_id', 'date', 'reach', 'paid'] },
      { line: 2, fields: ['p1', '2025-01-31', '1234.5', 'TRUE'] },
      { line: 3, fields: ['p2 "नमस्ते" 😀', '2025-02-01T13:45:00', '0.30000000000000004', 'FALSE'] },
    ]);
    expect(await staged(heads[0], 1)).toBe(
      '"post_id","date","reach","paid","1"\n"p1","2025-01-31","1234.5","TRUE","2"\n" p2 ""नमस्ते"" 😀","2025-02-01T13:45:00","0.30000000000000004","FALSE","3"\n',
    );
    expect(await staged(heads[1], 1)).toBe('"influencer_id","total_payout","1"\n"A","100","2"\n');
  });

  it('may have a title above its header, blank rows and notes beside the table', async () => {
    const xml = rawWorkbook({
      S: `<row r="2"><c r="A2" t="inlineStr"><is><t>Title</t></is></c></row>
        <row r="4"><c r="A4" t="inlineStr"><is><t>id</t></is></c><c r="B4" t="inlineStr"><is><t>n</t></is></c></row>
        <row r="5"><c r="B5"><v>7</v></c></row>
        <row r="7"><c r="A7" t="inlineStr"><is><t>a
b</t></is></c></row>
        <row r="900"><c r="D900"><v>1</v></c></row>`,
    });
    const { heads } = await scratch.heads('a.xlsx', xml);
    expect(heads[0]?.records).toEqual([
      { line: 2, fields: ['Title', '', '', ''] },
      { line: 4, fields: ['id', 'n', '', ''] },
      { line: 5, fields: ['', '7', '', ''] },
      { line: 7, fields: ['a\nb', '', '', ''] },
      { line: 900, fields: ['', '', '', '1'] },
    ]);
    expect(await staged(heads[0], 4)).toBe(
      '"id","n","","","4"\n"","7","","","5"\n"a\nb","","","","7"\n"","","","1","900"\n',
    );
  });

  it('keeps errors, marked text and entities as text, and serial dates as numbers', async () => {
    const strings =
      '<si><t>a &amp; b</t></si><si><t><![CDATA[<c t="e">]]></t></si><si><r><t>ri</t></r><r><t>ch</t></r></si>';
    const cells = [
      '<c r="A1" t="s"><v>0</v></c>',
      '<c r="B1" t="s"><v>1</v></c>',
      '<c r="C1" t="s"><v>2</v></c>',
      '<c r="D1" t="e"><v>#N/A</v></c>',
      '<c r="E1" s="0" t=\'e\'><f>1/0</f><v>#DIV/0!</v></c>',
      '<c r="F1"><v>45688</v></c>',
      '<c r="G1" s="1"><v>45688</v></c>',
      '<c r="H1" s="2"><v>45688.5</v></c>',
      '<c r="I1" t="str"><f>A1</f><v>x</v></c>',
      '<c r="J1"><v>1.5E-7</v></c>',
      '<c r="K1" t="inlineStr"><is><t>t="e"</t></is></c>',
    ];
    const head = await scratch.head(
      'a.xlsx',
      rawWorkbook({ S: `<row r="1">${cells.join('')}</row>` }, { strings }),
    );
    expect(head.records[0]?.fields).toEqual([
      'a & b',
      '<c t="e">',
      'rich',
      '#N/A',
      '#DIV/0!',
      '45688',
      '2025-01-31',
      '2025-01-31T12:00:00',
      'x',
      '0.00000015',
      't="e"',
    ]);
  });

  it.each(['1', 'true'])('may count its days from 1904: date1904="%s"', async (value) => {
    const row = '<row r="1"><c r="A1" s="1"><v>44226</v></c><c r="B1"><v>44226</v></c></row>';
    const workbook = rawWorkbook({ S: row }, { properties: `date1904="${value}"` });
    const { heads } = await scratch.heads('a.xlsx', workbook);
    expect(heads[0]?.dateSystem).toBe(1904);
    expect(heads[0]?.records[0]?.fields).toEqual(['2025-01-31', '44226']);
    expect(await staged(heads[0], 1)).toBe('"2025-01-31","44226","1"\n');
    const usual = await scratch.heads('b.xlsx', rawWorkbook({ S: row }, { properties: 'date1904="0"' }));
    expect(usual.heads[0]?.dateSystem).toBe(1900);
    expect(usual.heads[0]?.records[0]?.fields[0]).toBe('2021-01-30');
  });

  it('is read in full, though its head is short', async () => {
    const data = Array.from({ length: 3000 }, (_, i) => [`id ${i} ${'x'.repeat(i % 90)} ü😀`, i]);
    const workbook = await writeWorkbook([{ sheet: 'S', data: [['id', 'n'], ...data] }]).toBuffer();
    const head = await scratch.head('a.xlsx', workbook);
    expect(head.records).toHaveLength(100);
    const rows = data.map(([id, n], i) => `"${id}","${n}","${i + 2}"\n`);
    expect((await staged(head, 1)) === `"id","n","1"\n${rows.join('')}`).toBe(true);
  });

  it('gives one sheet, when it is named', async () => {
    const row = '<row r="1"><c r="A1"><v>1</v></c></row>';
    const workbook = rawWorkbook({ Posts: row, Payouts: row, Empty: '' });
    expect(await scratch.head('a.xlsx', workbook, { sheet: ' payouts' })).toMatchObject({ sheet: 'Payouts' });
    const message = (sheet: string) =>
      `missing-sheet: a.xlsx has no sheet "${sheet}" with data. It has: Posts, Payouts. Correct \`sheet\` in the configuration.`;
    expect(await scratch.problem('a.xlsx', workbook, { sheet: 'Orders' })).toBe(message('Orders'));
    expect(await scratch.problem('a.xlsx', workbook, { sheet: 'Empty' })).toBe(message('Empty'));
  });

  it('is refused when it is empty, broken or too wide', async () => {
    expect(await scratch.problem('a.xlsx', rawWorkbook({ S: '<row r="1"><c r="A1" s="0"/></row>' }))).toMatch(
      'empty-file: a.xlsx is empty.',
    );
    expect(
      await scratch.problem('a.xlsx', rawWorkbook({ S: '<row r="1"><c r="A1" t="s"><v>5</v></c></row>' })),
    ).toMatch(
      /^unreadable-file: a.xlsx cannot be read as a workbook \(.+\)\. Open it in Excel, save it again as .xlsx, and run again\.$/,
    );
    expect(await scratch.problem('a.xlsx', rawWorkbook({ S: '<row r="1"><c r="A1"><v>5</v>' }))).toMatch(
      'unreadable-file',
    );
    const wide = rawWorkbook({ S: '' }, { dimension: '<dimension ref="A1:XFD1048576"/>' });
    expect(await scratch.problem('a.xlsx', wide)).toBe(
      'unreadable-file: a.xlsx has a sheet that spans the cells A1:XFD1048576, which are too many. Delete the empty rows and columns around the table in Excel, save the workbook, and run again.',
    );
  });

  const far = (prefix = '') =>
    `<${prefix}row r="1"><${prefix}c r="A1"><${prefix}v>1</${prefix}v></${prefix}c></${prefix}row><${prefix}row r="1048576"><${prefix}c s="0" r="XFD1048576"><${prefix}v>1</${prefix}v></${prefix}c></${prefix}row>`;

  it.each([
    { title: 'no word of its size', options: {}, sheet: far() },
    { title: 'a wrong size', options: { dimension: '<dimension ref="A1:B2"/>' }, sheet: far() },
    { title: 'a prefix', options: { prefix: 'x:' }, sheet: far('x:') },
  ])('is refused when one cell is far away: $title', async ({ options, sheet }) => {
    expect(await scratch.problem('a.xlsx', rawWorkbook({ S: sheet }, options))).toMatch(
      'unreadable-file: a.xlsx has a sheet that spans the cells A1:XFD1048576, which are too many. Delete the empty rows',
    );
  });

  it('is refused when it has more rows than Excel', async () => {
    const sheet = '<row r="1"><c r="A1"><v>1</v></c></row><row r="999999999"></row>';
    expect(await scratch.problem('a.xlsx', rawWorkbook({ S: sheet }))).toMatch(
      'unreadable-file: a.xlsx has a sheet that spans the cells of row 999999999, which are too many.',
    );
  });

  it('may have a blank cell that is far away', async () => {
    const sheet =
      '<row r="1"><c r="A1"><v>1</v></c></row><row r="2000"><c r="B2000" s="0"/></row><row r="1048576"><c r="XFD1048576" s="0"/></row>';
    const head = await scratch.head('a.xlsx', rawWorkbook({ S: sheet }));
    expect(head.records).toEqual([{ line: 1, fields: ['1'] }]);
  });

  it.each(['', 'x:'])('shows a formula without a saved value as its text (prefix "%s")', async (x) => {
    const cells = [
      ['', `<${x}f>C2*1&amp;"नम"</${x}f>`],
      [' s="1"', `<${x}f>C2*1</${x}f><${x}v></${x}v>`],
      [' t="n"', `<${x}f>C2*1</${x}f><${x}v/>`],
      [' t="str"', `<${x}f>C2*1</${x}f>`],
      ['', `<${x}f t="shared" ref="E1:E2" si="0">C2*1</${x}f>`],
      ['', `<${x}f t="shared" si="0"/>`],
      ['', `<${x}f>C2*1</${x}f><${x}v>7</${x}v>`],
      [' t="str"', `<${x}f>C2*1</${x}f><${x}v></${x}v>`],
      ['', `<${x}v>8</${x}v>`],
    ].map(([attributes, content], i) => `<${x}c r="${'ABCDEFGHI'[i]}1"${attributes}>${content}</${x}c>`);
    const sheet = `<${x}row r="1">${cells.join('')}</${x}row>`;
    const head = await scratch.head('a.xlsx', rawWorkbook({ S: sheet }, { prefix: x }));
    expect(head.records[0]?.fields).toEqual([
      '=C2*1&"नम"',
      '=C2*1',
      '=C2*1',
      '=C2*1',
      '=C2*1',
      '=...',
      '7',
      '',
      '8',
    ]);
  });

  it('may put a prefix before its tags', async () => {
    const row = (r: number) => `<x:row r="${r}"><x:c r="A${r}" t="e"><x:v>#REF!</x:v></x:c></x:row>`;
    const rows = Array.from({ length: 700 }, (_, i) => row(i + 1)).join('');
    const head = await scratch.head('a.xlsx', rawWorkbook({ S: rows }, { prefix: 'x:' }));
    expect(head.records[99]).toEqual({ line: 100, fields: ['#REF!'] });
  });

  it('stops with the reason of the signal', async () => {
    const head = await scratch.head('a.xlsx', rawWorkbook({ S: '<row r="1"><c r="A1"><v>1</v></c></row>' }));
    await expect(stageRows(head, 1, staging, AbortSignal.abort(new Error('enough')))).rejects.toThrow(
      'enough',
    );
  });
});
