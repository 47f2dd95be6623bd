/** Order of day, month and year in dates that are not ISO. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/** Mark between whole and fraction; the other one may then group digits. */
export type DecimalMark = '.' | ',';

/** How text is written in a file. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** What the configuration says about one table; null and empty mean: find out. */
export interface TableSettings {
  /** Files, folders or globs, absolute or from the data folder. */
  path: readonly string[];
  /** Sheet of a workbook. */
  sheet: string | null;
  /** Header names by canonical column. */
  columns: Readonly<Record<string, string>>;
  dateOrder: DateOrder | null;
  decimal: DecimalMark | null;
  delimiter: string | null;
  encoding: Encoding | null;
}

/** Settings by the label of the table: influencers, posts, tracking_data, payouts. */
export type SourcesSettings = Readonly<Record<TableLabel, TableSettings>>;

/** How a table is called in the configuration, on the command line and in messages. */
export type TableLabel = 'influencers' | 'posts' | 'tracking_data' | 'payouts';

/** Settings that leave everything to be found out. */
export const NO_SETTINGS: TableSettings = {
  path: [],
  sheet: null,
  columns: {},
  dateOrder: null,
  decimal: null,
  delimiter: null,
  encoding: null,
};
