import type { PreviousEdition } from '../../src/comparison/previous.js';
import type { Kpi, Report, Row, Section } from '../../src/report/schema.js';
import { reportWith } from '../support/report.js';

/** What an edition says that is compared; a part that is left out has no rows, one that is null is missing as where its section failed. */
export interface Told {
  kpis?: Record<string, number | null> | null;
  /** Revenue and ROAS by campaign, which has an iROAS where it has a ROAS. */
  campaigns?: Record<string, readonly [revenue: number, roas: number | null]> | null;
  /** Revenue and ROAS of what has no campaign, the last row of the campaigns. */
  unattributed?: readonly [revenue: number, roas: number | null];
  /** Revenue and payout by influencer. */
  influencers?: Record<string, readonly [revenue: number, payout: number | null]> | null;
  /** By Monday. */
  weeks?: Record<string, Week> | null;
  meta?: Partial<Report['meta']>;
}

export interface Week {
  revenue?: number;
  orders?: number;
  posts?: number;
  payout?: number | null;
  partial?: boolean;
}

const UNITS: Record<string, Kpi['unit']> = {
  revenue: 'money',
  payout: 'money',
  orders: 'count',
  roas: 'ratio',
};

/** A report that says this. */
export function edition({
  kpis = {},
  campaigns = {},
  unattributed,
  influencers = {},
  weeks = {},
  meta = {},
}: Told): Report {
  const overview: Section = {
    ...section('executive-overview'),
    kpis: Object.entries(kpis ?? {}).map(([id, value]) => ({
      id,
      label: id,
      value,
      unit: UNITS[id] ?? 'share',
    })),
    ...(kpis === null && { error: 'It failed.' }),
  };
  const deepDive = withTable('campaign-deep-dive', 'campaigns', campaigns, (campaign, [revenue, roas]) => ({
    campaign,
    revenue,
    roas,
    iroas: roas,
  }));
  if (unattributed) {
    const [revenue, roas] = unattributed;
    deepDive[0]?.tables[0]?.rows.push({ campaign: 'Unattributed', revenue, roas, iroas: null });
  }
  return reportWith({
    meta,
    sections: [
      overview,
      ...deepDive,
      ...withTable('influencer-analysis', 'influencers', influencers, (influencer_id, [revenue, payout]) => ({
        influencer_id,
        name: `Name of ${influencer_id}`,
        revenue,
        payout,
        roas: payout ? revenue / payout : null,
      })),
      ...withTable('trend', 'weeks', weeks, (week, { partial = false, ...figures }) => ({
        week,
        revenue: 0,
        orders: 0,
        posts: 0,
        payout: 0,
        ...figures,
        coverage: partial ? 'partial' : '',
      })),
    ],
  });
}

/** The same as an earlier edition that was read. */
export function previous(told: Told): PreviousEdition {
  return { report: edition(told), sha256: 'a'.repeat(64) };
}

function withTable<Entry>(
  sectionId: string,
  id: string,
  entries: Record<string, Entry> | null,
  rowOf: (key: string, entry: Entry) => Row,
): Section[] {
  if (entries === null) return [{ ...section(sectionId), error: 'It failed.' }];
  const rows = Object.entries(entries).map(([key, entry]) => rowOf(key, entry));
  return [{ ...section(sectionId), tables: [{ id, title: id, columns: [], rows }] }];
}

function section(id: string): Section {
  return { id, title: id, headline: id, kpis: [], tables: [], charts: [], notes: [] };
}
