import { createFormat, type Format } from '../format/format.js';
import { compactFigure } from '../render/template-engine.js';
import { reportView } from '../render/view.js';
import { overviewOf } from '../report/overview.js';
import type { Kpi, Report } from '../report/schema.js';
import { headerText } from './header-text.js';
import { shortened } from './plain-text.js';

/** What mail programs on a desk show of a subject; phones show about half of it. */
const LONGEST = 78;
/** Letters of a name that are left of it at least. */
const SHORTEST_NAME = 16;

/**
 * The subject of a message: whose report it is, the ROAS of its page 1, that of the week, and the week; before the first comparison, ROAS
 * and revenue. `Tezbal: ROAS 1.42×, week 1.57× (+0.34×), 15–21 Jun 2026`. At most 78 characters: names are cut, and what is
 * least missed is left out. One line, without control characters.
 */
export function subjectOf(report: Report): string {
  const { meta } = report;
  const { filtered } = reportView(report, new Map()).report;
  const overview = overviewOf(report);
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
  const kpiOf = (id: string) => kpis.find((kpi) => kpi.id === id);
  const [roas, revenue] = [kpiOf('roas'), kpiOf('revenue')];
  if (!revenue?.value) return null;
  const whole = [
    ...(roas && roas.value !== null ? [`ROAS ${compactFigure(roas.value, roas.unit, format)}`] : []),
    `revenue ${compactFigure(revenue.value, revenue.unit, format)}`,
  ];
  const { period, current = null, change } = roas?.delta ?? {};
  if (roas === undefined || period === undefined || current === null) return whole;
  const moved = change == null ? '' : ` (${signedOrSame(change, format)})`;
  return [...whole.slice(0, 1), `week ${compactFigure(current, roas.unit, format)}${moved}`, period];
}

function signedOrSame(change: number, format: Format): string {
  const signed = format.signed(change, 'ratio');
  return /[1-9]/.test(signed) ? signed : 'unchanged';
}
