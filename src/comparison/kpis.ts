import type { Comparison } from '../report/comparison-schema.js';
import { overviewOf } from '../report/overview.js';
import type { Kpi } from '../report/schema.js';
import { difference, type Edition, exactly } from './figures.js';

type KpiMove = NonNullable<Comparison['moved']['kpis']>[number];

const HEADLINE = ['revenue', 'payout', 'orders', 'roas', 'roi', 'engagement_rate', 'baseline_roas'];
const ABSOLUTE: readonly Kpi['unit'][] = ['ratio', 'share'];

/**
 * The headline figures that differ between two editions, in the order of the report. What one of them does not have at all is left out;
 * null where an edition lacks its overview.
 *
 * @param digits - decimals of the currency
 */
export function movedKpis(before: Edition, now: Edition, digits: number): KpiMove[] | null {
  const earlier = headlineOf(before);
  const later = headlineOf(now);
  if (earlier === null || later === null) return null;
  return HEADLINE.flatMap((id) => {
    const [was, is] = [earlier.get(id), later.get(id)];
    return was && is ? [moveOf(was.value, is, digits)] : [];
  }).filter((move) => move.before !== move.now && move.difference !== 0);
}

/** Whether two editions tell the same total payout, or both tell none. */
export function isSamePayout(before: Edition, now: Edition, digits: number): boolean {
  const [was, is] = [headlineOf(before)?.get('payout'), headlineOf(now)?.get('payout')];
  if (!was || !is) return false;
  return was.value === is.value || moveOf(was.value, is, digits).difference === 0;
}

function headlineOf(edition: Edition): Map<string, Kpi> | null {
  const overview = overviewOf(edition);
  if (overview === undefined || overview.error !== undefined) return null;
  return new Map(overview.kpis.map((kpi) => [kpi.id, kpi]));
}

function moveOf(before: number | null, { id, label, unit, value: now }: Kpi, digits: number): KpiMove {
  const plain = difference(before, now);
  const moved = plain !== null && unit === 'money' ? exactly(plain, digits) : plain;
  const kind = ABSOLUTE.includes(unit) ? 'absolute' : 'relative';
  const change = kind === 'absolute' ? moved : relative(moved, before);
  return { id, label, unit, before, now, difference: moved, change, kind };
}

function relative(moved: number | null, before: number | null): number | null {
  return moved === null || before === null || before === 0 ? null : moved / Math.abs(before);
}
