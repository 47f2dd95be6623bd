import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { ReportError } from '../errors.js';
import { editionName } from '../output/edition.js';
import type { Report } from '../report/schema.js';
import { assertAlike, type Comparable, type PreviousEdition, readEdition, readPrevious } from './previous.js';

/** So many editions are tried before the report is compared with none. */
const TRIED = 5;

/** The report that an earlier edition is looked for. */
export interface Comparing extends Comparable, Pick<Report['meta'], 'brand' | 'title'> {}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The edition that a report is compared with: the one that is named, or the newest in the output folder that is of an earlier day, has
 * the same brand, title, filters and currency, and is complete.
 *
 * @param wanted - a report.json; undefined: the newest; false: none
 * @param out - the output folder, which holds the editions
 * @param tell - is warned of editions that cannot be compared with, unless it is the one that is named, and told which one is
 *   chosen, and which are of other data or not complete
 * @throws ReportError `compare-unusable` (exit code 2) where the file that is named cannot be compared with
 */
export async function findPrevious(
  wanted: string | false | undefined,
  out: string,
  now: Comparing,
  tell: { warn(line: string): void; progress(step: string): void },
): Promise<PreviousEdition | null> {
  if (wanted === false) return null;
  if (wanted !== undefined) {
    tell.progress(`Comparing with ${wanted}`);
    return readPrevious(wanted, now);
  }
  for (const file of (await earlierEditions(out, now)).slice(0, TRIED)) {
    try {
      const previous = await readEdition(file);
      const reason = whyPassedOver(previous.report, now);
      if (reason !== null) {
        tell.progress(`Not comparing with ${file}: ${reason}`);
        continue;
      }
      assertAlike(previous.report, now, file);
      tell.progress(`Comparing with ${file}`);
      return previous;
    } catch (error) {
      if (!(error instanceof ReportError)) throw error;
      tell.warn(error.message);
    }
  }
  return null;
}

/** Why an edition, though it could be compared with, is not chosen unless it is named; null where it is. */
function whyPassedOver({ meta, status }: Report, now: Comparing): string | null {
  if (meta.brand !== now.brand || meta.title !== now.title) return 'it has another brand or title';
  return status === 'degraded' ? 'sections of it failed' : null;
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
