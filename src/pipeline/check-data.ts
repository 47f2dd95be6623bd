import { badgeOf } from '../checks/badge.js';
import { checkOf } from '../checks/judge.js';
import { limitsBroken, quarantineLines } from '../checks/quarantine.js';
import type { CheckSettings } from '../checks/settings.js';
import type { Effects } from '../effects.js';
import { ReportError } from '../errors.js';
import { currencyDigits } from '../format/format.js';
import type { Check, Quarantined, Report } from '../report/schema.js';
import { identifySources } from '../sources/identify.js';
import { explainFiles } from '../sources/recognise/explain.js';
import { withJudgedData } from './judge-data.js';
import type { DataInputs } from './prepare-data.js';
import { inMajorUnits, quarantinedOf } from './quarantined.js';

/** What `roi-report check` says, as data. */
export interface CheckOutcome {
  /** Whether nothing was found that the run fails on. */
  ok: boolean;
  asOf: string;
  failOn: CheckSettings['failOn'];
  /** Why no report can be made of the data; null where one can. */
  error: { code: string; message: string; fix: string | null } | null;
  badge: Report['badge'] | null;
  checks: readonly Check[];
  /** Every quarantined row; money in major units. */
  quarantined: Quarantined;
  /** The first quarantined rows as lines for a person, and how many more there are. */
  quarantineLines: readonly string[];
  /** How the files were understood, in lines for a person. */
  explain: readonly string[];
}

const LISTED = 10;
const FAILING: Record<CheckSettings['failOn'], readonly Check['severity'][]> = {
  error: ['error'],
  warning: ['error', 'warning'],
  never: [],
};

/** Whether a check with this result fails the run. */
export function fails({ severity }: Check, failOn: CheckSettings['failOn']): boolean {
  return FAILING[failOn].includes(severity);
}

/**
 * Loads the data of a folder and judges them, without a report.
 *
 * @throws ReportError exit code 3 for data that cannot be loaded
 */
export function checkData(
  inputs: DataInputs,
  failOn: CheckSettings['failOn'],
  effects: Effects,
): Promise<CheckOutcome> {
  const { config, asOf } = inputs;
  const major = inMajorUnits(currencyDigits(config.report.currency));
  return withJudgedData(inputs, effects, 'judge', async ({ load, judgements, revenue, explain }) => {
    const broken = limitsBroken({ load, revenue }, config.quarantine);
    const checks = judgements.map(checkOf);
    return {
      ok: broken === null && !checks.some((check) => fails(check, failOn)),
      asOf,
      failOn,
      error: broken && {
        code: 'quarantine-limit',
        message: `${broken.clause}.`,
        fix: `Fix these cells, or raise ${broken.limit}.`,
      },
      badge: badgeOf(judgements),
      checks,
      quarantined: quarantinedOf(load, major, Number.POSITIVE_INFINITY),
      quarantineLines: quarantineLines(load.quarantined, load.tables, LISTED, broken?.limit),
      explain,
    };
  });
}

/** How far the files of a folder are understood, in lines for a person; none where it cannot be read. */
export async function explainFolder({ dataDir, config }: DataInputs): Promise<string[]> {
  try {
    return explainFiles(await identifySources(dataDir, config.sources), new Map());
  } catch (error) {
    if (error instanceof ReportError) return [];
    throw error;
  }
}

/** The outcome for data that could not be loaded at all. `explain`: how far the files were understood. */
export function failedOutcome(
  { code, message, hint }: ReportError,
  asOf: string,
  failOn: CheckSettings['failOn'],
  explain: readonly string[],
): CheckOutcome {
  return {
    ok: false,
    asOf,
    failOn,
    error: { code, message, fix: hint ?? null },
    badge: null,
    checks: [],
    quarantined: { rows: 0, revenue: 0, tables: [], examples: [] },
    quarantineLines: [],
    explain,
  };
}
