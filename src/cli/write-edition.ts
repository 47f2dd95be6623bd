import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileFacts, folderFacts } from '../ci/file-facts.js';
import { judgeGates } from '../ci/judge-gates.js';
import { manifestOf, outputsOf } from '../ci/manifest.js';
import type { BuildOutcome } from '../ci/outcome.js';
import { startStopwatch } from '../ci/stopwatch.js';
import { findPrevious } from '../comparison/find-previous.js';
import type { Effects } from '../effects.js';
import { currencyDigits } from '../format/format.js';
import { editionName } from '../output/edition.js';
import { quarantineCsv } from '../output/quarantine-csv.js';
import { earlierTables, removeStaleFiles } from '../output/remove-stale-files.js';
import { writeFiles } from '../output/write-files.js';
import { computeReport } from '../pipeline/compute-report.js';
import type { RunningBrowser } from '../render/browser/launch.js';
import type { BuildFlags } from './build-flags.js';
import { type BuildInputs, buildInputs } from './build-inputs.js';
import { drawFiles } from './draw-files.js';
import { cacheFolder } from './shared-options.js';
import type { WrittenFile } from './summary.js';

const MANIFEST = 'manifest.json';

export interface WrittenEdition extends BuildOutcome {
  /** Every file of it, with its whole path. */
  files: WrittenFile[];
  milliseconds: number;
}

/**
 * Makes a report as the command line says, judges its gates, and writes all of its files with the manifest, whatever the gates say.
 *
 * @param browser - being started, where a PDF is wanted
 * @throws ReportError where inputs, figures, gates, pages or files cannot be made; nothing is written then
 */
export async function writeEdition(
  flags: BuildFlags,
  browser: Promise<RunningBrowser> | undefined,
  effects: Effects,
): Promise<WrittenEdition> {
  const stopwatch = startStopwatch(effects.now);
  const inputs = await buildInputs(flags, effects);
  const { config, asOf } = inputs;
  const kept = await cacheFolder(flags, effects.warn);
  const { brand, title, currency } = config.report;
  const slice = { brand, title, asOf, currency, filters: config.filters, isolated: false };
  const previous = await findPrevious(flags.compare, flags.out, slice, effects);
  const { report, quarantined } = await stopwatch.time('report', () =>
    computeReport({ dataDir: flags.data, config, asOf, cacheFolder: kept, previous }, effects),
  );
  const gates = judgeGates(flags.failOn, report);
  const formats = new Set<BuildFlags['format'][number]>(['json', ...flags.format]);
  const files = await drawFiles(report, { formats: [...formats], config, browser, stopwatch }, effects);
  if (quarantined.length > 0)
    files.set('quarantine.csv', quarantineCsv(quarantined, currencyDigits(config.report.currency)));
  const { total, ...steps } = stopwatch.read();
  const manifest = manifestOf({
    report,
    files,
    ...(await ownFiles(inputs)),
    gates,
    browser: (await (await browser)?.version()) ?? null,
    timings: { ...steps, total },
  });
  files.set(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
  effects.signal.throwIfAborted();
  const folder = path.join(flags.out, editionName(asOf, config.filters));
  const earlier = await earlierTables(folder);
  await writeFiles(folder, files);
  await removeStaleFiles(folder, files, earlier);
  return {
    report,
    gates,
    outputs: manifest.outputs,
    files: outputsOf(files).map(({ file, bytes }) => ({ file: path.join(folder, file), bytes })),
    milliseconds: total,
  };
}

/** What of the user's own, beside the data, goes into a report. */
async function ownFiles({ config, configFile }: BuildInputs) {
  const { templates } = config.theme;
  const sections = await Promise.all(
    config.sections.map(async (folder) => {
      const files = await folderFacts(folder);
      const name = path
        .relative(path.dirname(configFile ?? '.'), folder)
        .split(path.sep)
        .join('/');
      return files.map((facts) => ({ ...facts, file: `${name}/${facts.file}` }));
    }),
  );
  return {
    configuration:
      configFile === null ? null : fileFacts(path.basename(configFile), await readFile(configFile)),
    templates: templates === null ? [] : await folderFacts(templates),
    sections: sections.flat(),
  };
}
