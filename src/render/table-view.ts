import type { Format, Unit, Value } from '../format/format.js';
import type { Table } from '../report/schema.js';

/** Width of the text column, of a column of words at its narrowest, and of a digit, in px. */
const COLUMN = 672;
const WORDS = 66;
const DIGIT = 6.6;
/** Characters of a figure that is long: 1,00,00,00,000 is, 33,60,00,000 is not. */
const LONG = 12;

/** How a partial wants a table shown; everything optional. Lists are separated by spaces. */
export interface TableOptions {
  /** Keys of the columns to show, in order; all unless told. */
  show?: string;
  /** Rows on paper and rows on a screen; all unless told. */
  print?: number;
  screen?: number;
  /** The column with a bar before its figure: the first of these that is shown. */
  bar?: string;
  /** Columns whose figures carry their sign. */
  signed?: string;
  /** Columns whose negative figures are marked as bad and positive ones as good. */
  tones?: string;
  /** Ratio columns in which less than 1 is marked as bad. */
  losses?: string;
  /** `name:platform+caption`: these columns stand small under the first. */
  sub?: string;
  /** `key:Label` pairs that replace a label where room is short. */
  labels?: string;
  /** Rows whose `belowKey` is not below `below` are for the slider on screens only. */
  belowKey?: string;
  below?: number;
  /** Starts on a new page, where it is long. */
  fresh?: boolean;
  /** What stands in place of a table without rows, unless the table says so itself. */
  empty?: string;
}

export interface TableView {
  id: string;
  title: string;
  columns: { key: string; label: string; align: string; sign: string | null }[];
  /** Rows beyond the paper's are for screens only; those above the threshold wait for the slider. */
  rows: { screenOnly: boolean; hidden: boolean; cells: CellView[] }[];
  /** Whether no row is in sight, on paper and before anything moves the slider. */
  bare: boolean;
  fresh: boolean;
  /** Whether its figures are so long that they need smaller letters. */
  dense: boolean;
  /** Short enough to stay on one page. */
  whole: boolean;
  morePrint: string | null;
  moreScreen: string | null;
  empty: string;
  note: string | null;
}

interface CellView {
  text: string;
  raw: string;
  align: string;
  bar: string | null;
  tone: string | null;
  sub: string | null;
}

/** Rows on paper up to which a table is kept in one piece. */
const SHORT = 12;

/** A table of the report as the page shows it: chosen columns, written values, the first rows. */
export function tableView(table: Table, options: TableOptions, format: Format): TableView {
  const shown = columnsOf(table, options.show);
  const labels = new Map(words(options.labels).map((pair) => pair.split(':') as [string, string]));
  const rows = table.rows.slice(0, options.screen ?? table.rows.length);
  const bar = words(options.bar).find((key) => shown.some((column) => column.key === key));
  const most = bar === undefined ? null : largest(table.rows, bar);
  const [subOf, subKeys = ''] = options.sub?.split(':') ?? [];
  const signed = words(options.signed);
  const tones = words(options.tones);
  const losses = words(options.losses);
  const toneOf = (key: string, number: number | null) => {
    if (number === null) return null;
    if (losses.includes(key)) return number < 1 ? 'bad' : null;
    if (!tones.includes(key) || number === 0) return null;
    return number < 0 ? 'bad' : 'good';
  };
  const below = (row: Table['rows'][number]) =>
    options.belowKey === undefined || Number(row[options.belowKey]) < (options.below ?? 0);
  const onPaper = rows.filter(below).slice(0, options.print ?? rows.length);
  const printed = new Set(onPaper);

  const cell = (row: Table['rows'][number], { key, unit }: Table['columns'][number]): CellView => {
    const value = row[key] ?? null;
    const number = typeof value === 'number' ? value : null;
    return {
      text: signed.includes(key) ? format.signed(number, unit) : written(value, unit, format),
      raw: value === null ? '' : String(value),
      align: alignOf(unit),
      bar:
        key !== bar || most === null || number === null
          ? null
          : ((100 * Math.max(0, number)) / most).toFixed(1),
      tone: toneOf(key, number),
      sub: key === subOf ? joined(row, subKeys) : null,
    };
  };
  const cells = rows.map((row) => shown.map((column) => cell(row, column)));
  const inJson = `report.json under “${table.id}”`;
  return {
    id: table.id,
    title: table.title,
    columns: shown.map(({ key, label, unit }) => ({
      key,
      label: labels.get(key) ?? label,
      align: alignOf(unit),
      sign: unit === 'money' || unit === 'price' ? format.currencySymbol : null,
    })),
    rows: rows.map((row, index) => ({
      screenOnly: !printed.has(row),
      hidden: !below(row),
      cells: cells[index] ?? [],
    })),
    bare: onPaper.length === 0,
    fresh: (options.fresh ?? false) && onPaper.length > SHORT,
    dense: isDense(shown, cells),
    whole: onPaper.length <= SHORT,
    morePrint: more(
      table.rows.filter(below).length - onPaper.length,
      rows.length < table.rows.length ? inJson : 'the HTML report',
      format,
    ),
    moreScreen: more(table.rows.length - rows.length, inJson, format),
    empty: table.empty ?? options.empty ?? 'Nothing to show.',
    note: table.note ?? null,
  };
}

function columnsOf(table: Table, show: string | undefined): Table['columns'] {
  if (show === undefined) return table.columns;
  return words(show).map((key) => {
    const column = table.columns.find((candidate) => candidate.key === key);
    if (!column) throw new Error(`The table "${table.id}" has no column "${key}".`);
    return column;
  });
}

function written(value: Value, unit: Unit, format: Format): string {
  return format.value(value, unit);
}

function joined(row: Table['rows'][number], keys: string): string | null {
  const parts = keys.split('+').map((key) => row[key] ?? '');
  return parts.filter((part) => part !== '').join(' · ') || null;
}

/** Whether figures, which may not break, leave too little room for the words, in the whole column or in half of it. */
function isDense(columns: Table['columns'], cells: readonly CellView[][]): boolean {
  const lengths = columns.map(({ unit }, index) =>
    unit === 'text' ? 0 : Math.max(4, ...cells.map((row) => row[index]?.text.length ?? 0)),
  );
  const width = lengths.reduce((sum, length) => sum + 12 + (length === 0 ? WORDS : length * DIGIT), 0);
  return (
    width > COLUMN ||
    cells.some((row) => row.some(({ align, text }) => align === 'figures' && text.length > LONG))
  );
}

function alignOf(unit: Unit): string {
  if (unit === 'date') return 'words day';
  return unit === 'text' ? 'words' : 'figures';
}

function largest(rows: Table['rows'], key: string): number {
  return rows.reduce((most, row) => Math.max(most, Number(row[key] ?? 0)), Number.EPSILON);
}

function more(count: number, place: string, format: Format): string | null {
  return count <= 0 ? null : `and ${format.value(count, 'count')} more, in ${place}`;
}

function words(list: string | undefined): string[] {
  return list?.split(' ').filter((word) => word !== '') ?? [];
}
