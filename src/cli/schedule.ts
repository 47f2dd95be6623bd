import { type Command, Option } from 'commander';
import { EXIT, type ExitCode, messageOf, ReportError } from '../errors.js';
import type { Round } from '../service/status.js';
import { type EditionFlags, editionConfig, withEditions } from './edition-context.js';
import { parseCount } from './runs.js';
import { configOption, dataOption, noCacheOption, outOption } from './shared-options.js';
import type { Terminal } from './terminal.js';

interface ScheduleFlags extends EditionFlags {
  list?: number | true;
  once?: true;
  health?: string;
  json?: true;
}

const LISTED = 5;

export function scheduleCommand(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  program
    .command('schedule')
    .summary('run the schedules until stopped')
    .description('Makes and sends each edition at its time, until stopped; what happens is logged to stderr.')
    .addOption(dataOption())
    .addOption(configOption())
    .addOption(outOption())
    .option(
      '--list [count]',
      `print the next runs of each schedule (default: ${LISTED}), and end`,
      parseCount,
    )
    .option('--once', 'do what is due now, to its end, and end: for a cron of the system')
    .addOption(
      new Option(
        '--health <[host:]port>',
        'answer /health and /metrics there; without a host, to this machine alone',
      ).env('ROI_REPORT_HEALTH'),
    )
    .addOption(noCacheOption())
    .option('--json', 'with --list: print it as JSON')
    .action(async (flags: ScheduleFlags) => done(await schedule(flags, terminal)));
}

async function schedule(flags: ScheduleFlags, terminal: Terminal): Promise<ExitCode> {
  const effects = terminal.effects();
  const config = await editionConfig(flags);
  const { planSchedules } = await import('../service/planned-schedule.js');
  const schedules = planSchedules(config);
  if (flags.list !== undefined) {
    const { scheduleListing, listingText } = await import('../schedule/listing.js');
    const listed = scheduleListing(schedules, effects.now(), flags.list === true ? LISTED : flags.list);
    terminal.print(flags.json ? JSON.stringify(listed) : listingText(listed));
    return EXIT.ok;
  }
  if (schedules.length === 0) {
    throw new ReportError('No schedule is configured.', {
      code: 'no-schedule',
      exitCode: EXIT.usage,
      hint: 'Describe one under schedules in the configuration; config/report.yaml of the package shows how.',
    });
  }
  const [
    { serviceLog },
    { runDaemon, runOnce },
    { serveHealth, parseHealthAddress },
    { unfinishedRuns, newestRuns },
  ] = await Promise.all([
    import('../service/log.js'),
    import('../service/daemon.js'),
    import('../service/health.js'),
    import('../ledger/run-lists.js'),
  ]);
  const address = flags.health === undefined ? null : parseHealthAddress(flags.health);
  const log = (redact: (text: string) => string) => serviceLog({ redact });
  return withEditions(flags, config, { ...effects, progress: () => {} }, log, async (context) => {
    const { ledger, tell } = context;
    const stopped = () =>
      tell('info', 'Stopped; what is not finished goes on at the next start', { event: 'stopped' });
    if (flags.once) {
      const begun = effects.now();
      const failures = await runOnce(schedules, context);
      if (effects.signal.aborted) {
        stopped();
        return EXIT.interrupted;
      }
      const failed = newestRuns(ledger, null, 50).some(
        ({ state, finished }) =>
          (state === 'failed' || state === 'partial') && finished !== null && finished >= begun,
      );
      return failed || failures.length > 0 ? EXIT.delivery : EXIT.ok;
    }
    const now = effects.now();
    const rounds: Round = { begun: now, ended: now, failures: [] };
    // Nobody to watch is no reason to send nothing.
    const health =
      address &&
      (await serveHealth(address, { ledger, schedules, now: effects.now, lastTick: rounds }).catch(
        (error: unknown) => {
          tell('error', messageOf(error), { event: 'health' });
          return null;
        },
      ));
    tell('info', `Running ${schedules.length} schedules`, {
      event: 'started',
      schedules: schedules.length,
      waiting: unfinishedRuns(ledger).length,
      ...(health && { healthPort: health.port }),
    });
    try {
      await runDaemon(schedules, context, rounds);
    } finally {
      await health?.close();
    }
    stopped();
    return EXIT.ok;
  });
}
