import type { ReportError } from '../../../src/errors.js';
import { surveyFiles } from '../../../src/sources/recognise/survey.js';
import type { FolderHeads, Survey } from '../../../src/sources/recognise/types.js';
import type { Head } from '../../../src/sources/row-file.js';
import {
  NO_SETTINGS,
  type SourcesSettings,
  type TableLabel,
  type TableSettings,
} from '../../../src/sources/settings.js';

/** A head of a CSV file from its lines, cells separated by commas; "book.xlsx, sheet May" is a sheet of a workbook. */
export function headOf(name: string, ...lines: readonly string[]): Head {
  const [file = name, sheet = null] = name.split(', sheet ');
  const records = lines.map((text, index) => ({ line: index + 1, fields: text.split(',') }));
  return {
    name,
    file: { name: file, path: `/data/${file}`, bytes: 100 },
    kind: sheet === null ? 'csv' : 'sheet',
    sheet,
    compression: 'none',
    encoding: sheet === null ? 'utf-8' : null,
    delimiter: sheet === null ? ',' : null,
    dateSystem: sheet === null ? null : 1900,
    records: records.filter(({ fields }) => fields.some((field) => field !== '')),
  };
}

/** A plain file of each table. */
export const PLAIN = {
  influencers: ['ID,name,category,gender,follower_count,platform', 'I1,Asha,Food,Female,1200,Instagram'],
  posts: [
    'post_id,influencer_id,platform,date,URL,caption,reach,likes,comments',
    'P1,I1,Instagram,2026-05-01,https://x.example/1,Hi,900,80,7',
  ],
  tracking_data: [
    'source,campaign,influencer_id,user_id,product,date,orders,revenue',
    'P1,May,I1,U1,Tea,2026-05-02,1,437.50',
  ],
  payouts: ['influencer_id,basis,rate,orders,total_payout', 'I1,post,500,,1500'],
} as const satisfies Record<TableLabel, readonly string[]>;

/** Heads by name, from lines; a table's label as lines means its plain ones. */
export type HeadLines = Readonly<Record<string, TableLabel | readonly string[]>>;

/** Heads from their lines. */
export function headsOf(files: HeadLines): Head[] {
  return Object.entries(files).map(([name, lines]) =>
    headOf(name, ...(typeof lines === 'string' ? PLAIN[lines] : lines)),
  );
}

/** The four plain files as heads, with others besides or in their place; null leaves one out. */
export function folderOf(
  files: Readonly<Record<string, TableLabel | readonly string[] | null>>,
  extra: Partial<FolderHeads> = {},
): FolderHeads {
  const all = {
    'influencers.csv': 'influencers',
    'posts.csv': 'posts',
    'tracking_data.csv': 'tracking_data',
    'payouts.csv': 'payouts',
    ...files,
  } as const;
  const kept = Object.entries(all).flatMap(([name, lines]) =>
    lines === null ? [] : [[name, lines] as const],
  );
  return { folder: 'data', heads: headsOf(Object.fromEntries(kept)), named: {}, unread: [], ...extra };
}

/** Settings that leave all to be found out but what is given. */
export function settingsOf(given: Partial<Record<TableLabel, Partial<TableSettings>>> = {}): SourcesSettings {
  const of = (label: TableLabel): TableSettings => ({ ...NO_SETTINGS, ...given[label] });
  return {
    influencers: of('influencers'),
    posts: of('posts'),
    tracking_data: of('tracking_data'),
    payouts: of('payouts'),
  };
}

/** The names of the files of each table. */
export function namesOf({ files }: Survey): Record<TableLabel, string[]> {
  const of = (label: TableLabel) => files[label].map(({ head }) => head.name);
  return {
    influencers: of('influencers'),
    posts: of('posts'),
    tracking_data: of('tracking_data'),
    payouts: of('payouts'),
  };
}

/** The columns of a table's first file: canonical name and header name. */
export function columnsOf({ files }: Survey, label: TableLabel): Record<string, string> {
  return Object.fromEntries((files[label][0]?.found ?? []).map(({ name, header }) => [name, header]));
}

/** The one problem that a folder has. */
export function problemOf(folder: FolderHeads, settings = settingsOf()): ReportError {
  const [problem, ...others] = surveyFiles(folder, settings).problems;
  if (problem === undefined || others.length > 0) throw new Error(`${others.length + 1} problems, not one.`);
  return problem;
}
