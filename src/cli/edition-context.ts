import path from 'node:path';
import type { Config } from '../config/schema.js';
import type { EditionContext, Tell } from '../editions/context.js';
import type { Effects } from '../effects.js';
import { EXIT, ReportError } from '../errors.js';
import { cacheFolder, configFile } from './shared-options.js';

/** What every command that deals with editions is told. */
export interface EditionFlags {
  data: string;
  config?: string;
  out: string;
  cache: boolean;
}

/** Where deliveries lie below the folder of the output. */
export function deliveryFolder(out: string): string {
  return path.resolve(out, 'delivery');
}

/** Reads the configuration that the flags name. */
export async function editionConfig(flags: Pick<EditionFlags, 'config'>): Promise<Config> {
  const { loadConfig } = await import('../config/load.js');
  return loadConfig(configFile(flags.config));
}

/**
 * Opens ledger and transport, does `work`, and closes them.
 *
 * @param tell - gets the redactor, so that what it writes holds no secret
 * @throws ReportError for secrets that cannot be used, a ledger that cannot be opened, or TLS switched off for another machine
 */
export async function withEditions<Result>(
  flags: EditionFlags,
  config: Config,
  effects: Effects,
  tell: (redact: (text: string) => string) => Tell,
  work: (context: EditionContext) => Promise<Result>,
): Promise<Result> {
  const [{ openLedger }, { readSecrets, redactor }, { openTransport }] = await Promise.all([
    import('../ledger/open-ledger.js'),
    import('../delivery/secrets.js'),
    import('../delivery/open-transport.js'),
  ]);
  const secrets = readSecrets(process.env);
  const redact = redactor(secrets);
  const folder = deliveryFolder(flags.out);
  if (config.delivery.dkim !== null && secrets.dkimKey === null) {
    throw new ReportError(
      'delivery.dkim is set, but ROI_REPORT_DKIM_KEY is not, so no message could be signed.',
      {
        code: 'no-dkim-key',
        exitCode: EXIT.usage,
        hint: 'Set ROI_REPORT_DKIM_KEY to the private key (PEM) of the selector, or take delivery.dkim out.',
      },
    );
  }
  const transport = openTransport(config.delivery, secrets, folder);
  const ledger = openLedger(folder);
  const telling = tell(redact);
  try {
    return await work({
      config,
      dataDir: flags.data,
      cacheFolder: await cacheFolder(flags, effects.warn),
      folder,
      ledger,
      transport,
      dkimKey: secrets.dkimKey,
      redact,
      tell: telling,
      effects: { ...effects, warn: (line) => telling('warn', line, { event: 'warning' }) },
    });
  } finally {
    await transport.close();
    ledger.close();
  }
}
