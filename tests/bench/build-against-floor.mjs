import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadConfig } from '../../dist/config/load.js';
import { runChild } from './child.mjs';
import { median, spread } from './numbers.mjs';
import { AS_OF, CONFIG, inPackage, SAMPLE } from './places.mjs';

/**
 * Benchmark a: a cold `build` of the sample, all formats, against a bare script that only prints the finished HTML with the same
 * browser. The two take turns; the first turn does not count.
 *
 * @returns seconds of both (median, min, max), the ratio of the medians, the smallest and largest ratio of one turn, and the
 *   median seconds of each phase of the build
 */
export async function buildAgainstFloor({ runs, browser, scratch, progress, signal }) {
  const out = path.join(scratch, 'build');
  const settings = path.join(scratch, 'floor.json');
  const { report: page } = await loadConfig(CONFIG);
  await writeFile(
    settings,
    JSON.stringify({
      ...browser,
      html: path.join(out, AS_OF, 'report.html'),
      pdf: path.join(scratch, 'floor.pdf'),
      page: { paper: page.paper, orientation: page.orientation },
    }),
    { mode: 0o600 },
  );
  const command = ['build', '--data', SAMPLE, '--config', CONFIG, '--as-of', AS_OF, '--out', out];
  const builds = [];
  const floors = [];
  for (let turn = 0; turn <= runs; turn++) {
    progress(turn === 0 ? 'a: warming up' : `a: turn ${turn} of ${runs}`);
    const build = await runChild([inPackage('dist/cli.js'), ...command], signal);
    const floor = await runChild([inPackage('tests/bench/floor.mjs'), settings], signal);
    if (turn === 0) continue;
    builds.push(build);
    floors.push(floor);
  }
  const secondsOf = (children) => children.map(({ seconds }) => seconds);
  const ours = spread(secondsOf(builds));
  const floor = spread(secondsOf(floors));
  const turns = spread(builds.map(({ seconds }, turn) => seconds / floors[turn].seconds));
  return {
    runs,
    ours,
    floor,
    ratio: ours.median / floor.median,
    ratioMin: turns.min,
    ratioMax: turns.max,
    phases: phasesOf(builds),
  };
}

/** A phase lasts from its line of progress to the next one, the last until the process ends. */
function phasesOf(builds) {
  const lengths = new Map();
  for (const { progress, seconds } of builds) {
    const steps = [{ line: 'Starting Node and reading the code', second: 0 }, ...progress];
    steps.forEach(({ line, second }, place) => {
      const length = (steps[place + 1]?.second ?? seconds) - second;
      lengths.set(line, [...(lengths.get(line) ?? []), length]);
    });
  }
  return [...lengths].map(([phase, each]) => ({ phase, seconds: median(each) }));
}
