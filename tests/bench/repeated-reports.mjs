import { runChild } from './child.mjs';
import { median } from './numbers.mjs';
import { inPackage } from './places.mjs';

/**
 * Benchmark c: ten reports, one after another, in one process and on one browser.
 *
 * @returns milliseconds and resident memory (bytes, after a garbage collection) of each report, the median of the milliseconds
 *   without the first report, and the memory after the last report as a share of that after the third
 */
export async function repeatedReports({ progress, signal }) {
  progress('c: ten reports in one process');
  const { stdout } = await runChild(['--expose-gc', inPackage('tests/bench/ten-reports.mjs')], signal);
  const reports = JSON.parse(stdout);
  return {
    reports,
    milliseconds: median(reports.slice(1).map(({ milliseconds }) => milliseconds)),
    memoryRatio: reports.at(-1).memoryBytes / reports[2].memoryBytes,
  };
}
