import { z } from 'zod';
import type { TableSettings } from '../sources/settings.js';
import { SOURCE_TABLES, type SourceTable } from '../sources/tables.js';

/** `sources`: what is said about the input files; what is left out is found out. */
export const sources = z
  .strictObject({
    influencers: tableSchema('influencers'),
    posts: tableSchema('posts'),
    tracking_data: tableSchema('tracking_data'),
    payouts: tableSchema('payouts'),
  })
  .describe(
    'where the four tables are and how they are written; what is left out is found out from the files',
  )
  .prefault({});

function tableSchema(label: SourceTable['label']) {
  const path = z
    .union([notBlank(), z.array(notBlank())])
    .transform((paths) => (typeof paths === 'string' ? [paths] : paths))
    .describe('a file, a folder or a pattern such as weekly/*.csv, or a list of them; from the data folder');
  return z
    .strictObject({
      path: path.prefault([]),
      sheet: notBlank().nullable().default(null).describe('the sheet of a workbook'),
      columns: columnsSchema(label),
      dateOrder: z
        .enum(['dmy', 'mdy', 'ymd'])
        .nullable()
        .default(null)
        .describe('order of day, month and year in dates such as 03/04/2026'),
      decimal: z
        .enum(['.', ','])
        .nullable()
        .default(null)
        .describe('mark before the decimals: "," where 1.234,50 is meant; null means "."'),
      delimiter: z
        .string()
        .regex(/^[^"\r\n]$/u, 'must be one character, and not a quote')
        .nullable()
        .default(null)
        .describe('what separates the columns of a CSV file'),
      encoding: z
        .enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'])
        .nullable()
        .default(null)
        .describe('how the characters of a CSV file are stored'),
    })
    .refine(
      ({ path: paths, ...how }) => paths.length > 0 || (how.delimiter === null && how.encoding === null),
      'needs path beside delimiter or encoding: the files that they are about',
    )
    .describe(`the table ${label}`)
    .prefault({}) satisfies z.ZodType<TableSettings>;
}

function columnsSchema(label: SourceTable['label']) {
  const columns = SOURCE_TABLES.find((table) => table.label === label)?.columns ?? [];
  const shape = Object.fromEntries(columns.map(({ name }) => [name, notBlank().optional()]));
  return z
    .strictObject(shape)
    .transform((names) =>
      Object.fromEntries(
        Object.entries(names).flatMap(([name, header]) => (header === undefined ? [] : [[name, header]])),
      ),
    )
    .refine(
      (names) => new Set(Object.values(names)).size === Object.keys(names).length,
      'must name a header name only once',
    )
    .describe('what a column is called in the header of the files, such as revenue: Net Sales')
    .prefault({});
}

function notBlank() {
  return z.string().regex(/\S/, 'must not be blank');
}
