import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { EXIT, errorCode, messageOf, ReportError } from '../errors.js';
import { type Report, reportSchema } from '../report/schema.js';

/** An earlier edition, as its report.json holds it. */
export interface PreviousEdition {
  report: Report;
  /** Of the bytes of its report.json. */
  sha256: string;
}

/** The report that an earlier edition is to be compared with. */
export interface Comparable extends Pick<Report['meta'], 'asOf' | 'currency' | 'filters'> {
  /** Whether its readers may see nothing outside the filters. */
  isolated: boolean;
}

/**
 * Reads the report.json of an earlier edition that a report can be compared with.
 *
 * @throws ReportError `compare-unusable` (exit code 2) that names the file and why it cannot be compared with
 */
export async function readPrevious(file: string, now: Comparable): Promise<PreviousEdition> {
  const previous = await readEdition(file);
  assertAlike(previous.report, now, file);
  return previous;
}

/**
 * Reads the report.json of any edition.
 *
 * @throws ReportError `compare-unusable` (exit code 2) that names the file and why it is no report
 */
export async function readEdition(file: string): Promise<PreviousEdition> {
  const content = await readFile(file).catch((error: unknown) => {
    const reason = errorCode(error) === 'ENOENT' ? 'there is no such file' : messageOf(error);
    throw unusable(file, reason, error);
  });
  const parsed = reportSchema.safeParse(jsonOf(content, file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw unusable(file, `${issue?.path.join('.') || 'the report'}: ${issue?.message}`, parsed.error);
  }
  return { report: parsed.data, sha256: createHash('sha256').update(content).digest('hex') };
}

/**
 * @param name - of the earlier edition, in the message
 * @throws ReportError `compare-unusable` (exit code 2) that says why a report cannot be compared with an earlier one
 */
export function assertAlike(report: Report, now: Comparable, name = 'The earlier edition'): void {
  const reason = whyUnlike(report, now);
  if (reason !== null) throw unusable(name, reason);
}

/** Why a report cannot be compared with an earlier one, in words; null where it can. */
function whyUnlike({ meta }: Report, now: Comparable): string | null {
  if (meta.asOf >= now.asOf) {
    return `it is as of ${meta.asOf}, which is not before the day of this report, ${now.asOf}`;
  }
  if (meta.currency !== now.currency) {
    return `its money is in ${meta.currency}, that of this report in ${now.currency}`;
  }
  if (wordsOf(meta.filters) !== wordsOf(now.filters)) {
    return 'its filters are not those of this report';
  }
  if (now.isolated && meta.sources.length > 0) {
    return 'it was not made for readers who may see nothing outside its filters';
  }
  return null;
}

/** Filters as one text that is the same for filters that keep the same. */
function wordsOf(filters: Comparable['filters']): string {
  const { campaigns, categories, platforms, minFollowers, maxFollowers, from, to } = filters;
  const names = [campaigns, categories, platforms].map((list) =>
    [...new Set(list.map((name) => name.toLowerCase()))].sort(),
  );
  return JSON.stringify([...names, minFollowers, maxFollowers, from, to]);
}

function jsonOf(content: Buffer, file: string): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch (error) {
    throw unusable(file, `it is not JSON (${messageOf(error)})`, error);
  }
}

function unusable(file: string, reason: string, cause?: unknown): ReportError {
  return new ReportError(`${file} cannot be compared with: ${reason}.`, {
    code: 'compare-unusable',
    exitCode: EXIT.usage,
    hint: 'Name the report.json of an earlier edition with the same filters and currency, or compare with none: --no-compare.',
    cause,
  });
}
