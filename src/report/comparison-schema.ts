import { z } from 'zod';
import { id, unit } from './fields.js';

const figure = z.number().nullable();

const kpi = z
  .object({
    id,
    label: z.string(),
    unit,
    before: figure,
    now: figure,
    difference: figure.describe('now − before; null where one of them is'),
    change: figure.describe('see kind; null where it cannot be computed'),
    kind: z
      .enum(['relative', 'absolute'])
      .describe('relative: difference ÷ the earlier figure; absolute: the difference'),
  })
  .describe('a headline figure of the whole period');

const campaignSide = z
  .object({
    revenue: z.number(),
    roas: figure,
  })
  .nullable();

const campaign = z.object({
  campaign: z.string().describe('Unattributed, too: of two of this name the later is what has no campaign'),
  state: z.enum(['moved', 'new', 'gone']),
  before: campaignSide.describe('null for a new campaign'),
  now: campaignSide.describe('null for a campaign that is gone'),
  revenueChange: z.number().describe('all of its revenue where it is new or gone'),
  roasChange: figure.describe('null where one of the two is n/a'),
});

const influencerSide = z.object({ revenue: z.number(), payout: figure, roas: figure });

const influencer = z.object({
  influencer_id: z.string(),
  name: z.string(),
  state: z.enum(['below', 'recovered']).describe('below: an underperformer now, and not before'),
  before: influencerSide.nullable().describe('null where the earlier edition does not list the influencer'),
  now: influencerSide,
});

const restatement = z.object({
  week: z.iso.date().describe('its Monday'),
  figure: z
    .enum(['revenue', 'orders', 'posts', 'payout'])
    .describe('payout only where its total, all orders and all posts are as many in both editions'),
  before: figure.describe('null: the earlier edition does not have the week, though it covers later days'),
  now: figure.describe('null: this edition no longer has the week'),
  change: z.number(),
});

/** What differs from an earlier edition. Money in major units. */
export const comparisonSchema = z
  .object({
    with: z
      .object({
        asOf: z.iso.date(),
        label: z.string().describe('the days it covers, written out'),
        version: z.string().describe('of roi-report, which made it'),
        sha256: z.string().describe('of its report.json'),
      })
      .describe('the earlier edition'),
    window: z
      .object({ before: z.iso.date(), now: z.iso.date() })
      .nullable()
      .describe(
        'the first days of the two editions, where this one begins later, so that the weeks between left its totals; else null',
      ),
    moved: z
      .object({
        kpis: z.array(kpi).nullable(),
        campaigns: z.array(campaign).nullable().describe('the largest move of revenue first'),
        influencers: z
          .array(influencer)
          .nullable()
          .describe('who crossed the ROAS threshold of this report; most money at stake first'),
      })
      .describe('figures of the whole period that differ; each null where an edition lacks them'),
    restated: z
      .array(restatement)
      .nullable()
      .describe(
        'figures that differ of weeks which were complete in the earlier edition, the newest week first, without weeks before which the data of this edition begin; null where an edition lacks its weeks',
      ),
    reallocated: z
      .object({
        weeks: z.number().int().describe('weeks whose payout differs'),
        added: z.number().describe('payout that came to such weeks'),
        removed: z.number().describe('payout that left such weeks'),
      })
      .nullable()
      .describe(
        'payout that moved in past weeks because its total, orders or posts changed, over all of which it is allocated anew; not a restatement',
      ),
  })
  .describe('what moved since an earlier edition, and what was restated');

export type Comparison = z.infer<typeof comparisonSchema>;
