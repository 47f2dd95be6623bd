import type { Command } from 'commander';
import { EXIT, type ExitCode } from '../errors.js';
import { addBuildOptions, type BuildFlags } from './build-flags.js';
import { recordFailure, recordOutcome } from './build-records.js';
import type { Terminal } from './terminal.js';
import type { WrittenEdition } from './write-edition.js';

export function buildCommand(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  const command = program
    .command('build')
    .summary('one report now')
    .description(
      'Reads the four tables of a folder and writes report.pdf, report.html, report.json and manifest.json.',
    );
  addBuildOptions(command).action(async (flags: BuildFlags) => done(await build(flags, terminal)));
}

async function build(flags: BuildFlags, terminal: Terminal): Promise<ExitCode> {
  const effects = terminal.effects({ quiet: flags.json === true });
  const launching = flags.format.includes('pdf')
    ? import('../render/browser/launch.js').then(({ launchBrowser }) => launchBrowser(effects))
    : undefined;
  launching?.catch(() => {});
  let edition: WrittenEdition;
  try {
    const { writeEdition } = await import('./write-edition.js');
    edition = await writeEdition(flags, launching, effects);
  } catch (error) {
    if (!effects.signal.aborted) await recordFailure(error, flags, terminal);
    throw error;
  } finally {
    await launching?.then((browser) => browser.close()).catch(() => {});
  }
  await recordOutcome(edition, flags, terminal);
  await tell(edition, flags, terminal);
  if (edition.report.status === 'degraded') return EXIT.bug;
  return edition.gates.every(({ ok }) => ok) ? EXIT.ok : EXIT.data;
}

async function tell(edition: WrittenEdition, { json }: BuildFlags, terminal: Terminal): Promise<void> {
  const { resultOf, summary } = await import('./summary.js');
  const { report, gates, files, milliseconds } = edition;
  if (json) terminal.printJson({ ...resultOf(report, files, milliseconds), gates });
  else terminal.print(summary(report, files, milliseconds));
  for (const { gate, text } of gates.filter(({ ok }) => !ok)) terminal.note(`Gate ${gate} failed. ${text}`);
}
