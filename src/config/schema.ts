import { z } from 'zod';
import { currencyCode, localeCode, timeZoneName } from '../format/codes.js';
import { cache, checks, quarantine } from './checks.js';
import { delivery } from './delivery.js';
import { filters } from './filters.js';
import { schedules } from './schedules.js';
import { sources } from './sources.js';

const report = z
  .strictObject({
    title: z.string().default('Influencer ROI').describe('stands in the header and as the title of the PDF'),
    brand: z.string().default('Influencer marketing').describe('whose report it is'),
    locale: localeCode.default('en-IN'),
    currency: currencyCode.default('INR').describe('ISO 4217 code of all money in the data'),
    timezone: timeZoneName
      .default('Asia/Kolkata')
      .describe('decides which day it is when no as-of date is given'),
    paper: z.enum(['A4', 'Letter']).default('A4'),
    orientation: z.enum(['portrait', 'landscape']).default('portrait'),
    topPosts: z
      .enum(['revenue', 'likes', 'engagement'])
      .default('revenue')
      .describe('by what the top posts are ranked that come first'),
  })
  .prefault({});

const metrics = z
  .strictObject({
    baseline: z
      .union([z.enum(['mean', 'pooled']), z.number()])
      .default('mean')
      .describe(
        'mean of the campaigns’ ROAS, pooled (revenue ÷ payout over the same campaigns), or a fixed number',
      ),
    grossMargin: z
      .number()
      .gt(0)
      .lte(1)
      .nullable()
      .default(null)
      .describe('adds break-even ROAS and contribution ROI'),
    tiers: z
      .strictObject({
        nano: z.int().positive().default(10_000),
        micro: z.int().positive().default(50_000),
        mid: z.int().positive().default(500_000),
        macro: z.int().positive().default(1_000_000),
      })
      .refine(
        (tiers) => tiers.nano < tiers.micro && tiers.micro < tiers.mid && tiers.mid < tiers.macro,
        'must rise',
      )
      .describe('followers below which an influencer counts as nano, micro, mid or macro; mega is all above')
      .prefault({}),
  })
  .prefault({});

const thresholds = z
  .strictObject({
    roasBelow: z
      .number()
      .nonnegative()
      .default(1)
      .describe('influencers below this ROAS are listed as underperformers'),
    minReach: z
      .int()
      .nonnegative()
      .default(1_000)
      .describe('posts below this reach are not ranked by engagement rate'),
    unattributedAmber: z
      .number()
      .min(0)
      .max(1)
      .default(0.1)
      .describe('share of payout without a campaign that turns the badge amber'),
  })
  .prefault({});

const sections = z
  .array(z.string().regex(/\S/, 'must not be blank'))
  .default([])
  .describe(
    'folders with sections of your own, relative to this file; each holds section.yaml and SQL files',
  );

const theme = z
  .strictObject({
    templates: z
      .string()
      .nullable()
      .default(null)
      .describe(
        'folder with your own templates and styles, relative to this file; each replaces the built-in file of the same path',
      ),
  })
  .prefault({});

export const configSchema = z.strictObject({
  report,
  sources,
  filters,
  metrics,
  thresholds,
  quarantine,
  checks,
  cache,
  theme,
  sections,
  delivery,
  schedules,
});

export type Config = z.infer<typeof configSchema>;

/** The JSON Schema of report.yaml, for editors. */
export function configJsonSchema(): object {
  return { title: 'roi-report configuration', ...z.toJSONSchema(configSchema, { io: 'input' }) };
}
