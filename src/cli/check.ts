import path from 'node:path';
import { type Command, Option } from 'commander';
import type { CheckSettings } from '../checks/settings.js';
import { EXIT, type ExitCode, ReportError } from '../errors.js';
import { dayIn } from '../model/calendar.js';
import type { CheckOutcome } from '../pipeline/check-data.js';
import { parseDay } from './filter-options.js';
import { cacheFolder, configFile, configOption, dataOption, noCacheOption } from './shared-options.js';
import type { Terminal } from './terminal.js';

interface CheckFlags {
  data: string;
  config?: string;
  asOf?: string;
  json?: true;
  explain?: true;
  junit?: string;
  failOn?: CheckSettings['failOn'];
  cache: boolean;
}

/** What stands for standard output in place of a file. */
const STDOUT = '-';

export function checkCommand(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  program
    .command('check')
    .summary('what is wrong with the data, and the fix')
    .description('Reads the data of a folder and says what is wrong with them. It makes no report.')
    .addOption(dataOption())
    .addOption(configOption())
    .addOption(
      new Option('--as-of <day>', 'the day to judge by, YYYY-MM-DD (default: today in its time zone)')
        .env('ROI_REPORT_AS_OF')
        .argParser(parseDay),
    )
    .option('--explain', 'tell how the files were understood')
    .addOption(
      new Option(
        '--fail-on <severity>',
        'end with 3 from this severity on (default: checks.failOn of the configuration)',
      ).choices(['error', 'warning', 'never']),
    )
    .option('--junit <file>', 'write the result as JUnit XML; - for standard output')
    .addOption(noCacheOption())
    .option('--json', 'print the result as JSON')
    .action(async (flags: CheckFlags) => done(await check(flags, terminal)));
}

async function check(flags: CheckFlags, terminal: Terminal): Promise<ExitCode> {
  const junitOnStdout = flags.junit === STDOUT;
  if (junitOnStdout && flags.json) {
    throw new ReportError('--json and --junit - both want standard output.', {
      code: 'two-outputs',
      exitCode: EXIT.usage,
      hint: 'Give --junit the name of a file.',
    });
  }
  const effects = terminal.effects({ quiet: flags.json === true || junitOnStdout });
  const [{ loadConfig }, { checkData, explainFolder, failedOutcome }] = await Promise.all([
    import('../config/load.js'),
    import('../pipeline/check-data.js'),
  ]);
  const config = await loadConfig(configFile(flags.config));
  const failOn = flags.failOn ?? config.checks.failOn;
  const asOf = flags.asOf ?? dayIn(config.report.timezone, effects.now());
  let failure: ReportError | undefined;
  const inputs = {
    dataDir: flags.data,
    config,
    asOf,
    cacheFolder: await cacheFolder(flags, effects.warn),
  };
  const outcome = await checkData(inputs, failOn, effects).catch(async (error: unknown) => {
    if (!(error instanceof ReportError) || error.exitCode !== EXIT.data) throw error;
    failure = error;
    return failedOutcome(error, asOf, failOn, flags.explain ? await explainFolder(inputs) : []);
  });
  if (flags.junit !== undefined) await writeJunit(flags.junit, outcome, terminal);
  if (flags.json) terminal.printJson(outcome);
  else if (!junitOnStdout) {
    if (failure) {
      if (outcome.explain.length > 0) terminal.print(outcome.explain.join('\n'));
      throw failure;
    }
    const { checkText } = await import('./check-text.js');
    terminal.print(checkText(outcome, { explain: flags.explain === true, colored: isColored() }));
  }
  return outcome.ok ? EXIT.ok : EXIT.data;
}

async function writeJunit(target: string, outcome: CheckOutcome, terminal: Terminal): Promise<void> {
  const { checkJunit } = await import('./check-junit.js');
  const xml = checkJunit(outcome);
  if (target === STDOUT) {
    terminal.print(xml);
    return;
  }
  const { writeFiles } = await import('../output/write-files.js');
  await writeFiles(path.dirname(target), new Map([[path.basename(target), `${xml}\n`]]));
}

function isColored(): boolean {
  return process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '';
}
