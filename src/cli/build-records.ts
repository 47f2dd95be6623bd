import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { type BuildFailure, type BuildOutcome, failureOf } from '../ci/outcome.js';
import { EXIT, messageOf, ReportError } from '../errors.js';
import type { BuildFlags } from './build-flags.js';
import type { Terminal } from './terminal.js';

/** What a pipeline is told of a build, beside the files of the edition. */
interface Records {
  markdown: string;
  annotations: string[];
  /** JUnit XML. */
  junit: string;
}

/**
 * Tells a pipeline what a build brought: the files of `--summary` and `--junit`, the job summary and the annotations of GitHub Actions.
 *
 * @throws ReportError `output-unwritable` (exit code 2)
 */
export async function recordOutcome(
  outcome: BuildOutcome,
  flags: BuildFlags,
  terminal: Terminal,
): Promise<void> {
  if (!isWanted(flags)) return;
  await record(await recordsOf(outcome, flags.data), flags, terminal);
}

/** As `recordOutcome`, for a build that failed; what cannot be written is a warning, since the failure matters more. */
export async function recordFailure(error: unknown, flags: BuildFlags, terminal: Terminal): Promise<void> {
  if (!isWanted(flags)) return;
  try {
    await record(await recordsOfFailure(failureOf(error)), flags, terminal);
  } catch (second) {
    terminal.note(messageOf(second));
  }
}

function isWanted({ summary, junit }: BuildFlags): boolean {
  return summary !== undefined || junit !== undefined || jobSummary() !== undefined || isOnGitHub();
}

async function recordsOf(outcome: BuildOutcome, dataDir: string): Promise<Records> {
  const [{ buildSummary }, { buildAnnotations }, { buildJunit }] = await recorders();
  return {
    markdown: buildSummary(outcome),
    annotations: buildAnnotations(outcome, (file) => inRepository(path.join(dataDir, file))),
    junit: buildJunit(outcome),
  };
}

async function recordsOfFailure(failure: BuildFailure): Promise<Records> {
  const [{ failureSummary }, { failureAnnotations }, { failureJunit }] = await recorders();
  return {
    markdown: failureSummary(failure),
    annotations: failureAnnotations(failure),
    junit: failureJunit(failure),
  };
}

function recorders() {
  return Promise.all([
    import('../ci/job-summary.js'),
    import('../ci/annotations.js'),
    import('../ci/build-junit.js'),
  ]);
}

async function record(
  { markdown, annotations, junit }: Records,
  flags: BuildFlags,
  { note, command }: Terminal,
): Promise<void> {
  if (isOnGitHub()) for (const annotation of annotations) command(annotation);
  const summary = jobSummary();
  if (summary !== undefined) {
    await appendFile(summary, markdown).catch((error: unknown) =>
      note(`The job summary ${summary} cannot be written: ${messageOf(error)}.`),
    );
  }
  if (flags.summary !== undefined) await write('summary', flags.summary, markdown);
  if (flags.junit !== undefined) await write('junit', flags.junit, `${junit}\n`);
}

async function write(flag: 'summary' | 'junit', file: string, text: string): Promise<void> {
  const { writeFiles } = await import('../output/write-files.js');
  try {
    await writeFiles(path.dirname(file), new Map([[path.basename(file), text]]));
  } catch (error) {
    throw new ReportError(`${file} cannot be written: ${messageOf(causeOf(error))}.`, {
      code: 'output-unwritable',
      exitCode: EXIT.usage,
      hint: `The report itself is written. Name another file with --${flag}.`,
      cause: error,
    });
  }
}

function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}

/** The file that GitHub Actions shows as the summary of the job. */
function jobSummary(): string | undefined {
  return process.env.GITHUB_STEP_SUMMARY || undefined;
}

function isOnGitHub(): boolean {
  return process.env.GITHUB_ACTIONS === 'true';
}

/** The path of a file from the root of the checkout, with `/`; undefined where it lies outside. */
function inRepository(file: string): string | undefined {
  const relative = path.relative(process.env.GITHUB_WORKSPACE || '.', file);
  if (relative.startsWith('..') || path.isAbsolute(relative)) return undefined;
  return relative.split(path.sep).join('/');
}
