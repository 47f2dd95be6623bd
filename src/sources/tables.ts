import type { TableLabel } from './settings.js';

/**
 * Kind of a canonical column; it decides how text is read and how the value is stored. An id is a text that a spreadsheet may
 * have turned into a number ("42.0").
 */
export type ColumnType = 'id' | 'text' | 'date' | 'count' | 'money' | 'basis';

/** A column of a table; the names that a header may use for it are in recognise/aliases.ts. */
export interface Column {
  /** Canonical name, in the header and in the warehouse. */
  name: string;
  type: ColumnType;
  /** `column`: the header must have it, cells may be blank. `value`: no cell may be blank either. */
  required?: 'column' | 'value';
  /** The count that a blank cell stands for. Default: NULL. */
  whenBlank?: number;
  /** The count for every row of a file without this column. Default: NULL. */
  whenAbsent?: number;
}

export interface SourceTable {
  /** Name in the warehouse. */
  name: string;
  /** Name in the configuration and in messages. */
  label: TableLabel;
  columns: readonly Column[];
  /** Columns that the file may have and that are kept out on purpose. */
  unstored: readonly string[];
  /** Column whose values must be unique. */
  key?: string;
}

/** Type of each kind of column in the warehouse; money is whole minor units. */
export const SQL_TYPES: Record<ColumnType, string> = {
  id: 'VARCHAR',
  text: 'VARCHAR',
  date: 'DATE',
  count: 'BIGINT',
  money: 'BIGINT',
  basis: 'VARCHAR',
};

/** The four canonical tables, in the order in which they are loaded. */
export const SOURCE_TABLES: readonly SourceTable[] = [
  {
    name: 'influencers',
    label: 'influencers',
    key: 'influencer_id',
    columns: [
      { name: 'influencer_id', type: 'id', required: 'value' },
      { name: 'name', type: 'text' },
      { name: 'category', type: 'text' },
      { name: 'gender', type: 'text' },
      { name: 'follower_count', type: 'count' },
      { name: 'platform', type: 'text' },
    ],
    unstored: [],
  },
  {
    name: 'posts',
    label: 'posts',
    key: 'post_id',
    columns: [
      { name: 'post_id', type: 'id' },
      { name: 'influencer_id', type: 'id', required: 'value' },
      { name: 'platform', type: 'text' },
      { name: 'date', type: 'date', required: 'value' },
      { name: 'url', type: 'text' },
      { name: 'caption', type: 'text' },
      { name: 'reach', type: 'count' },
      { name: 'likes', type: 'count' },
      { name: 'comments', type: 'count' },
    ],
    unstored: [],
  },
  {
    name: 'tracking',
    label: 'tracking_data',
    columns: [
      { name: 'source', type: 'id' },
      { name: 'campaign', type: 'text' },
      { name: 'influencer_id', type: 'id', required: 'column' },
      { name: 'product', type: 'text' },
      { name: 'date', type: 'date', required: 'value' },
      { name: 'orders', type: 'count', whenBlank: 0, whenAbsent: 1 },
      { name: 'revenue', type: 'money', required: 'value' },
    ],
    unstored: ['user_id'],
  },
  {
    name: 'payouts',
    label: 'payouts',
    columns: [
      { name: 'influencer_id', type: 'id', required: 'value' },
      { name: 'basis', type: 'basis' },
      { name: 'rate', type: 'money' },
      { name: 'orders', type: 'count' },
      { name: 'total_payout', type: 'money', required: 'value' },
    ],
    unstored: [],
  },
];
