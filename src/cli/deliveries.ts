import { type Command, Option } from 'commander';
import { EXIT, type ExitCode } from '../errors.js';
import { DELIVERY_STATES } from '../ledger/delivery-states.js';
import { deliveryFolder, type EditionFlags, editionConfig, withEditions } from './edition-context.js';
import { parseCount } from './runs.js';
import { configOption, dataOption, noCacheOption, outOption, parseAddresses } from './shared-options.js';
import { type Terminal, tellOn } from './terminal.js';

interface ListFlags {
  out: string;
  edition?: string;
  state?: string;
  limit: number;
  json?: true;
}

interface ResendFlags extends EditionFlags {
  to?: string[];
  json?: true;
}

export function deliveriesCommand(
  program: Command,
  terminal: Terminal,
  done: (code: ExitCode) => void,
): void {
  const command = program
    .command('deliveries')
    .summary('who got which edition; resend what failed')
    .description('Who got which edition, and what became of the rest.');
  command
    .command('list', { isDefault: true })
    .summary('the messages of the newest editions')
    .description('Lists the messages of the newest editions, and what became of each.')
    .addOption(outOption())
    .option('--edition <name>', 'of this edition alone')
    .addOption(new Option('--state <state>', 'in this state alone').choices(DELIVERY_STATES))
    .option('--limit <count>', 'of how many editions', parseCount, 5)
    .option('--json', 'print them as JSON')
    .action(async (flags: ListFlags) => done(await list(flags, terminal)));
  command
    .command('resend <edition>')
    .summary('send again what failed, or what is unknown')
    .description(
      'Sends the messages of an edition that failed. One that is unknown may have arrived: it is sent again only to an address that is named.',
    )
    .addOption(dataOption())
    .addOption(configOption())
    .addOption(outOption())
    .option(
      '--to <address>',
      'to this recipient alone, also where it is unknown; can be repeated',
      parseAddresses,
    )
    .addOption(noCacheOption())
    .option('--json', 'print the result as JSON')
    .action(async (edition: string, flags: ResendFlags) => done(await resend(edition, flags, terminal)));
}

async function list(flags: ListFlags, terminal: Terminal): Promise<ExitCode> {
  const [
    { requireLedger },
    { newestRuns },
    { deliveriesOf },
    { editionName, requireEdition },
    { columns },
    rows,
  ] = await Promise.all([
    import('../ledger/open-ledger.js'),
    import('../ledger/run-lists.js'),
    import('../ledger/deliveries.js'),
    import('../ledger/edition.js'),
    import('../format/columns.js'),
    import('./delivery-rows.js'),
  ]);
  const ledger = requireLedger(deliveryFolder(flags.out));
  try {
    const editions =
      flags.edition === undefined ? newestRuns(ledger, null, flags.limit) : [requireEdition(flags.edition)];
    const found = editions
      .flatMap((edition) => deliveriesOf(ledger, edition))
      .filter(({ state }) => flags.state === undefined || state === flags.state);
    if (flags.json) terminal.print(JSON.stringify(found.map(rows.deliveryRecord)));
    else if (found.length === 0) terminal.print('The ledger knows no such delivery.');
    else {
      terminal.print(
        columns([
          ['EDITION', 'RECIPIENT', 'STATE', ''],
          ...found.map((delivery) => [editionName(delivery), ...rows.deliveryRow(delivery)]),
        ]),
      );
    }
    return EXIT.ok;
  } finally {
    ledger.close();
  }
}

async function resend(name: string, flags: ResendFlags, terminal: Terminal): Promise<ExitCode> {
  const { requireEdition } = await import('../ledger/edition.js');
  const edition = requireEdition(name);
  const effects = terminal.effects({ quiet: flags.json === true });
  const config = await editionConfig(flags);
  const tell = tellOn(terminal);
  return withEditions(flags, config, effects, tell, async (context) => {
    const [{ resendDeliveries }, { sendEdition }, { sentText, exitCodeOf }] = await Promise.all([
      import('../editions/take-up.js'),
      import('../editions/send-edition.js'),
      import('./send-text.js'),
    ]);
    resendDeliveries(edition, flags.to ?? [], context);
    const sent = await sendEdition(edition, null, context);
    terminal.print(sentText(sent, flags.json === true));
    return exitCodeOf(sent);
  });
}
