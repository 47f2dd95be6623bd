import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadConfig } from '../../dist/config/load.js';
import { runChild } from './child.mjs';
import { median } from './numbers.mjs';
import { CONFIG, inPackage } from './places.mjs';

const MARKS = [50, 100, 200];
const SLICES = MARKS.at(-1);

/**
 * Benchmark d: a PDF of each of 200 slices of the sample (one load, figures, charts, templates, print) against a bare loop that prints the
 * same finished pages one after the other.
 *
 * @returns seconds and slices a second of both, our rate as a share of the bare one, and our memory at each mark
 */
export async function slicesAgainstLoop({ browser, scratch, progress, signal }) {
  const folder = path.join(scratch, 'slices');
  await mkdir(folder);
  progress(`d: ${SLICES} slices of the sample, one load`);
  const ours = await runChild(
    ['--expose-gc', inPackage('tests/bench/many-slices.mjs'), folder, MARKS.join()],
    signal,
  );
  progress(`d: the same ${SLICES} pages in a bare loop`);
  const { report: page } = await loadConfig(CONFIG);
  const documents = (await readdir(folder))
    .filter((name) => name.endsWith('.html'))
    .sort()
    .map((name) => ({ html: path.join(folder, name), pdf: path.join(folder, `bare-${name}.pdf`) }));
  const settings = path.join(scratch, 'print-loop.json');
  await writeFile(settings, JSON.stringify({ ...browser, documents, page }));
  const bare = await runChild([inPackage('tests/bench/print-loop.mjs'), settings], signal);

  const { readings, browsers } = JSON.parse(ours.stdout);
  const memory = MARKS.map((mark) => {
    const before = readings.filter(({ slices }) => slices <= mark && slices > mark - 50);
    return {
      slices: mark,
      nodeBytes: median(before.map(({ nodeBytes }) => nodeBytes)),
      browserBytes: median(before.map(({ browserBytes }) => browserBytes)),
    };
  });
  return {
    slices: SLICES,
    browsers,
    ours: { seconds: ours.seconds, rate: SLICES / ours.seconds },
    bare: { seconds: bare.seconds, rate: SLICES / bare.seconds },
    ratio: bare.seconds / ours.seconds,
    memory,
  };
}
