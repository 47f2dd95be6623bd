import type { Warehouse } from '../warehouse/warehouse.js';
import type { Filters } from './filters.js';

const SHOWN = 12;

/** One sentence for each filter value that nothing in the data bears, with the values that exist. */
export async function unknownFilterValues(warehouse: Warehouse, filters: Filters): Promise<string[]> {
  const kinds = [
    { kind: 'campaign', wanted: filters.campaigns, from: 'sales_by_source' },
    { kind: 'category', wanted: filters.categories, from: 'influencers' },
    { kind: 'platform', wanted: filters.platforms, from: 'platforms' },
  ];
  const sentences = await Promise.all(
    kinds
      .filter(({ wanted }) => wanted.length > 0)
      .map(async ({ kind, wanted, from }) => {
        const rows = await warehouse.query<{ name: string }>(`-- every ${kind} in the data
        SELECT DISTINCT ${kind} AS name FROM ${from} WHERE ${kind} IS NOT NULL ORDER BY ${kind}`);
        const names = rows.map((row) => row.name);
        const known = new Set(names.map((name) => name.toLowerCase()));
        const list = `${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ', …' : ''}`;
        return wanted
          .filter((name) => !known.has(name.toLowerCase()))
          .map((name) => `No ${kind} is called "${name}"; there are: ${list || 'none'}.`);
      }),
  );
  return sentences.flat();
}
