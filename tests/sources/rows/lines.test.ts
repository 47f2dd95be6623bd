import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CsvRows } from '../../../src/sources/row-file.js';
import { linesOfRecords } from '../../../src/sources/rows/lines.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterAll(() => remove());

const NEVER = new AbortController().signal;

async function lines(
  content: string,
  records: number[],
  changes: Partial<CsvRows> & { width?: number } = {},
) {
  const { width = 2, ...layout } = changes;
  const file = path.join(folder, 'rows.csv');
  await writeFile(file, content);
  const rows: CsvRows = { kind: 'csv', file, delimiter: ',', linesAbove: 0, hasLines: false, ...layout };
  return Object.fromEntries(await linesOfRecords(rows, width, records, NEVER));
}

it('counts records and physical lines', async () => {
  const content = 'a,b\n1,"x\n\ny ""z""\n"\n\n\n2,5" fits\n3,\n"4",""\n,';
  expect(await lines(content, [1, 2, 3, 4, 5])).toEqual({ 1: 2, 2: 8, 3: 9, 4: 10, 5: 11 });
});

it('counts CRLF as one line break, in values too', async () => {
  expect(await lines('a,b\r\n1,"x\r\ny\nz"\r\n2,x\r\n', [1, 2])).toEqual({ 1: 2, 2: 5 });
});

it('begins below the lines above the header, and behind a byte-order mark', async () => {
  expect(await lines('Report\n\na,b\n1,2\n', [1], { linesAbove: 2 })).toEqual({ 1: 4 });
  expect(await lines('\ufeff"a,",b\n1,2\n', [1])).toEqual({ 1: 2 });
});

it('counts empty lines in a file of one column', async () => {
  expect(await lines('a\n\n1\r\n\r\n""\n', [1, 2, 3, 4], { width: 1 })).toEqual({ 1: 2, 2: 3, 3: 4, 4: 5 });
});

it('gives the wanted records only, and none that is not there', async () => {
  expect(await lines('a,b\n1,1\n2,2\n3,3\n', [2, 9])).toEqual({ 2: 3 });
  expect(await lines('a,b\n1,1\n', [])).toEqual({});
  expect(await lines('', [1])).toEqual({});
});

it('finds a record far down in a large file', async () => {
  const rows = Array.from({ length: 200_000 }, (_, index) => `${index},"two\nlines"\n`);
  expect(await lines(`a,b\n${rows.join('')}`, [1, 123_456, 200_000])).toEqual({
    1: 2,
    123456: 246_912,
    200000: 400_000,
  });
});

it('ends when the signal aborts', async () => {
  const rows: CsvRows = {
    kind: 'csv',
    file: path.join(folder, 'rows.csv'),
    delimiter: ',',
    linesAbove: 0,
    hasLines: false,
  };
  await expect(linesOfRecords(rows, 2, [1], AbortSignal.abort())).rejects.toThrow('abort');
});
