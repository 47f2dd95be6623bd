import { createFormat, type Format } from '../format/format.js';
import { compactFigure } from '../render/template-engine.js';
import { reportView } from '../render/view.js';
import type { Kpi, Report } from '../report/schema.js';
import { headerText } from './header-text.js';
import { shortened } from './plain-text.js';

/** What mail programs on a desk show of a subject; phones show about half of it. */
const LONGEST = 78;
/** Letters of a name that are left of it at least. */
const SHORTEST_NAME = 16;

/**
 * The subject of a message: whose report it is, ROAS and revenue of the week, and the week; before the first comparison, those of the
 * whole period. `Tezbal: ROAS 1.57× (+0.34×), revenue ₹1.55 L, 15–21 Jun 2026`. At most 78 characters: names are cut, and what is
 * least missed is left out. One line, without control characters.
 */
export function subjectOf(report: Report): string {
  const { meta, sections } = report;
  const { filtered } = reportView(report, new Map()).report;
  const overview = sections.find(({ id }) => id === 'executive-overview');
  const mark = markOf(report);
  const name = headerText([meta.brand || meta.title, filtered].filter((part) => part !== '').join(', '));
  const message = figuresOf(overview?.kpis ?? [], createFormat(meta.locale, meta.currency)) ?? [
    overview?.headline ?? meta.title,
    meta.period.label,
  ];
  const parts = message.map(headerText).filter((part) => part !== '');
  const room = (count: number) =>
    LONGEST - mark.length - ': '.length - [...parts.slice(0, count).join(', ')].length;
  const count = [3, 2].find((some) => room(some) >= Math.min([...name].length, SHORTEST_NAME)) ?? 1;
  const whose = `${mark}${shortened(name, Math.max(room(count), SHORTEST_NAME))}: `;
  return whose + shortened(parts.slice(0, count).join(', '), LONGEST - [...whose].length);
}

function markOf({ status, badge }: Report): string {
  if (status === 'degraded') return '[Incomplete] ';
  return badge.color === 'red' ? '[Data in doubt] ' : '';
}

/** From the most important to the least; null where no revenue is known. */
function figuresOf(kpis: readonly Kpi[], format: Format): string[] | null {
  if (!kpis.find(({ id }) => id === 'revenue')?.value) return null;
  const weekly = kpis.find(({ delta }) => delta !== undefined && delta.current !== null)?.delta;
  const written = (id: string, label: string) => {
    const kpi = kpis.find((candidate) => candidate.id === id);
    const value = weekly ? (kpi?.delta?.current ?? null) : (kpi?.value ?? null);
    if (!kpi || value === null) return [];
    const change = kpi.unit === 'ratio' && weekly ? (kpi.delta?.change ?? null) : null;
    const moved = change === null ? '' : ` (${signedOrSame(change, format)})`;
    return [`${label} ${compactFigure(value, kpi.unit, format)}${moved}`];
  };
  return [...written('roas', 'ROAS'), ...written('revenue', 'revenue'), ...(weekly ? [weekly.period] : [])];
}

function signedOrSame(change: number, format: Format): string {
  const signed = format.signed(change, 'ratio');
  return /[1-9]/.test(signed) ? signed : 'unchanged';
}
