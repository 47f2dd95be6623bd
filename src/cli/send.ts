import { type Command, Option } from 'commander';
import { EXIT, type ExitCode } from '../errors.js';
import { dayIn } from '../model/calendar.js';
import { type EditionFlags, editionConfig, withEditions } from './edition-context.js';
import { parseDay } from './filter-options.js';
import { configOption, dataOption, noCacheOption, outOption, parseAddresses } from './shared-options.js';
import { type Terminal, tellOn } from './terminal.js';

interface SendFlags extends EditionFlags {
  schedule?: string;
  edition?: string;
  to?: string[];
  asOf?: string;
  again?: true;
  dryRun?: true;
  json?: true;
}

export function sendCommand(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  program
    .command('send')
    .summary('build and deliver one edition now')
    .description(
      'Makes one edition and sends it: one message a recipient. A second call on the same day sends nothing twice; it goes on with what failed.',
    )
    .addOption(dataOption())
    .addOption(configOption())
    .addOption(outOption())
    .option('--schedule <id>', 'whose recipients and filters (default: the only schedule)')
    .addOption(
      new Option(
        '--edition <name>',
        'take up one that was held, missed or failed, as roi-report runs names it',
      ).conflicts(['to', 'again', 'schedule']),
    )
    .option(
      '--to <address>',
      'a trial to this address in place of the recipients; can be repeated',
      parseAddresses,
    )
    .addOption(
      new Option('--as-of <day>', 'the day of the report, YYYY-MM-DD (default: today in its time zone)')
        .env('ROI_REPORT_AS_OF')
        .argParser(parseDay),
    )
    .option('--again', 'send one more edition, though the day has one')
    .option('--dry-run', 'write the exact messages as .eml files, and send nothing')
    .addOption(noCacheOption())
    .option('--json', 'print the result as JSON')
    .action(async (flags: SendFlags) => done(await send(flags, terminal)));
}

async function send(flags: SendFlags, terminal: Terminal): Promise<ExitCode> {
  const effects = terminal.effects({ quiet: flags.json === true });
  const config = await editionConfig(flags);
  const tell = tellOn(terminal);
  return withEditions(flags, config, effects, tell, async (context) => {
    const [{ planSend }, { takeUp }, { dryRun, sendEdition }, { dryRunText, exitCodeOf, sentText }] =
      await Promise.all([
        import('../editions/plan-send.js'),
        import('../editions/take-up.js'),
        import('../editions/send-edition.js'),
        import('./send-text.js'),
      ]);
    const now = effects.now();
    const { schedule, edition, to = [], asOf = dayIn(config.report.timezone, now), again = false } = flags;
    const { run, audiences } = planSend({ schedule, edition, to, asOf, again }, config, context.ledger, now);
    if (flags.dryRun) {
      const written = await dryRun(run, audiences, context);
      terminal.print(dryRunText(run, written, flags.json === true));
      return written.files.length === 0 ? EXIT.data : EXIT.ok;
    }
    takeUp(run, context);
    const sent = await sendEdition(run, audiences, context);
    if (sent.refusal?.hint) terminal.note(sent.refusal.hint);
    terminal.print(sentText(sent, flags.json === true));
    return exitCodeOf(sent);
  });
}
