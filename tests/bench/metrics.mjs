// Load, checks and all metrics, without rendering: `node metrics.mjs FOLDER CACHE`.
import { loadConfig } from '../../dist/config/load.js';
import { quietEffects } from '../../dist/effects.js';
import { computeReport } from '../../dist/pipeline/compute-report.js';
import { AS_OF, CONFIG } from './places.mjs';

const [, , dataDir, cacheFolder] = process.argv;
const { report } = await computeReport(
  { dataDir, config: await loadConfig(CONFIG), asOf: AS_OF, cacheFolder },
  quietEffects(),
);
process.stdout.write(
  JSON.stringify({ status: report.status, peakBytes: process.resourceUsage().maxRSS * 1024 }),
);
