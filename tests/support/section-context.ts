import { createFormat } from '../../src/format/format.js';
import type { FigureSettings } from '../../src/model/settings.js';
import type { SectionContext } from '../../src/sections/section.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { figuresOf, type Tables } from './tables.js';

const noQuarantine = { rows: 0, revenue: 0, tables: [], examples: [] };

/** What a section is given for these tables, in rupees; each influencer that the rows name is known. */
export async function contextOf(
  warehouse: Warehouse,
  tables: Tables,
  changes: Partial<FigureSettings> = {},
): Promise<SectionContext> {
  const ids = new Set(
    [...(tables.posts ?? []), ...(tables.tracking ?? []), ...(tables.payouts ?? [])].flatMap(
      ({ influencer_id }) => influencer_id ?? [],
    ),
  );
  const influencers = tables.influencers ?? [...ids].map((influencer_id) => ({ influencer_id }));
  return {
    figures: await figuresOf(warehouse, { ...tables, influencers }, changes),
    format: createFormat('en-IN', 'INR'),
    major: <Money extends number | null>(money: Money) => (money === null ? money : money / 100) as Money,
    thresholds: { roasBelow: 1, unattributedAmber: 0.1 },
    topPosts: 'revenue',
    comparison: null,
    run: {
      sources: [],
      checks: [],
      quarantined: noQuarantine,
      controls: [],
      engine: 'DuckDB',
      version: '0.1.0',
    },
  };
}
