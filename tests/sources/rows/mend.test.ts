import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CsvRows } from '../../../src/sources/row-file.js';
import { mendRows } from '../../../src/sources/rows/mend.js';
import { createRecordCutter, LONGEST_RECORD } from '../../../src/sources/rows/records.js';
import { mutatedFile } from '../../support/mutated-files.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterAll(() => remove());

const NEVER = new AbortController().signal;

async function mend(
  content: string | Buffer,
  { width = 3, maxBroken = 100, signal = NEVER, ...changes }: Partial<CsvRows> & MendSettings = {},
) {
  const file = path.join(folder, 'rows.csv');
  const target = path.join(folder, 'mended.csv');
  await writeFile(file, content);
  await rm(target, { force: true });
  const rows: CsvRows = { kind: 'csv', file, delimiter: ',', linesAbove: 0, hasLines: false, ...changes };
  const { rows: clean, ...mended } = await mendRows(rows, width, target, { maxBroken, signal });
  expect(clean).toEqual({ kind: 'csv', file: target, delimiter: ',', linesAbove: 0, hasLines: true });
  const [, ...lines] = (await readFile(target, 'utf8')).trimEnd().split('\n');
  return { lines, ...mended };
}

interface MendSettings {
  width?: number;
  maxBroken?: number;
  signal?: AbortSignal;
}

const HEADER = 'id,name,note\n';

it('writes every row with its line, all values quoted', async () => {
  const rows = 'A,5" fits,\r\nB,"x, ""y""", "z" \n\nC,\t"1",\u00a0"2, 3"\r D,é,😀';
  expect(await mend(`\ufeff${HEADER}${rows}`)).toEqual({
    lines: ['"A","5"" fits","",2', '"B","x, ""y""","z",3', '"C","1","2, 3",5', '" D","é","😀",6'],
    broken: [],
    blank: 0,
    records: 4,
    endedEarly: false,
  });
});

it('keeps line breaks in values and counts the lines behind them', async () => {
  const { lines } = await mend(`${HEADER}A,"one\ntwo\r\nthree\rfour",x\nB,y,z\n`);
  expect(lines.join('\n')).toBe('"A","one\ntwo\r\nthree\rfour","x",2\n"B","y","z",6');
});

it('starts below the lines above the header, whatever quotes they have', async () => {
  const { lines } = await mend(`"Report\n\n"id","na\nme",note\nA,B,C\n`, { linesAbove: 2 });
  expect(lines).toEqual(['"A","B","C",5']);
});

it('takes other delimiters, and leaves out blank fields beyond the header', async () => {
  const { lines } = await mend('a\tb\n1\t2\t\t \n"x\ty"\t3\t""\n', { delimiter: '\t', width: 2 });
  expect(lines).toEqual(['"1","2",2', '"x\ty","3",3']);
});

it('counts blank rows whatever their number of fields, but no empty lines', async () => {
  const rows = ',,\n,\n,,,,\n \t\u00a0\n"",""\n\n\nA,B,C\n\n';
  expect(await mend(HEADER + rows)).toMatchObject({ lines: ['"A","B","C",9'], blank: 5, records: 6 });
});

it('counts empty lines as blank rows in a file of one column', async () => {
  expect(await mend('id\nA\n\nB\n\n', { width: 1 })).toMatchObject({
    lines: ['"A",2', '"B",4'],
    blank: 2,
    records: 4,
  });
});

it('keeps the lines that rows carry', async () => {
  const { lines, broken } = await mend('"id","line"\n"A",7\n"B\0",9\n"C",12\n', { width: 1, hasLines: true });
  expect(lines).toEqual(['"A",7', '"C",12']);
  expect(broken).toMatchObject([{ line: 9 }]);
});

describe('sets aside', () => {
  it.each([
    ['A', 'bad-structure', 'the row has 1 field, but the header has 3'],
    ['A,B', 'bad-structure', 'the row has 2 fields, but the header has 3'],
    ['A,B,C, ,D', 'bad-structure', 'the row has 5 fields, but the header has 3'],
    ['A,"B" b,C', 'bad-structure', 'text follows the closing quote of a value'],
    ['A,"B" "b",C', 'bad-structure', 'text follows the closing quote of a value'],
    ['A,"" "b",C', 'bad-structure', 'text follows the closing quote of a value'],
    ['A,"B\\"b\\"",C', 'bad-structure', 'text follows the closing quote of a value'],
    ['A,"B,C', 'bad-structure', 'a quote is opened and never closed'],
    ['A,B\ufffd,C', 'bad-encoding', 'the row has characters that could not be read (\ufffd)'],
    ['A,B\0,C', 'bad-encoding', 'the row has NUL characters, which no text has'],
    [`A,${'B'.repeat(LONGEST_RECORD)},C`, 'bad-structure', 'the row is longer than 600,000 characters'],
  ])('%.20j', async (row, code, reason) => {
    const { lines, broken, blank, records } = await mend(`${HEADER}X,"1\n2",x\n${row}\nY,2,y\n`);
    expect(lines).toEqual(['"X","1', '2","x",2', '"Y","2","y",5']);
    expect(broken).toEqual([
      { line: 4, text: row.slice(0, 200), code, reason, fix: expect.stringMatching(/\.$/) },
    ]);
    expect({ blank, records }).toEqual({ blank: 0, records: 3 });
  });

  it('text that is not UTF-8', async () => {
    const { lines, broken } = await mend(Buffer.from(`${HEADER}A,caf\xe9,x\nB,y,z\n`, 'latin1'));
    expect(lines).toEqual(['"B","y","z",3']);
    expect(broken).toMatchObject([{ line: 2, text: 'A,caf\ufffd,x', code: 'bad-encoding' }]);
  });

  it('one line for a stray quote, not what stands up to the next quote', async () => {
    const rows = 'A,"open,x\nB,y,z\nC,"quoted",z\nD,y,"end\nE,y,z\n';
    expect(await mend(HEADER + rows)).toMatchObject({
      lines: ['"B","y","z",3', '"C","quoted","z",4', '"E","y","z",6'],
      broken: [{ line: 2 }, { line: 5 }],
      records: 5,
    });
  });

  it('one line for a quote that nothing closes in a large file', async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `${index},some text,more`);
    const mended = await mend(`${HEADER}A,"open,x\n${lines.join('\n')}\n`);
    expect(mended.lines).toHaveLength(100_000);
    expect(mended.broken).toMatchObject([{ line: 2, text: 'A,"open,x' }]);
  });

  it('a line without an end', async () => {
    expect(await mend(`${HEADER}${'"x,'.repeat(LONGEST_RECORD)}`)).toMatchObject({
      lines: [],
      broken: [{ line: 2, text: '"x,'.repeat(67).slice(0, 200) }],
      records: 1,
    });
  });
});

it('ends early when more rows are broken than it is worth', async () => {
  const rows = 'A\n'.repeat(50);
  expect(await mend(HEADER + rows, { maxBroken: 50 })).toMatchObject({ records: 50, endedEarly: false });
  const { broken, endedEarly } = await mend(HEADER + rows, { maxBroken: 3 });
  expect({ broken: broken.length, endedEarly }).toEqual({ broken: 4, endedEarly: true });
});

it('ends when the signal aborts', async () => {
  const reason = new Error('enough');
  await expect(mend(HEADER, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

it('does not overwrite a file', async () => {
  const file = path.join(folder, 'there.csv');
  await writeFile(file, HEADER);
  const rows: CsvRows = { kind: 'csv', file, delimiter: ',', linesAbove: 0, hasLines: false };
  await expect(mendRows(rows, 3, file, { maxBroken: 1, signal: NEVER })).rejects.toThrow('EEXIST');
});

it('cuts the same records wherever the text is split', () => {
  const rows = fc.array(
    fc.array(fc.constantFrom('', 'a', '"', 'b\r\nc', ','), { minLength: 2, maxLength: 2 }),
  );
  fc.assert(
    fc.property(mutatedFile(['h0', 'h1'], rows), fc.array(fc.nat(200)), (file, places) => {
      const text = file.content.toString();
      const cuts = [0, ...places.sort((a, b) => a - b), text.length];
      const pieces = cuts.slice(1).map((end, index) => text.slice(cuts[index], end));
      const whole = createRecordCutter(file);
      const split = createRecordCutter(file);
      expect([...pieces.flatMap((piece) => [...split(piece, false)]), ...split('', true)]).toEqual([
        ...whole(text, true),
      ]);
    }),
  );
});
