import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CsvRows } from '../../../src/sources/row-file.js';
import { createInspector, inspectRows } from '../../../src/sources/rows/inspect.js';
import { mutatedFile } from '../../support/mutated-files.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterAll(() => remove());

async function inspect(content: string, changes: Partial<CsvRows> & { width?: number } = {}) {
  const { width = 2, ...layout } = changes;
  const file = path.join(folder, 'rows.csv');
  await writeFile(file, content);
  const rows: CsvRows = { kind: 'csv', file, delimiter: ',', linesAbove: 0, hasLines: false, ...layout };
  return inspectRows(rows, width, new AbortController().signal);
}

it.each([
  ['a,b\n1,2\n3,4\n', 2],
  ['a,b\n1,2\n3,4', 2],
  ['a,b\r\n1,2\r\n3,4\r\n', 2],
  ['a,b\n\n1,2\n\n\n,\n\n', 2],
  ['\ufeff"a","b"\n"1","x, ""y"""\n5" fits,"2" \n'.replace('" \n', '"\n'), 2],
  ['a,b\nSet "A" of 3,1\n"He said ""hi"" "" "" ",2\n', 2],
  ['a,b\n', 0],
])('lets the engine read %j in any order', async (content, records) => {
  expect(await inspect(content)).toEqual({ reading: 'any', records });
});

it.each([
  ['a,b\n1,"x\ny"\n2,3\n', 2],
  ['a,b\r\n1,"x\ny"\r\n2,"x\r\ny"\r\n', 2],
  ['a,b\n1,"x\r\ny"\n', 1],
])('has the rows of %j read one by one, because values have line breaks', async (content, records) => {
  expect(await inspect(content)).toEqual({ reading: 'numbered', records });
});

it.each([
  ['a quote never closed', 'a,b\n1,"2\n3,4\n'],
  ['spaces before a quote', 'a,b\n1,  "2"\n'],
  ['a tab before a quote', 'a,b\n\t"1",2\n'],
  ['a no-break space before a quote', 'a,b\n1,\u00a0"2"\n'],
  ['spaces after a quote', 'a,b\n1,"2" \n'],
  ['two quoted texts in a field', 'a,b\n1,"2" "3"\n'],
  ['text after a quote', 'a,b\n1,"2"x\n'],
  ['NUL', 'a,b\n1,\0\n'],
  ['U+FFFD', 'a,b\n1,caf\ufffd\n'],
  ['a line break in the header', 'a,"b\nc"\n1,2\n'],
  ['another line break after the header', 'a,b\n1,2\r\n'],
  ['a line feed between CRLF', 'a,b\r\n1,2\n3,4\r\n'],
  ['a return between CRLF', 'a,b\r\n1,2\r3,4\r\n'],
  ['a return before a quote', 'a,b\r\n1,2\r"3",4\r\n'],
  ['an empty line of CRLF', 'a,b\r\n\r\n1,2\r\n'],
  ['returns only', 'a,b\r1,2\r'],
  ['no line break at all', 'a,b'],
  ['nothing', ''],
])('has a file mended for %s', async (_, content) => {
  expect(await inspect(content)).toMatchObject({ reading: 'mend' });
});

it('looks at the lines above the header', async () => {
  const lines = (above: string) => inspect(`${above}a,b\n1,2\n`, { linesAbove: 2 });
  expect(await lines('Report\n\n')).toEqual({ reading: 'any', records: 1 });
  expect(await lines('"Report\n\n')).toMatchObject({ reading: 'mend' });
  expect(await lines('Report\r\n\n')).toMatchObject({ reading: 'mend' });
});

it('knows the tab as a delimiter', async () => {
  const content = 'a\tb\n"1"\t"2"\n\t"3"\n';
  expect(await inspect(content, { delimiter: '\t' })).toEqual({ reading: 'any', records: 2 });
});

it('counts empty lines in a file of one column, unless its rows carry lines', async () => {
  expect(await inspect('a\n1\n\n2\n', { width: 1 })).toMatchObject({ records: 3 });
  expect(await inspect('"a",line\n"1",2\n\n"2",4\n', { width: 1, hasLines: true })).toMatchObject({
    records: 2,
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
  await expect(inspectRows(rows, 2, AbortSignal.abort())).rejects.toThrow('abort');
});

it('says the same wherever the file is split below its header', () => {
  const values = fc.constantFrom('', 'a', '"', 'a "b"', 'a   "', 'b\nc', ',', '\u00a0', '  ', '\ufffd');
  const rows = fc.array(fc.array(values, { minLength: 2, maxLength: 2 }), { maxLength: 8 });
  fc.assert(
    fc.property(mutatedFile(['h0', 'h1'], rows), fc.nat(100), (file, length) => {
      const { content, width } = file;
      const layout: CsvRows = { ...file, kind: 'csv', file: '', hasLines: false };
      const head = Math.min(60, content.length);
      const whole = createInspector(layout, width);
      whole.see(content);
      const split = createInspector(layout, width);
      split.see(content.subarray(0, head + length));
      for (let at = head + length; at < content.length; at++) split.see(content.subarray(at, at + 1));
      const [expected, found] = [whole.end(), split.end()];
      if (expected.reading !== 'mend') expect(found).toEqual(expected);
      else expect(found.reading).toBe('mend');
    }),
  );
});
