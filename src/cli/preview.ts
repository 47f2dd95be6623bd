import { type Command, InvalidArgumentError, Option } from 'commander';
import { EXIT, type ExitCode } from '../errors.js';
import { parseDay } from './filter-options.js';
import {
  cacheFolder,
  configFile,
  configOption,
  dataOption,
  noCacheOption,
  notBlank,
} from './shared-options.js';
import type { Terminal } from './terminal.js';

interface PreviewFlags {
  data: string;
  config?: string;
  asOf?: string;
  host: string;
  port: number;
  cache: boolean;
}

const PORT = 4747;
const THIS_MACHINE = '127.0.0.1';
const TOKEN = 'ROI_REPORT_PREVIEW_TOKEN';

export function previewCommand(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  program
    .command('preview')
    .summary('the report in the browser, filters live')
    .description(
      'Serves a page with the report and its filters. It follows the data, the configuration and the templates as they change.',
    )
    .addOption(dataOption())
    .addOption(configOption())
    .addOption(
      new Option('--as-of <day>', 'the day of the report, YYYY-MM-DD (default: today in its time zone)')
        .env('ROI_REPORT_AS_OF')
        .argParser(parseDay),
    )
    .option('--port <number>', 'where the page is served; 0 takes any that is free', parsePort, PORT)
    .option(
      '--host <address>',
      `from where it can be reached; beyond this machine it asks for a token (${TOKEN}, else made up)`,
      notBlank,
      THIS_MACHINE,
    )
    .addOption(noCacheOption())
    .action(async (flags: PreviewFlags) => done(await preview(flags, terminal)));
}

async function preview(flags: PreviewFlags, terminal: Terminal): Promise<ExitCode> {
  const effects = terminal.effects();
  const { servePreview } = await import('../preview/serve.js');
  effects.progress('Loading the data');
  const token = process.env[TOKEN];
  const serving = await servePreview(
    {
      dataDir: flags.data,
      configFile: configFile(flags.config),
      cacheFolder: await cacheFolder(flags, effects.warn),
      host: flags.host,
      port: flags.port,
      ...(flags.asOf !== undefined && { asOf: flags.asOf }),
      ...(token !== undefined && token !== '' && { token }),
    },
    effects,
  );
  terminal.print(serving.address);
  effects.progress('Open it in a browser; Ctrl-C ends it.');
  if (!effects.signal.aborted)
    await new Promise((resolve) => effects.signal.addEventListener('abort', resolve, { once: true }));
  await serving.close();
  return EXIT.ok;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('It is not a port such as 4747.');
  return port;
}
