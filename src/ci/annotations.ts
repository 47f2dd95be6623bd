import type { Quarantined } from '../report/schema.js';
import type { BuildFailure, BuildOutcome } from './outcome.js';

/** So many of a level does GitHub show of one step. */
const MOST = 10;

interface Annotation {
  level: 'error' | 'warning';
  title: string;
  message: string;
  file?: string;
  line?: number;
}

/**
 * Workflow commands of GitHub Actions for a build, a line each: failed gates and checks of the data that found a warning or an error, then
 * rows that were quarantined, at most ten of each level. No text in them can be a command of its own.
 *
 * @param locate - path of a data file from the repository's root, or undefined where it lies outside
 */
export function buildAnnotations(
  { report, gates }: BuildOutcome,
  locate: (file: string) => string | undefined,
): string[] {
  const { checks, quarantined } = report.quality;
  const failedSections = report.sections.flatMap(({ title, error }): Annotation[] =>
    error === undefined ? [] : [{ level: 'error', title, message: error }],
  );
  const failedGates = gates
    .filter(({ ok }) => !ok)
    .map(({ gate, text }): Annotation => ({ level: 'error', title: `Gate ${gate}`, message: text }));
  const found = checks.flatMap(({ severity, title, text, fix }): Annotation[] =>
    severity === 'error' || severity === 'warning'
      ? [{ level: severity, title, message: fix === undefined ? text : `${text} ${fix}` }]
      : [],
  );
  const rows = quarantined.examples.map((row) => rowAnnotation(row, locate(row.file)));
  return commandsOf([...failedSections, ...failedGates, ...found, ...rows]);
}

/** The workflow command for a build that failed. */
export function failureAnnotations({ code, message, hint }: BuildFailure): string[] {
  return commandsOf([
    { level: 'error', title: code, message: hint === null ? message : `${message}\n${hint}` },
  ]);
}

function rowAnnotation(
  { table, file, line, column, reason, fix }: Quarantined['examples'][number],
  located: string | undefined,
): Annotation {
  const place = column === null ? `${file}, line ${line}` : `${file}, line ${line}, column ${column}`;
  return {
    level: 'warning',
    title: `A row of ${table} is not in the figures`,
    message: `${place}: ${reason}. ${fix}`,
    ...(located === undefined ? {} : { file: located, line }),
  };
}

function commandsOf(annotations: readonly Annotation[]): string[] {
  const levels = ['error', 'warning'] as const;
  return levels.flatMap((level) =>
    annotations
      .filter((annotation) => annotation.level === level)
      .slice(0, MOST)
      .map(commandOf),
  );
}

function commandOf({ level, title, message, file, line }: Annotation): string {
  const properties = [
    ...(file === undefined ? [] : [`file=${property(file)}`]),
    ...(line === undefined ? [] : [`line=${line}`]),
    `title=${property(title)}`,
  ];
  return `::${level} ${properties.join(',')}::${data(message)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
