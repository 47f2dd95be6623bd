// npm run bench -- [--only a,b,c,d,e] [--rows 1000000,10000000] [--runs 7] [--json FILE]
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { browserOfBuilds } from './browser.mjs';
import { buildAgainstFloor } from './build-against-floor.mjs';
import { machineFacts } from './machine.mjs';
import { metricsAgainstScan } from './metrics-against-scan.mjs';
import { parseOptions } from './options.mjs';
import { previewFilters } from './preview-filters.mjs';
import { repeatedReports } from './repeated-reports.mjs';
import { slicesAgainstLoop } from './slices-against-loop.mjs';
import { resultsTable } from './table.mjs';

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(name, () => stop.abort(new Error('Stopped.')));
const { signal } = stop;
const progress = (step) => void process.stderr.write(`${step}\n`);

async function measure({ only, rows, runs }, scratch) {
  const browser = await browserOfBuilds(progress, signal);
  const results = { machine: machineFacts(browser) };
  if (only.includes('a')) results.a = await buildAgainstFloor({ runs, browser, scratch, progress, signal });
  if (only.includes('b')) {
    results.b = [];
    for (const size of rows)
      results.b.push(await metricsAgainstScan({ rows: size, scratch, progress, signal }));
  }
  if (only.includes('c')) results.c = await repeatedReports({ progress, signal });
  if (only.includes('d')) results.d = await slicesAgainstLoop({ browser, scratch, progress, signal });
  if (only.includes('e'))
    results.e = await previewFilters({ rows: Math.max(...rows), browser, scratch, progress, signal });
  return results;
}

const scratch = await mkdtemp(path.join(os.tmpdir(), 'roi-report-bench-'));
try {
  const options = parseOptions(process.argv.slice(2));
  const results = await measure(options, scratch);
  process.stdout.write(resultsTable(results));
  if (options.json) await writeFile(options.json, `${JSON.stringify(results, null, 2)}\n`);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  await rm(scratch, { recursive: true, force: true });
}
