import { z } from 'zod';
import { currencyCode, localeCode } from '../format/codes.js';
import { comparisonSchema } from './comparison-schema.js';
import { id, unit } from './fields.js';

/** The Report: everything that is shown, computed and serialisable, before anything is drawn. Money in major units. */

const value = z.union([z.string(), z.number(), z.null()]);

const delta = z
  .object({
    period: z.string().describe('the days of the report’s week, written out'),
    current: z.number().nullable().describe('the figure of the report’s week'),
    previous: z.number().nullable().describe('the figure of the week before'),
    change: z.number().nullable().describe('current against previous; see kind'),
    average: z.number().nullable().describe('weekly figure over the four weeks before'),
    changeFromAverage: z.number().nullable().describe('current against average; see kind'),
    kind: z
      .enum(['relative', 'absolute'])
      .describe('relative: change ÷ the earlier figure; absolute: the difference'),
  })
  .describe('movement of the report’s week; null where it cannot be computed');

const kpi = z.object({
  id,
  label: z.string(),
  value: z.number().nullable(),
  unit,
  note: z.string().optional(),
  delta: delta.optional(),
  trend: z.array(z.number().nullable()).optional().describe('one value a week, oldest first'),
});

const table = z.object({
  id,
  title: z.string(),
  empty: z.string().optional().describe('what stands in its place where it has no rows'),
  note: z.string().optional().describe('what stands under it'),
  columns: z.array(z.object({ key: z.string(), label: z.string(), unit })),
  rows: z.array(z.record(z.string(), value)),
});

const chart = z.object({
  id,
  title: z.string(),
  alt: z.string().describe('what the chart shows, in one sentence'),
  spec: z.record(z.string(), z.unknown()).describe('a Vega-Lite specification with its data'),
  legend: z.array(z.object({ label: z.string(), color: z.string() })).optional(),
});

const section = z.object({
  id,
  title: z.string().describe('the topic'),
  headline: z.string().describe('the message'),
  kpis: z.array(kpi),
  tables: z.array(table),
  charts: z.array(chart),
  notes: z.array(z.string()),
  error: z.string().optional().describe('why this section could not be computed'),
});

const finding = z.object({
  id: z.string(),
  severity: z.enum(['good', 'bad', 'neutral']),
  text: z.string().describe('the finding in one sentence'),
  detail: z.string().optional(),
  evidence: z.object({
    section: z.string(),
    impact: z.number().describe('money at stake, major units; findings are ordered by it'),
    values: z.record(z.string(), value),
  }),
});

const control = z.object({
  id: z.string(),
  label: z.string(),
  unit,
  expected: z.number(),
  actual: z.number(),
  ok: z.boolean(),
});

const check = z.object({
  id: z.string(),
  title: z.string(),
  severity: z.enum(['ok', 'info', 'warning', 'error', 'off']).describe('ok: nothing found; off: did not run'),
  count: z.number().int(),
  text: z.string().describe('what was found, for a marketer'),
  examples: z.array(z.string()).describe('up to three of what was found'),
  fix: z.string().optional().describe('what to do about it'),
});

const quarantine = z.object({
  rows: z.number().int().describe('rows that are not in the figures'),
  revenue: z.number().describe('their revenue, so far as it is known'),
  tables: z
    .array(
      z.object({
        table: z.string(),
        read: z.number().int(),
        used: z.number().int(),
        blank: z.number().int(),
        quarantined: z.number().int(),
      }),
    )
    .describe('what became of the rows of each table: read = used + blank + quarantined'),
  examples: z
    .array(
      z.object({
        table: z.string(),
        file: z.string(),
        line: z.number().int().describe('physical line on which the row begins'),
        column: z.string().nullable().describe('null: the whole row'),
        value: z.string(),
        reason: z.string(),
        fix: z.string(),
        revenue: z.number().nullable(),
      }),
    )
    .describe('the first of these rows; all of them are in quarantine.csv'),
});

export const sourceSchema = z.object({
  table: z.string(),
  file: z.string(),
  rows: z.number().int(),
  bytes: z.number().int(),
  sha256: z.string(),
  ignoredColumns: z.array(z.string()),
  notes: z.array(z.string()),
});

export const filtersSchema = z.object({
  campaigns: z.array(z.string()),
  categories: z.array(z.string()),
  platforms: z.array(z.string()),
  minFollowers: z.number().nullable(),
  maxFollowers: z.number().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
});

export const reportSchema = z.object({
  schemaVersion: z.literal(1),
  status: z.enum(['complete', 'degraded']),
  meta: z.object({
    title: z.string(),
    brand: z.string(),
    asOf: z.iso.date(),
    period: z.object({
      from: z.string().nullable(),
      to: z.string().nullable(),
      label: z.string(),
      week: z.string().nullable().describe('Monday of the week that the movements speak of'),
    }),
    timezone: z.string(),
    currency: currencyCode,
    locale: localeCode,
    filters: filtersSchema,
    thresholds: z.object({ roasBelow: z.number() }),
    sources: z.array(sourceSchema),
    engine: z.string(),
    version: z.string(),
  }),
  badge: z.object({ color: z.enum(['green', 'amber', 'red']), reason: z.string() }),
  findings: z.array(finding),
  sections: z.array(section),
  quality: z.object({
    checks: z.array(check),
    quarantined: quarantine,
  }),
  controls: z.array(control),
  comparison: comparisonSchema.optional(),
});

export type Report = z.infer<typeof reportSchema>;
export type Section = z.infer<typeof section>;
export type Kpi = z.infer<typeof kpi>;
export type Table = z.infer<typeof table>;
export type Chart = z.infer<typeof chart>;
export type Finding = z.infer<typeof finding>;
export type Check = z.infer<typeof check>;
export type Quarantined = z.infer<typeof quarantine>;
export type Control = z.infer<typeof control>;
export type Row = Table['rows'][number];

/** The JSON Schema of report.json. */
export function reportJsonSchema(): object {
  return { title: 'roi-report report.json', ...z.toJSONSchema(reportSchema) };
}
