import { z } from 'zod';
import { filtersSchema, type Report } from '../report/schema.js';
import { type FileFacts, fileFacts } from './file-facts.js';
import type { GateResult } from './judge-gates.js';

const file = z.object({
  file: z.string().describe('its name, or its path below a folder with /'),
  bytes: z.number().int(),
  sha256: z.string().describe('of its content, hexadecimal'),
});

export const manifestSchema = z.object({
  schemaVersion: z.literal(1),
  report: z.object({
    title: z.string(),
    brand: z.string(),
    asOf: z.iso.date(),
    status: z.enum(['complete', 'degraded']),
    period: z.object({ from: z.string().nullable(), to: z.string().nullable() }),
    filters: filtersSchema,
    thresholds: z.object({ roasBelow: z.number() }),
  }),
  inputs: z.array(file.extend({ table: z.string() })).describe('the files that the figures are made of'),
  configuration: file.nullable().describe('null: there is none, and all is default'),
  templates: z.array(file).describe('the user’s own; the built-in ones come with the version of roi-report'),
  sections: z.array(file).describe('the user’s own'),
  previous: z
    .object({ asOf: z.string(), sha256: z.string() })
    .nullable()
    .describe('report.json of the edition that the report is compared with'),
  outputs: z
    .array(file)
    .describe(
      'every other file of the folder that the run wrote, by name; the same here means the same artifacts',
    ),
  gates: z.array(
    z.object({
      gate: z.string(),
      ok: z.boolean(),
      value: z
        .number()
        .nullable()
        .describe('the figure, or how many rows or checks the gate found; null: n/a'),
      text: z.string(),
    }),
  ),
  versions: z
    .object({
      'roi-report': z.string(),
      node: z.string(),
      engine: z.string(),
      browser: z.string().nullable().describe('null: no PDF was printed'),
    })
    .describe('of what the run was made with'),
  timings: z
    .record(z.string(), z.number().int())
    .describe('milliseconds of each step, and of all until the files were written; they differ in every run'),
});

/** What a build was made of, what it brought and how long it took. */
export type Manifest = z.infer<typeof manifestSchema>;

export interface ManifestFacts {
  report: Report;
  /** What is written into the folder, by path. */
  files: ReadonlyMap<string, string | Uint8Array>;
  configuration: FileFacts | null;
  templates: readonly FileFacts[];
  sections: readonly FileFacts[];
  gates: readonly GateResult[];
  /** Null where no PDF was printed. */
  browser: string | null;
  timings: Record<string, number>;
}

/** The manifest of a build. All but `timings` and `versions` depends on inputs, configuration and command line alone. */
export function manifestOf(facts: ManifestFacts): Manifest {
  const { report, files, gates, browser } = facts;
  const { title, brand, asOf, period, filters, thresholds, sources, engine, version } = report.meta;
  const previous = report.comparison?.with;
  return {
    schemaVersion: 1,
    report: {
      title,
      brand,
      asOf,
      status: report.status,
      period: { from: period.from, to: period.to },
      filters,
      thresholds,
    },
    inputs: sources.map(({ table, file: name, bytes, sha256 }) => ({ table, file: name, bytes, sha256 })),
    configuration: facts.configuration,
    templates: [...facts.templates],
    sections: [...facts.sections],
    previous: previous === undefined ? null : { asOf: previous.asOf, sha256: previous.sha256 },
    outputs: outputsOf(files),
    gates: [...gates],
    versions: { 'roi-report': version, node: process.versions.node, engine, browser },
    timings: facts.timings,
  };
}

/** The files of a build with their hashes, by name. */
export function outputsOf(files: ReadonlyMap<string, string | Uint8Array>): FileFacts[] {
  return [...files]
    .map(([name, content]) => fileFacts(name, content))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** The JSON Schema of manifest.json. */
export function manifestJsonSchema(): object {
  return { title: 'roi-report manifest.json', ...z.toJSONSchema(manifestSchema) };
}
