import type { Command } from 'commander';
import { EXIT, type ExitCode } from '../errors.js';
import { configFile, configOption, dataOption, outOption } from './shared-options.js';
import type { Terminal } from './terminal.js';

export function doctorCommand(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  program
    .command('doctor')
    .summary('what is missing here, and the fix')
    .description(
      'Checks Node, the browser, fonts, templates and the folders of a run, and says how to mend what fails.',
    )
    .addOption(dataOption())
    .addOption(configOption())
    .addOption(outOption())
    .option('--json', 'print the result as JSON')
    .action(async (flags: { data: string; out: string; config?: string; json?: true }) => {
      const { examine } = await import('../doctor/examine.js');
      const findings = await examine(
        { data: flags.data, out: flags.out, config: configFile(flags.config) },
        terminal.effects({ quiet: true }),
      );
      const failed = findings.some((finding) => !finding.ok);
      if (flags.json) terminal.print(JSON.stringify({ ok: !failed, checks: findings }));
      else {
        for (const { ok, name, text, fix } of findings) {
          terminal.print(`${ok ? 'ok    ' : 'FAILED'} ${name}: ${text}${fix ? `\n       ${fix}` : ''}`);
        }
      }
      done(failed ? EXIT.usage : EXIT.ok);
    });
}
