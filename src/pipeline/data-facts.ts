import { z } from 'zod';
import type { ContentHash } from '../cache/content-hashes.js';
import { sourceSchema } from '../report/schema.js';
import type { Loaded } from '../sources/load.js';
import { explainFiles } from '../sources/recognise/explain.js';
import type { Survey } from '../sources/recognise/types.js';
import { stylesOf } from './inspect-folder.js';

const tableCounts = z.object({
  table: z.string(),
  read: z.number(),
  used: z.number(),
  blank: z.number(),
  quarantined: z.number(),
});

const quarantinedRow = z.object({
  code: z.enum(['bad-value', 'duplicate-key', 'bad-structure', 'bad-encoding']),
  table: z.string(),
  file: z.string(),
  line: z.number(),
  column: z.string().nullable(),
  value: z.string(),
  reason: z.string(),
  fix: z.string(),
  revenue: z.number().nullable(),
});

/** What the rest of a run knows of the files, as it is kept beside their tables. Money in minor units. */
export const dataFactsSchema = z.object({
  sources: z.array(sourceSchema),
  load: z.object({
    tables: z.array(tableCounts),
    files: z.array(
      z.object({
        table: z.string(),
        file: z.string(),
        ignoredColumns: z.array(z.string()),
        notes: z.array(z.string()),
      }),
    ),
    quarantined: z.array(quarantinedRow),
  }),
  explain: z.array(z.string()).describe('how the files were understood, in lines for a person'),
});

export type DataFacts = z.infer<typeof dataFactsSchema>;

/** Tables by what a lost row of them does to the figures, heaviest last. */
const WEIGHT = ['tracking_data', 'posts', 'influencers', 'payouts'];

/** The files of each table as they were read, which is not always as they seemed at first. */
function asLoaded(files: Loaded['files']): Survey['files'] {
  const of = (label: string) => files.flatMap(({ input }) => (input.table.label === label ? [input] : []));
  return {
    influencers: of('influencers'),
    posts: of('posts'),
    tracking_data: of('tracking_data'),
    payouts: of('payouts'),
  };
}

/** @param hashOf - hash of a file by its absolute path */
export function dataFacts(
  survey: Survey,
  { files, tables, quarantined }: Loaded,
  hashOf: (path: string) => ContentHash,
): DataFacts {
  const sources = files.map(({ input, rows, notes }) => ({
    table: input.table.label,
    file: input.head.name,
    rows,
    ...hashOf(input.head.file.path),
    ignoredColumns: [...input.ignoredColumns],
    notes,
  }));
  return {
    sources,
    load: {
      tables,
      files: sources,
      quarantined: [...quarantined].sort((a, b) => WEIGHT.indexOf(b.table) - WEIGHT.indexOf(a.table)),
    },
    explain: explainFiles({ ...survey, files: asLoaded(files) }, stylesOf({ files })),
  };
}
