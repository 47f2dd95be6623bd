import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { ReportError } from '../errors.js';
import { editionName } from '../output/edition.js';
import { type Comparable, type PreviousEdition, readPrevious } from './previous.js';

/** So many editions are tried before the report is compared with none. */
const TRIED = 5;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The edition that a report is compared with: the one that is named, or the newest in the output folder that is of an earlier day and has
 * the same filters and currency.
 *
 * @param wanted - a report.json; undefined: the newest; false: none
 * @param out - the output folder, which holds the editions
 * @param warn - is told of editions that cannot be compared with, unless it is the one that is named
 * @throws ReportError `compare-unusable` (exit code 2) where the file that is named cannot be compared with
 */
export async function findPrevious(
  wanted: string | false | undefined,
  out: string,
  now: Comparable,
  warn: (line: string) => void,
): Promise<PreviousEdition | null> {
  if (wanted === false) return null;
  if (wanted !== undefined) return readPrevious(wanted, now);
  for (const file of (await earlierEditions(out, now)).slice(0, TRIED)) {
    try {
      return await readPrevious(file, now);
    } catch (error) {
      if (!(error instanceof ReportError)) throw error;
      warn(error.message);
    }
  }
  return null;
}

/** The report.json of each edition with the same filters and an earlier day, the newest first. */
async function earlierEditions(out: string, { asOf, filters }: Comparable): Promise<string[]> {
  const suffix = editionName(asOf, filters).slice(asOf.length);
  const names = await readdir(out).catch(() => []);
  return names
    .filter((name) => {
      const day = name.slice(0, asOf.length);
      return DAY.test(day) && day < asOf && name.slice(asOf.length) === suffix;
    })
    .sort()
    .reverse()
    .map((name) => path.join(out, name, 'report.json'))
    .filter((file) => existsSync(file));
}
