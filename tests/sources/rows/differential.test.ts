import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CsvRows } from '../../../src/sources/row-file.js';
import { inspectRows } from '../../../src/sources/rows/inspect.js';
import { linesOfRecords } from '../../../src/sources/rows/lines.js';
import { mendRows } from '../../../src/sources/rows/mend.js';
import { readRowsSql } from '../../../src/sources/rows/read-sql.js';
import { openDuckDb } from '../../../src/warehouse/duckdb.js';
import { QueryError, type Scalar, type Warehouse } from '../../../src/warehouse/warehouse.js';
import { type MutatedFile, mutatedFile } from '../../support/mutated-files.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { referenceRows, trimmed } from './reference.js';

const RUNS = Number(process.env.DIFFERENTIAL_RUNS ?? 150);
const NEVER = new AbortController().signal;

let warehouse: Warehouse;
let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  warehouse = await openDuckDb({ threads: 2 });
  ({ folder, remove } = await temporaryFolder());
});
afterAll(async () => {
  await warehouse.close();
  await remove();
});

/** How one file is put to the engine. */
interface Attempt {
  file: MutatedFile;
  /** Whether the rows are numbered although they could be read in any order. */
  numbered: boolean;
  /** Whether the engine has to read the file in parts that are hardly longer than a row. */
  inParts: boolean;
}

const character = fc.constantFrom(
  ...['a', '1', ' ', '"', ',', ';', '\\', 'é', 'ह', '😀', '\n', '\r\n', '\u2028'],
);
const value = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('', 'a', '12.50', '2025-01-01', 'x y', '5" fits', '#1', 'NULL') },
  { weight: 1, arbitrary: fc.string({ unit: character, maxLength: 6 }) },
  { weight: 1, arbitrary: fc.constantFrom('x'.repeat(99), 'one, two; three', '"') },
);
const attempt: fc.Arbitrary<Attempt> = fc.integer({ min: 1, max: 5 }).chain((width) =>
  fc.record({
    file: mutatedFile(
      Array.from({ length: width }, (_, index) => `h${index}`),
      fc.array(fc.array(value, { minLength: width, maxLength: width }), { maxLength: 30, size: 'max' }),
    ),
    numbered: fc.boolean(),
    inParts: fc.boolean(),
  }),
);

it(`reads ${RUNS} files as csv-parse does, or refuses them, and mends what can be mended`, async () => {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(attempt, async ({ file, numbered, inParts }) => {
      const { content, delimiter, linesAbove, width } = file;
      const expected = referenceRows(file);
      const good = expected.filter(({ kind }) => kind === 'good');
      const broken = expected.filter(({ kind }) => kind === 'broken');
      const longest = Math.max(50, ...expected.map(({ bytes }) => 3 * bytes + 50));
      const rows: CsvRows = {
        kind: 'csv',
        file: path.join(folder, 'rows.csv'),
        delimiter,
        linesAbove,
        hasLines: false,
      };
      await writeFile(rows.file, content);

      const read = await readByEngine(rows, width, numbered, inParts ? longest : null);
      if (read) {
        accepted++;
        expect(broken).toEqual([]);
        expect(texts(read)).toEqual(texts(expected, read));
      }

      const target = path.join(folder, 'mended.csv');
      await rm(target, { force: true });
      const mended = await mendRows(rows, width, target, { maxBroken: expected.length, signal: NEVER });
      expect(mended).toEqual({
        rows: { kind: 'csv', file: target, delimiter: ',', linesAbove: 0, hasLines: true },
        broken: broken.map(({ line }) => expect.objectContaining({ line })),
        blank: expected.length - good.length - broken.length,
        records: expected.length,
        endedEarly: false,
      });
      const kept = await readByEngine(mended.rows, width, numbered, inParts ? longest : null);
      expect(texts(kept ?? [])).toEqual(texts(good));
    }),
    { numRuns: RUNS },
  );
  expect(accepted / RUNS).toBeGreaterThan(0.15);
});

/** A row that was read; its line is null where it is not known. */
interface ReadRow {
  line: number | null;
  fields: string[];
}

/** The rows as the engine reads them, or null where the file is to be mended. A number in `longest` makes it read in parts. */
async function readByEngine(
  rows: CsvRows,
  width: number,
  numbered: boolean,
  longest: number | null,
): Promise<ReadRow[] | null> {
  const { reading, records } = await inspectRows(rows, width, NEVER);
  if (reading === 'mend') return null;
  const order = numbered ? 'numbered' : reading;
  let relation = readRowsSql(rows, width, order);
  if (longest !== null) {
    relation = relation
      .replace(/max_line_size = \d+/, `max_line_size = ${longest}`)
      .replace(/buffer_size = \d+/, `buffer_size = ${16 * longest}`);
  }
  let found: Record<string, Scalar>[];
  try {
    found = await warehouse.query(`SELECT * FROM ${relation}`);
  } catch (error) {
    if (error instanceof QueryError) return null;
    throw error;
  }
  if (found.length !== records) return null;
  if (order === 'numbered')
    expect(found.map(({ record }) => record)).toEqual(found.map((_, index) => index + 1));
  const numbers = found.map((_, index) => index + 1);
  const lines =
    order === 'numbered' && !rows.hasLines ? await linesOfRecords(rows, width, numbers, NEVER) : null;
  return found.map((row, index) => ({
    line: rows.hasLines ? Number(row.line) : (lines?.get(index + 1) ?? null),
    fields: Array.from({ length: width }, (_, column) => String(row[`c${column}`] ?? '')),
  }));
}

/** The rows as sorted texts, to be compared; without their lines if those they are compared with have none. */
function texts(rows: readonly ReadRow[], others: readonly ReadRow[] = rows): string[] {
  const hasLines = others[0]?.line !== null;
  return rows
    .map(({ line, fields }) => JSON.stringify([hasLines ? line : null, ...fields.map(comparable)]))
    .sort();
}

/** A value trimmed; also of U+FEFF, which the engine's client takes from the beginning of any text. */
function comparable(field: string): string {
  return trimmed(trimmed(field).replace(/^\ufeff+/, ''));
}
