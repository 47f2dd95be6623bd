import { reportFiles } from '../exports/report-files.js';
import { zipOf } from '../exports/zip-of.js';
import type { Documents } from './documents.js';

/** A file as it is handed out. */
export interface Download {
  type: string;
  content: string | Uint8Array;
}

export type MakeDownload = (query: URLSearchParams, signal: AbortSignal) => Promise<Download>;

/** What can be downloaded of what is shown, by the name in its address; each throws what `documents` throws. */
export function downloads(documents: Documents): ReadonlyMap<string, MakeDownload> {
  const exported = async (query: URLSearchParams, signal: AbortSignal, format: 'json' | 'csv' | 'xlsx') =>
    reportFiles(await documents.report(query, signal), [format]);
  const only = async (files: Promise<ReadonlyMap<string, string | Uint8Array>>) => {
    const [content] = (await files).values();
    return content ?? '';
  };
  return new Map<string, MakeDownload>([
    ['report.pdf', async (...asked) => ({ type: 'application/pdf', content: await documents.pdf(...asked) })],
    [
      'report.html',
      async (...asked) => ({ type: 'text/html; charset=utf-8', content: await documents.html(...asked) }),
    ],
    [
      'report.json',
      async (...asked) => ({ type: 'application/json', content: await only(exported(...asked, 'json')) }),
    ],
    [
      'report.xlsx',
      async (...asked) => ({
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        content: await only(exported(...asked, 'xlsx')),
      }),
    ],
    [
      'report.csv.zip',
      async (...asked) => ({ type: 'application/zip', content: zipOf(await exported(...asked, 'csv')) }),
    ],
  ]);
}
