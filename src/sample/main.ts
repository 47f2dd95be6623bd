import { ReportError } from '../errors.js';
import { generateSample } from './generate.js';
import { parseOptions } from './options.js';

try {
  const options = parseOptions(process.argv.slice(2));
  const counts = await generateSample(options);
  process.stderr.write(
    `Wrote ${counts.influencers} influencers, ${counts.posts} posts and ${counts.tracking_data} tracked rows ` +
      `with their payouts to ${options.out} (seed ${options.seed}).\n`,
  );
} catch (error) {
  if (!(error instanceof ReportError)) throw error;
  process.stderr.write(`${[error.message, error.hint].filter(Boolean).join(' ')}\n`);
  process.exitCode = error.exitCode;
}
