import { stat } from 'node:fs/promises';
import { type ContentHash, openContentHashes } from '../cache/content-hashes.js';
import type { Config } from '../config/schema.js';
import type { Effects } from '../effects.js';
import { errorCode } from '../errors.js';
import { currencyDigits } from '../format/format.js';
import { prepareModel } from '../model/prepare.js';
import { assertIdentified, identifySources } from '../sources/identify.js';
import { loadSources } from '../sources/load.js';
import type { Survey } from '../sources/recognise/types.js';
import { dataError } from '../sources/source-file.js';
import type { DuckDb } from '../warehouse/duckdb.js';
import { assertCurrency, assertNoFileTwice } from './contradictions.js';
import { openDataCache } from './data-cache.js';
import { type DataFacts, dataFacts } from './data-facts.js';

export interface DataInputs {
  /** Folder that holds the four tables. */
  dataDir: string;
  config: Config;
  /** ISO day on which the report is made. */
  asOf: string;
  /** Private folder that keeps loaded tables for the next run; without one, none are kept or used. */
  cacheFolder?: string | null;
}

/** Whether a run uses tables that an earlier run kept, and how to forget them. */
export interface KeptTables {
  forget: (() => Promise<void>) | null;
}

/** Told of the files that lie in the folder and are not used. */
const TOLD_LEFT_OUT = 10;
/** What lies beside data anywhere, and is not told. */
const BESIDE_DATA = /\.(md|ya?ml|json|txt)$/i;

/**
 * Finds, loads and prepares the tables of a run, or takes them as an earlier run kept them.
 *
 * @param kept - is told of kept tables before they are used, since anything may fail on them
 * @throws ReportError exit code 3 for data that cannot be used
 */
export async function prepareData(
  warehouse: DuckDb,
  { dataDir, config, cacheFolder = null }: DataInputs,
  effects: Effects,
  kept: KeptTables,
): Promise<DataFacts> {
  const { signal } = effects;
  const survey = await identifySources(dataDir, config.sources);
  assertIdentified(survey);
  assertCurrency(survey, config.report.currency);
  const leftOut = survey.leftOut.filter(({ name }) => !BESIDE_DATA.test(name));
  for (const { name, why } of leftOut.slice(0, TOLD_LEFT_OUT)) {
    effects.progress(`Left out: ${name} ${why}`);
  }
  const paths = pathsOf(survey);
  const hashes = await openContentHashes(cacheFolder, effects.now);
  const found = new Map<string, ContentHash>();
  const hashAll = async () => {
    for (const path of paths) found.set(path, await stillThere(path, signal, hashes.of(path, signal)));
  };
  const hashOf = (path: string): ContentHash => {
    const hash = found.get(path);
    if (!hash) throw new Error(`${path} was not hashed.`);
    return hash;
  };

  const cache =
    cacheFolder === null ? null : openDataCache(cacheFolder, survey, config, warehouse.engine, effects.now);
  if (cache && (await cache.isLikely())) {
    await hashAll();
    kept.forget = () => cache.drop(hashOf);
    const facts = await cache.fetch(warehouse, hashOf);
    if (facts) {
      await hashes.save();
      return facts;
    }
    kept.forget = null;
  }

  const before = await statesOf(paths, signal);
  const [loading, hashing] = await Promise.allSettled([
    loadSources(warehouse, survey, {
      settings: config.sources,
      currencyDigits: currencyDigits(config.report.currency),
      signal,
      progress: effects.progress,
    }),
    found.size === 0 ? hashAll() : undefined,
  ]);
  if (loading.status === 'rejected') throw loading.reason;
  if (hashing.status === 'rejected') throw hashing.reason;
  const loaded = loading.value;
  assertNoFileTwice(survey, hashOf);
  assertUnchanged(survey, before, await statesOf(paths, signal));
  const facts = dataFacts(survey, loaded, hashOf);
  effects.progress('Allocating payouts');
  await prepareModel(warehouse);
  await cache?.keep(warehouse, hashOf, facts);
  await hashes.save();
  return facts;
}

function pathsOf({ files }: Survey): string[] {
  return [...new Set(Object.values(files).flatMap((each) => each.map(({ head }) => head.file.path)))];
}

/** What changes when a file is written, by its path. */
async function statesOf(paths: readonly string[], signal: AbortSignal): Promise<Map<string, string>> {
  const states = await Promise.all(
    paths.map(async (path) => {
      const { size, mtimeNs, ino } = await stillThere(path, signal, stat(path, { bigint: true }));
      return [path, `${size} ${mtimeNs} ${ino}`] as const;
    }),
  );
  return new Map(states);
}

/** What is asked of a file that was there when the run began. */
async function stillThere<Result>(
  path: string,
  signal: AbortSignal,
  asked: Promise<Result>,
): Promise<Result> {
  try {
    return await asked;
  } catch (error) {
    signal.throwIfAborted();
    throw dataError(
      'file-changed',
      `${path} can no longer be read (${errorCode(error) || 'unknown reason'}).`,
      'Wait until nobody writes to the data folder, and run again.',
      error,
    );
  }
}

function assertUnchanged(
  { files }: Survey,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): void {
  const changed = Object.values(files)
    .flat()
    .find(({ head }) => before.get(head.file.path) !== after.get(head.file.path));
  if (!changed) return;
  throw dataError(
    'file-changed',
    `${changed.head.file.name} changed while it was read.`,
    'Wait until nobody writes to the data folder, and run again.',
  );
}
