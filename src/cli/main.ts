import { Command, CommanderError } from 'commander';
import { EXIT, type ExitCode, messageOf, ReportError } from '../errors.js';
import { packageVersion } from '../package-root.js';
import { QueryError } from '../warehouse/warehouse.js';
import { buildCommand } from './build.js';
import { checkCommand } from './check.js';
import { deliveriesCommand } from './deliveries.js';
import { doctorCommand } from './doctor.js';
import { initCommand } from './init.js';
import { previewCommand } from './preview.js';
import { renderCommand } from './render.js';
import { runsCommand } from './runs.js';
import { scheduleCommand } from './schedule.js';
import { sendCommand } from './send.js';
import { createTerminal } from './terminal.js';

/**
 * Runs the command line and answers with its exit code; nothing in here ends the process.
 *
 * @param args - the arguments after the program's name
 */
export async function main(args: readonly string[]): Promise<ExitCode> {
  const controller = new AbortController();
  const stop = () => controller.abort(new Interrupted());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  const terminal = createTerminal(controller.signal);
  let code: ExitCode = EXIT.ok;
  const program = new Command('roi-report')
    .description('Exact, printable reports on influencer-marketing ROI, from four tables.')
    .version(packageVersion(), '-V, --version')
    .option('--debug', 'show the stack of an error')
    .showHelpAfterError('(roi-report --help, or roi-report <command> --help, tells how)')
    .exitOverride()
    .addHelpText('after', EXAMPLES);
  for (const command of [
    buildCommand,
    checkCommand,
    previewCommand,
    sendCommand,
    scheduleCommand,
    runsCommand,
    deliveriesCommand,
    initCommand,
    renderCommand,
    doctorCommand,
  ]) {
    command(program, terminal, (result) => {
      code = result;
    });
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    const exitCode = explain(
      error,
      terminal.note,
      program.opts<{ debug?: true }>().debug === true || args.includes('--debug'),
    );
    if (args.includes('--json') && exitCode !== EXIT.ok) terminal.printJson(failureJson(error, exitCode));
    return exitCode;
  }
}

class Interrupted extends Error {
  constructor() {
    super('Stopped; nothing was written.');
  }
}

function explain(error: unknown, note: (line: string) => void, debug: boolean): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof Interrupted) {
    note(error.message);
    return EXIT.interrupted;
  }
  const notes = (text: string) => text.split('\n').forEach(note);
  if (debug) notes(traceOf(error));
  if (error instanceof ReportError) {
    notes(`Error: ${error.message}`);
    if (error.hint) notes(error.hint);
    return error.exitCode;
  }
  notes(`Error: ${messageOf(error)}`);
  note('This is a bug in roi-report. Run again with --debug and send what it prints.');
  return EXIT.bug;
}

/** What a script reads of a command that failed, so that with `--json` standard output is never empty. */
function failureJson(error: unknown, exitCode: ExitCode): object {
  const { code, hint = null } =
    error instanceof ReportError ? error : { code: error instanceof CommanderError ? 'usage' : 'bug' };
  return { status: 'failed', error: { code, message: messageOf(error), hint, exitCode } };
}

/** The stack of an error and of what caused it, with the statement of a query that failed. */
function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const parts = [error.stack ?? error.message];
  if (error instanceof QueryError) parts.push(error.sql);
  if (error.cause !== undefined) parts.push(`Caused by: ${traceOf(error.cause)}`);
  return parts.join('\n');
}

const EXAMPLES = `
Examples:
  roi-report build                                     the report on ./data, into ./output
  roi-report build --data ~/weekly --as-of 2026-06-26  your own CSVs, as of a day
  roi-report build --campaign "Monsoon Immunity" --category Fitness --min-followers 100000
  roi-report build --fail-on "roas<0.8"                ends with 3 where ROAS is below 0.8, for pipelines
  roi-report check --data ~/weekly                     what is wrong with these CSVs, and the fix
  roi-report preview --data ~/weekly                   the report in the browser, filters live
  roi-report send --to you@example.com --dry-run       the e-mail with the PDF, as a file
  roi-report schedule --list                           when which edition goes out
  roi-report init ~/weekly                             a configuration for that folder, with what was found
  roi-report render output/2026-06-26/report.json      draw a saved report again, without the data
  roi-report doctor                                    what is missing on this machine, and the fix

Exit codes: 0 done, 1 a bug of ours or a section that failed, 2 usage or configuration, 3 bad data or a gate,
4 rendering, 5 delivery, 130 interrupted. A flag goes over its environment variable, that over the configuration file.`;
