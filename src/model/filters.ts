import { date, lowerTexts } from './sql.js';

/** What the report is narrowed to. An empty list or null means: all. Texts match whatever their case. */
export interface Filters {
  campaigns: string[];
  categories: string[];
  platforms: string[];
  minFollowers: number | null;
  maxFollowers: number | null;
  /** First and last day, ISO, both inclusive. */
  from: string | null;
  to: string | null;
}

export const noFilters: Filters = {
  campaigns: [],
  categories: [],
  platforms: [],
  minFollowers: null,
  maxFollowers: null,
  from: null,
  to: null,
};

/** Whether the filters keep only some of an influencer's ledger rows, so that Unattributed payout can fall away. */
export function cutsLedgerRows(filters: Filters): boolean {
  return (
    filters.campaigns.length + filters.platforms.length > 0 || filters.from !== null || filters.to !== null
  );
}

export function isFiltered(filters: Filters): boolean {
  return (
    cutsLedgerRows(filters) ||
    filters.categories.length > 0 ||
    filters.minFollowers !== null ||
    filters.maxFollowers !== null
  );
}

/**
 * The condition that keeps rows of `sales` and `ledger`; it also fits `sales_by_source`, which has no days, where no days are chosen,
 * and `tracking`, which has no platforms, where no platforms are.
 */
export function rowConditions(filters: Filters): string {
  return conditions(filters, campaignsNamed(filters.campaigns));
}

/** The condition that keeps rows of `published`: of a campaign those that its orders link to or that carry its payout. */
export function postConditions(filters: Filters): string {
  const carrying = campaignsNamed(filters.campaigns).map(
    (named) => `post_id IN (
        SELECT post_id FROM sales_by_source WHERE ${named} AND post_id IS NOT NULL
        UNION
        SELECT post_id FROM ledger WHERE ${named} AND post_id IS NOT NULL
      )`,
  );
  return conditions(filters, carrying);
}

function conditions(filters: Filters, ofCampaigns: string[]): string {
  const { platforms, from, to } = filters;
  const influencers = influencerConditions(filters);
  const parts = [
    ...ofCampaigns,
    ...(platforms.length > 0
      ? [`platform IN (SELECT platform FROM platforms WHERE channel IN (${lowerTexts(platforms)}))`]
      : []),
    ...(from === null ? [] : [`date >= ${date(from)}`]),
    ...(to === null ? [] : [`date <= ${date(to)}`]),
    ...(influencers ? [`influencer_id IN (SELECT influencer_id FROM influencers WHERE ${influencers})`] : []),
  ];
  return parts.length > 0 ? parts.join(' AND ') : '1 = 1';
}

/** The names are looked up where they are few, rather than spelt in lower case order by order. */
function campaignsNamed(campaigns: readonly string[]): string[] {
  if (campaigns.length === 0) return [];
  return [
    `campaign IN (SELECT campaign FROM sales_by_source WHERE LOWER(campaign) IN (${lowerTexts(campaigns)}))`,
  ];
}

/** The condition on the table `influencers` that the filters mean; empty when they do not speak of influencers. */
export function influencerConditions(filters: Filters): string {
  return [
    filters.categories.length > 0 && `LOWER(category) IN (${lowerTexts(filters.categories)})`,
    filters.minFollowers !== null && `follower_count >= ${filters.minFollowers}`,
    filters.maxFollowers !== null && `follower_count <= ${filters.maxFollowers}`,
  ]
    .filter((part) => part !== false)
    .join(' AND ');
}
