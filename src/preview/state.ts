import { z } from 'zod';
import type { Config } from '../config/schema.js';
import { EXIT, ReportError } from '../errors.js';
import { type Filters, isFiltered } from '../model/filters.js';

/** What the page shows: everything in its address. */
export interface PreviewState {
  filters: Filters;
  /** Influencers below this ROAS are listed as underperformers. */
  roasBelow: number;
  /** The ranking whose posts come first. */
  topPosts: Config['report']['topPosts'];
}

/** The parameter of an address that says nothing is filtered, where the configuration filters. */
const ALL = 'all';
const MOST_VALUES = 500;
const LONGEST_VALUE = 500;

const names = z
  .array(
    z
      .string()
      .min(1, 'is empty')
      .max(LONGEST_VALUE, 'is too long')
      .regex(/^[^\0]*$/, 'holds a character that no name has'),
  )
  .max(MOST_VALUES, 'is given too often')
  .default([]);
const one = <Output>(value: z.ZodType<Output, string>) =>
  z
    .array(z.string())
    .max(1, 'is given more than once')
    .transform((values) => values[0] ?? null)
    .pipe(value.nullable())
    .prefault([]);
const count = z
  .string()
  .regex(/^\d{1,15}$/, 'is not a whole number')
  .transform(Number);
const ratio = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,9})?$/, 'is not a number such as 0.8')
  .transform(Number);

const parameters = z.strictObject({
  campaign: names,
  category: names,
  platform: names,
  'min-followers': one(count),
  'max-followers': one(count),
  from: one(z.iso.date('is not a day as YYYY-MM-DD')),
  to: one(z.iso.date('is not a day as YYYY-MM-DD')),
  'roas-below': one(ratio),
  'top-posts': one(z.enum(['revenue', 'likes', 'engagement'], 'is none of revenue, likes, engagement')),
  [ALL]: z.array(z.literal('', 'takes no value')).max(1, 'is given more than once').default([]),
});

/**
 * The state that the query of an address means.
 *
 * @param configured - what the configuration says: an empty query means that, and so do a threshold and a ranking that are left out
 * @throws ReportError `bad-address` (exit code 2) that names the parameter
 */
export function stateOf(query: URLSearchParams, configured: PreviewState): PreviewState {
  if ([...query.keys()].length === 0) return configured;
  const parsed = parameters.safeParse(
    Object.fromEntries([...new Set(query.keys())].map((key) => [key, query.getAll(key)])),
  );
  if (!parsed.success) throw bad(reasonOf(parsed.error.issues[0]));
  const { campaign, category, platform, from, to, ...rest } = parsed.data;
  const filters = {
    campaigns: [...new Set(campaign)],
    categories: [...new Set(category)],
    platforms: [...new Set(platform)],
    minFollowers: rest['min-followers'],
    maxFollowers: rest['max-followers'],
    from,
    to,
  };
  if (from !== null && to !== null && from > to) throw bad(`from (${from}) lies after to (${to})`);
  const { minFollowers, maxFollowers } = filters;
  if (minFollowers !== null && maxFollowers !== null && minFollowers > maxFollowers)
    throw bad(`min-followers (${minFollowers}) lies above max-followers (${maxFollowers})`);
  return {
    filters,
    roasBelow: rest['roas-below'] ?? configured.roasBelow,
    topPosts: rest['top-posts'] ?? configured.topPosts,
  };
}

/** The query that `stateOf` reads as this state; empty where it is what the configuration says. */
export function queryOf(state: PreviewState, configured: PreviewState): URLSearchParams {
  const query = new URLSearchParams();
  if (JSON.stringify(state) === JSON.stringify(configured)) return query;
  const { filters, roasBelow, topPosts } = state;
  for (const name of filters.campaigns) query.append('campaign', name);
  for (const name of filters.categories) query.append('category', name);
  for (const name of filters.platforms) query.append('platform', name);
  const single = {
    'min-followers': filters.minFollowers,
    'max-followers': filters.maxFollowers,
    from: filters.from,
    to: filters.to,
    'roas-below': roasBelow === configured.roasBelow ? null : roasBelow,
    'top-posts': topPosts === configured.topPosts ? null : topPosts,
  };
  for (const [name, value] of Object.entries(single)) if (value !== null) query.set(name, String(value));
  if (!isFiltered(filters) && isFiltered(configured.filters)) query.set(ALL, '');
  return query;
}

function reasonOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'it cannot be read';
  if (issue.code === 'unrecognized_keys') return `${issue.keys[0]?.slice(0, 80)} is not known`;
  return `${String(issue.path[0])} ${issue.message}`;
}

function bad(reason: string): ReportError {
  return new ReportError(`The address cannot be shown: ${reason}.`, {
    code: 'bad-address',
    exitCode: EXIT.usage,
    hint: 'Take the filters at the side; Reset starts from the configuration.',
  });
}
