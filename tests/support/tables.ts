import { createFigures, type Figures } from '../../src/model/figures.js';
import { noFilters } from '../../src/model/filters.js';
import { prepareModel } from '../../src/model/prepare.js';
import type { FigureSettings } from '../../src/model/settings.js';
import { SOURCE_TABLES, type SourceTable, SQL_TYPES } from '../../src/sources/tables.js';
import { literal as textLiteral } from '../../src/warehouse/literal.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';

/** The four canonical tables as plain rows; what is left out is NULL. Money in major units, days ISO. */
export interface Tables {
  influencers?: readonly InfluencerRow[];
  posts?: readonly PostRow[];
  tracking?: readonly TrackingRow[];
  payouts?: readonly PayoutRow[];
}

export interface InfluencerRow {
  influencer_id: string;
  name?: string | null;
  category?: string | null;
  follower_count?: number | null;
  platform?: string | null;
}

export interface PostRow {
  post_id: string;
  influencer_id: string;
  date: string;
  platform?: string | null;
  caption?: string | null;
  reach?: number | null;
  likes?: number | null;
  comments?: number | null;
}

export interface TrackingRow {
  influencer_id?: string | null;
  source?: string | null;
  campaign?: string | null;
  product?: string | null;
  date: string;
  orders: number;
  revenue: number;
  /** What the load counts; see `ROW_COUNTS`. */
  rows?: number;
  repeats?: number;
  revenue_without_orders?: number;
  orders_without_revenue?: number;
  negative_orders?: number;
}

export interface PayoutRow {
  influencer_id: string;
  basis?: 'post' | 'order' | null;
  rate?: number | null;
  orders?: number | null;
  total_payout: number;
}

const DERIVED = [
  'platforms',
  'published',
  'tracked',
  'sales_by_source',
  'sources',
  'payout_totals',
  'post_shares',
  'post_campaigns',
  'campaign_shares',
  'order_outlets',
  'order_cells',
  'ledger',
];

export const settings: FigureSettings = {
  filters: noFilters,
  isolated: false,
  asOf: '2025-12-31',
  baseline: 'mean',
  tiers: { nano: 10_000, micro: 50_000, mid: 500_000, macro: 1_000_000 },
  minReach: 0,
  unattributedAmber: 0.1,
  grossMargin: null,
};

/** Money as stored: major units to minor units. */
export function minor(major: number): number {
  return Math.round(major * 100);
}

/** Columns of `tracking` that count rows of the files, with what a row stands for unless told. */
const ROW_COUNTS = {
  rows: 1,
  repeats: 0,
  revenue_without_orders: 0,
  orders_without_revenue: 0,
  negative_orders: 0,
};

/** SQL that makes one canonical table and fills it. */
function tableSql(tables: Tables, table: SourceTable): string {
  const { name } = table;
  const counts = name === 'tracking' ? Object.entries(ROW_COUNTS) : [];
  const columns = [
    ...table.columns,
    ...counts.map(([count, whenLeftOut]) => ({ name: count, type: 'count' as const, whenLeftOut })),
  ];
  const definition = columns.map((column) => `${column.name} ${SQL_TYPES[column.type]}`).join(', ');
  const rows = (tables[name as keyof Tables] ?? []) as readonly object[];
  const values = rows.map((row) => {
    const given = new Map(Object.entries(row));
    const literals = columns.map((column) =>
      literal(given.get(column.name) ?? ('whenLeftOut' in column ? column.whenLeftOut : null), column.type),
    );
    return `(${literals.join(', ')})`;
  });
  return [
    `DROP TABLE IF EXISTS ${name}`,
    `CREATE TABLE ${name} (${definition})`,
    ...(values.length > 0 ? [`INSERT INTO ${name} VALUES ${values.join(', ')}`] : []),
  ].join(';\n');
}

function literal(value: unknown, type: keyof typeof SQL_TYPES): string {
  if (value === null || value === undefined) return 'NULL';
  if (type === 'money') return String(minor(Number(value)));
  return type === 'count' ? String(value) : textLiteral(String(value));
}

/** Puts the tables in place of whatever the warehouse held, without the model's own tables. */
export async function fillTables(warehouse: Warehouse, tables: Tables): Promise<void> {
  const drops = DERIVED.map((name) => `DROP TABLE IF EXISTS ${name}`);
  await warehouse.query(
    ['DROP VIEW IF EXISTS sales', ...drops, ...SOURCE_TABLES.map((table) => tableSql(tables, table))].join(
      ';\n',
    ),
  );
}

/** Fills the tables, prepares the model and returns its figures. */
export async function figuresOf(
  warehouse: Warehouse,
  tables: Tables,
  changes: Partial<FigureSettings> = {},
): Promise<Figures> {
  await fillTables(warehouse, tables);
  await prepareModel(warehouse);
  return createFigures(warehouse, { ...settings, ...changes });
}

/** Days of a calendar that begins on Monday, 2 June 2025: `day(1)` is the Monday, `day(8)` the next one. */
export function day(number: number): string {
  return new Date(Date.UTC(2025, 5, 1 + number)).toISOString().slice(0, 10);
}
