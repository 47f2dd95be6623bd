import type { Unit } from '../format/format.js';
import { headlineKpis } from '../report/overview.js';
import type { Kpi, Report, Row } from '../report/schema.js';
import { UNATTRIBUTED } from '../report/unattributed.js';

/** A figure that a gate can name. */
export interface GateFigure {
  label: string;
  value: number | null;
  unit: Unit;
  /** Why there is no value, where more can be said than that it is n/a. */
  missing?: string;
}

/** A column of a table that a gate can name: its figures by the names of their rows. */
export interface GateColumn {
  /** Title of the table. */
  table: string;
  label: string;
  unit: Unit;
  rows: { name: string; value: number | null }[];
}

/**
 * The figures of a report by the names that gates use: the KPIs of the overview (`revenue`), those that move also of the report's week
 * and as its change (`revenue.week`, `revenue.change`), and how many figures of past weeks were restated (`restated`).
 */
export function gateFigures(report: Report): Map<string, GateFigure> {
  return new Map([...headlineKpis(report).flatMap(figuresOf), ['restated', restated(report)]]);
}

/** The columns with figures that `<table>.<column>` names, in whatever sections such a table stands. */
export function gateColumns(report: Report, name: string): GateColumn[] {
  const dot = name.indexOf('.');
  const [tableId, column] = [name.slice(0, dot), name.slice(dot + 1)];
  return report.sections
    .flatMap(({ tables }) => tables)
    .filter(({ id }) => id === tableId)
    .flatMap(({ id, title, columns, rows }) => {
      const found = columns.find(({ key }) => key.toLowerCase() === column);
      if (found === undefined || found.unit === 'text' || found.unit === 'date') return [];
      const nameKey = columns.find(({ unit }) => unit === 'text' || unit === 'date')?.key;
      // What has no campaign is none.
      const isResidual = (row: Row) =>
        id === 'campaigns' && row === rows.at(-1) && row.campaign === UNATTRIBUTED;
      const judged = rows.filter((row) => !isResidual(row));
      const named = judged.map((row, place) => {
        const value = row[found.key];
        const rowName = nameKey === undefined ? null : row[nameKey];
        return {
          name: String(rowName ?? `row ${place + 1}`),
          value: typeof value === 'number' ? value : null,
        };
      });
      return [{ table: title, label: found.label, unit: found.unit, rows: named }];
    });
}

function figuresOf({ id, label, value, unit, delta, trend }: Kpi): [string, GateFigure][] {
  const whole: [string, GateFigure] = [id, { label, value, unit }];
  if (trend === undefined) return [whole];
  const isRelative = delta === undefined ? unit === 'money' : delta.kind === 'relative';
  return [
    whole,
    [`${id}.week`, { label: `${label} of the week`, value: delta?.current ?? null, unit }],
    [
      `${id}.change`,
      {
        label: `The change of ${label} in the week`,
        value: delta?.change ?? null,
        unit: isRelative ? 'share' : unit,
      },
    ],
  ];
}

function restated({ comparison }: Report): GateFigure {
  const value = comparison?.restated?.length ?? null;
  return {
    label: 'The number of restated figures',
    value,
    unit: 'count',
    ...(comparison === undefined && { missing: 'There is no earlier edition to compare with' }),
  };
}
