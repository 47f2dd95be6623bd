import type { Warehouse } from '../warehouse/warehouse.js';
import type { Filters } from './filters.js';

const SHOWN = 12;

/** What filters can name: every value that the data bear, in order. */
export interface FilterValues {
  campaigns: string[];
  categories: string[];
  platforms: string[];
  /** The smallest and the largest follower count; null where none is known. */
  followers: { min: number; max: number } | null;
}

/** Reads what filters can name; `warehouse` holds what `prepareModel` made. */
export async function filterValues(warehouse: Warehouse): Promise<FilterValues> {
  const names = async (column: string, from: string) => {
    const rows = await warehouse.query<{ name: string }>(`-- every ${column} in the data
    SELECT DISTINCT ${column} AS name FROM ${from} WHERE ${column} IS NOT NULL ORDER BY ${column}`);
    return rows.map(({ name }) => name);
  };
  const [campaigns, categories, platforms, [range]] = await Promise.all([
    names('campaign', 'sales_by_source'),
    names('category', 'influencers'),
    names('platform', 'platforms'),
    warehouse.query<{ fewest: number | null; most: number | null }>(`-- how many followers influencers have
    SELECT CAST(MIN(follower_count) AS BIGINT) AS fewest, CAST(MAX(follower_count) AS BIGINT) AS most FROM influencers`),
  ]);
  const followers =
    range?.fewest == null || range.most === null ? null : { min: range.fewest, max: range.most };
  return { campaigns, categories, platforms, followers };
}

/** Whether filters name anything that the data may not bear. */
export function namesAny({ campaigns, categories, platforms }: Filters): boolean {
  return campaigns.length + categories.length + platforms.length > 0;
}

/** One sentence for each filter value that nothing in the data bears, with the values that exist. */
export function unknownFilterValues(values: FilterValues, filters: Filters): string[] {
  const kinds = [
    { kind: 'campaign', wanted: filters.campaigns, names: values.campaigns },
    { kind: 'category', wanted: filters.categories, names: values.categories },
    { kind: 'platform', wanted: filters.platforms, names: values.platforms },
  ];
  return kinds.flatMap(({ kind, wanted, names }) => {
    const known = new Set(names.map((name) => name.toLowerCase()));
    const list = `${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ', …' : ''}`;
    return wanted
      .filter((name) => !known.has(name.toLowerCase()))
      .map((name) => `No ${kind} is called "${name}"; there are: ${list || 'none'}.`);
  });
}
