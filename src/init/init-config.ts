import { configSchema } from '../config/schema.js';
import type { ReportError } from '../errors.js';
import type { DecidedStyle } from '../sources/recognise/explain.js';
import type { Survey } from '../sources/recognise/types.js';
import { SOURCE_TABLES } from '../sources/tables.js';
import { namedCurrencies } from './currencies.js';
import { tableLines } from './table-lines.js';
import { comment, yamlValue } from './yaml-text.js';

/** What was found out about a folder. */
export interface FolderFindings {
  /** The data folder, as the user names it. */
  folder: string;
  survey: Survey;
  /** By the name of the head; a file without one is written without it. */
  styles: ReadonlyMap<string, DecidedStyle>;
  /** What else stands in the way, such as dates that can be read in two ways. */
  problems: readonly ReportError[];
}

/**
 * The text of a configuration for a folder: the tables as they were found, so that a run with it reads the files in the same
 * way; in comments what is left to decide, what was left out, and what nobody but the user can know.
 */
export function initConfig({ folder, survey, styles, problems }: FolderFindings): string {
  const files = SOURCE_TABLES.flatMap(({ label }) => survey.files[label]);
  const open = [...survey.problems, ...problems];
  const allNames = [
    ...files.map(({ head }) => head.file.name),
    ...survey.leftOut.map(({ name }) => name.split(', sheet ')[0] ?? name),
  ];
  const lines = [
    comment(
      `Configuration of roi-report for the folder ${folder}. "check this" stands where the files do not tell.`,
    ),
    '',
    ...reportLines(files),
    '',
    comment('Where the four tables are, from the data folder, and how they are written.'),
    ...openLines(open),
    'sources:',
    ...SOURCE_TABLES.flatMap(({ label }) => tableLines(label, survey.files[label], allNames, styles)),
    ...(survey.leftOut.length > 0 ? ['', comment('Left out:')] : []),
    ...survey.leftOut.map(({ name, why }) => comment(`  ${name}: ${why}`)),
  ];
  return `${lines.join('\n')}\n`;
}

function reportLines(files: Survey['files'][keyof Survey['files']]): string[] {
  const { report } = configSchema.parse({});
  const currencies = namedCurrencies(files);
  const [currency] = currencies.length === 1 ? currencies : [];
  const evidence = currencies.map((each) => each.evidence).join(', ') || 'no file names a currency';
  const isSure = currency !== undefined && !currency.evidence.includes('$');
  return [
    'report:',
    `  title: ${yamlValue(report.title)} # check this`,
    `  brand: ${yamlValue(report.brand)} # check this`,
    `  locale: ${report.locale} # check this: how numbers and dates are written`,
    `  currency: ${currency?.code ?? report.currency} ${comment(isSure ? evidence : `check this: ${evidence}`)}`,
    `  timezone: ${report.timezone} # check this: it decides which day it is`,
  ];
}

function openLines(problems: readonly ReportError[]): string[] {
  if (problems.length === 0) return [];
  return [
    comment('Left to decide:'),
    ...problems.map(({ message, hint }) => comment(`- ${[message, hint].filter(Boolean).join(' ')}`)),
  ];
}
