import { type Command, InvalidArgumentError } from 'commander';
import { EXIT, type ExitCode } from '../errors.js';
import { deliveryFolder } from './edition-context.js';
import { outOption } from './shared-options.js';
import type { Terminal } from './terminal.js';

interface RunsFlags {
  out: string;
  schedule?: string;
  limit: number;
  json?: true;
}

export function runsCommand(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  program
    .command('runs')
    .summary('which editions were made, held, skipped or sent')
    .description('Lists the newest editions that the ledger knows, and what became of them.')
    .addOption(outOption())
    .option('--schedule <id>', 'of this schedule alone')
    .option('--limit <count>', 'how many', parseCount, 20)
    .option('--json', 'print them as JSON')
    .action(async (flags: RunsFlags) => done(await runs(flags, terminal)));
}

async function runs({ out, schedule, limit, json }: RunsFlags, terminal: Terminal): Promise<ExitCode> {
  const [{ requireLedger }, { newestRuns }, { deliveriesOf }, { editionName }, { columns }] =
    await Promise.all([
      import('../ledger/open-ledger.js'),
      import('../ledger/run-lists.js'),
      import('../ledger/deliveries.js'),
      import('../ledger/edition.js'),
      import('../format/columns.js'),
    ]);
  const ledger = requireLedger(deliveryFolder(out));
  try {
    const found = newestRuns(ledger, schedule ?? null, limit).map((run) => {
      const deliveries = deliveriesOf(ledger, run);
      const sent = deliveries.filter(({ state }) => state === 'sent').length;
      return { ...run, edition: editionName(run), sent, recipients: deliveries.length };
    });
    if (json) terminal.print(JSON.stringify(found));
    else if (found.length === 0) terminal.print('The ledger knows no edition.');
    else {
      terminal.print(
        columns([
          ['EDITION', 'STATE', 'SENT', 'DUE', ''],
          ...found.map(({ edition, state, sent, recipients, due, reason }) => [
            edition,
            state,
            `${sent}/${recipients}`,
            due.toISOString(),
            reason ?? '',
          ]),
        ]),
      );
    }
    return EXIT.ok;
  } finally {
    ledger.close();
  }
}

/** A count of at least one. */
export function parseCount(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It is not a count from 1 on.');
  return Number(text);
}
