import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { EXIT, type ExitCode, errorCode, messageOf, ReportError } from '../errors.js';
import type { Terminal } from './terminal.js';

interface InitFlags {
  out?: string;
  force?: true;
}

export function initCommand(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  program
    .command('init')
    .summary('a configuration for your own folder')
    .description(
      'Looks at a folder of files and writes a commented report.yaml for it: which file is which table, which column is which, and what is left to decide.',
    )
    .argument('[folder]', 'the folder with your files', 'data')
    .option(
      '--out <file>',
      'where the configuration goes, - for the terminal (default: report.yaml in the folder)',
    )
    .option('--force', 'write over a file that is there')
    .action(async (folder: string, flags: InitFlags) => done(await init(folder, flags, terminal)));
}

async function init(folder: string, flags: InitFlags, terminal: Terminal): Promise<ExitCode> {
  const [{ inspectFolder }, { initConfig }] = await Promise.all([
    import('../pipeline/inspect-folder.js'),
    import('../init/init-config.js'),
  ]);
  const findings = await inspectFolder(folder, terminal.effects());
  const text = initConfig(findings);
  const open = [...findings.survey.problems, ...findings.problems];
  if (flags.out === '-') terminal.print(text.trimEnd());
  else {
    const file = flags.out ?? path.join(folder, 'report.yaml');
    await write(file, text, flags.force === true);
    terminal.print(`Wrote ${file}`);
    terminal.note(`Look through it, then: roi-report build --data ${folder} --config ${file}`);
  }
  for (const { message, hint } of open) terminal.note(`Left to decide: ${message}${hint ? ` ${hint}` : ''}`);
  return open.length > 0 ? EXIT.data : EXIT.ok;
}

async function write(file: string, text: string, overwrite: boolean): Promise<void> {
  try {
    await writeFile(file, text, { flag: overwrite ? 'w' : 'wx' });
  } catch (error) {
    const exists = errorCode(error) === 'EEXIST';
    throw new ReportError(
      exists ? `${file} is there already.` : `${file} cannot be written: ${messageOf(error)}.`,
      {
        code: exists ? 'config-exists' : 'output-unwritable',
        exitCode: EXIT.usage,
        hint: exists
          ? 'Write over it with --force, or name another file with --out.'
          : 'Name a file in a folder you may write to with --out.',
        cause: error,
      },
    );
  }
}
