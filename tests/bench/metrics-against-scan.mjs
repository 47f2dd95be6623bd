import { mkdir, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { runChild } from './child.mjs';
import { megabytes } from './numbers.mjs';
import { inPackage } from './places.mjs';

/** A tracked order takes 90 bytes in CSV; posts and influencers take a tenth on top. */
const BYTES_PER_ROW = 120;

/**
 * Benchmark b: load, checks and metrics of a generated input with `rows` tracked orders, a first time and again on the unchanged files,
 * against one DuckDB scan of the same file. They take turns, and the best of each counts.
 *
 * @returns seconds and peak memory (bytes) of each, the size of the file in bytes, the ratios of the seconds to the scan's
 * @throws Error where the disk is too small, or where a report is degraded
 */
export async function metricsAgainstScan({ rows, scratch, progress, signal }) {
  const data = path.join(scratch, `rows-${rows}`);
  await mkdir(data);
  await assertSpace(data, rows * BYTES_PER_ROW);
  try {
    const size = rows.toLocaleString('en-US');
    progress(`b: making ${size} orders`);
    await runChild([inPackage('dist/sample/main.js'), '--size', String(rows), '--out', data], signal);
    const runs = rows <= 1_000_000 ? 3 : 2;
    const ours = [];
    const again = [];
    const scans = [];
    for (let turn = 1; turn <= runs; turn++) {
      progress(`b: ${size} orders, turn ${turn} of ${runs}`);
      const cache = path.join(scratch, 'cache');
      await mkdir(cache);
      ours.push(await measured('tests/bench/metrics.mjs', [data, cache], signal));
      again.push(await measured('tests/bench/metrics.mjs', [data, cache], signal));
      await rm(cache, { recursive: true });
      scans.push(await measured('tests/bench/scan.mjs', [data], signal));
    }
    if ([...ours, ...again].some(({ status }) => status !== 'complete'))
      throw new Error('A section of the report failed.');
    const { size: fileBytes } = await stat(path.join(data, 'tracking_data.csv'));
    const [first, second, scan] = [bestOf(ours), bestOf(again), bestOf(scans)];
    return {
      rows,
      runs,
      fileBytes,
      first,
      second,
      scan,
      ratio: first.seconds / scan.seconds,
      secondRatio: second.seconds / scan.seconds,
    };
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

async function measured(script, folders, signal) {
  const { seconds, stdout } = await runChild([inPackage(script), ...folders], signal);
  return { seconds, ...JSON.parse(stdout) };
}

/** The shortest time and, of all runs, the highest memory. */
function bestOf(runs) {
  return {
    seconds: Math.min(...runs.map(({ seconds }) => seconds)),
    peakBytes: Math.max(...runs.map(({ peakBytes }) => peakBytes)),
  };
}

async function assertSpace(folder, needed) {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize > 2 * needed) return;
  throw new Error(
    `${folder} has ${megabytes(bavail * bsize)} free; twice ${megabytes(needed)} are needed. ` +
      'Set TMPDIR to a larger disk, or ask for fewer rows with --rows.',
  );
}
