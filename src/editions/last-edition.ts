import { existsSync } from 'node:fs';
import path from 'node:path';
import { type PreviousEdition, readPrevious } from '../comparison/previous.js';
import { ReportError } from '../errors.js';
import { editionName } from '../ledger/edition.js';
import { lastSentRun } from '../ledger/run-lists.js';
import type { NewRun } from '../ledger/runs.js';
import { editionFolder } from './archive.js';
import type { Slice } from './audiences.js';
import type { EditionContext } from './context.js';
import { TRIAL } from './trial.js';

/**
 * What a slice's report is compared with: the slice's own report in the last edition of the schedule that reached somebody and is of an
 * earlier day; null where there is none, or none that can be compared with, which is told. A trial is compared with nothing.
 *
 * @param archive - the delivery folder that holds what was sent
 */
export async function lastEditionOf(
  edition: Pick<NewRun, 'schedule' | 'slot' | 'asOf'>,
  { name, filters, isolated }: Slice,
  { config, ledger, tell }: Pick<EditionContext, 'config' | 'ledger' | 'tell'>,
  archive: string,
): Promise<PreviousEdition | null> {
  const last = edition.schedule === TRIAL ? null : lastSentRun(ledger, edition);
  if (last === null) return null;
  const file = path.join(archive, editionFolder(last), 'reports', name, 'report.json');
  if (!existsSync(file)) return null;
  const { currency } = config.report;
  try {
    return await readPrevious(file, { asOf: edition.asOf, currency, filters, isolated });
  } catch (error) {
    if (!(error instanceof ReportError)) throw error;
    tell('warn', error.message, { edition: editionName(edition), event: 'not-compared' });
    return null;
  }
}
