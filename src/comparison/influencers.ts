import type { Comparison } from '../report/comparison-schema.js';
import { type Edition, figureOf, rowsOf, textOf } from './figures.js';

type Crossing = NonNullable<Comparison['moved']['influencers']>[number];
type Side = Crossing['now'];

/**
 * The influencers who are underperformers in one of two editions and not in the other, by one ROAS threshold, those with the most payout
 * that is not earned back first; null where an edition lacks its influencers. An underperformer who has no ROAS any more, or is no longer
 * listed, has not recovered and is left out.
 *
 * @param threshold - the ROAS below which an influencer with a payout underperforms
 */
export function crossings(before: Edition, now: Edition, threshold: number): Crossing[] | null {
  const earlier = influencersOf(before);
  const later = influencersOf(now);
  if (earlier === null || later === null) return null;
  return [...later]
    .flatMap(([influencer_id, { name, side }]): Crossing[] => {
      const was = earlier.get(influencer_id)?.side ?? null;
      const isBelow = below(side, threshold);
      if (isBelow === below(was, threshold)) return [];
      if (!isBelow && side.roas === null) return [];
      return [{ influencer_id, name, state: isBelow ? 'below' : 'recovered', before: was, now: side }];
    })
    .sort((a, b) => gap(b) - gap(a) || (a.influencer_id < b.influencer_id ? -1 : 1));
}

function influencersOf(edition: Edition): Map<string, { name: string; side: Side }> | null {
  const rows = rowsOf(edition, 'influencer-analysis', 'influencers');
  if (rows === null) return null;
  return new Map(
    rows.map((row) => [
      textOf(row, 'influencer_id'),
      {
        name: textOf(row, 'name'),
        side: {
          revenue: figureOf(row, 'revenue') ?? 0,
          payout: figureOf(row, 'payout'),
          roas: figureOf(row, 'roas'),
        },
      },
    ]),
  );
}

function below(side: Side | null, threshold: number): boolean {
  return side !== null && (side.payout ?? 0) > 0 && side.roas !== null && side.roas < threshold;
}

function gap({ now }: Crossing): number {
  return Math.abs((now.payout ?? 0) - now.revenue);
}
