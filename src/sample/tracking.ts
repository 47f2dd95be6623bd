import { dateOf } from './calendar.js';
import { CAMPAIGNS, type Campaign, PRODUCTS } from './catalog.js';
import { csvField, csvLine, rupees } from './csv.js';
import { demandByDay } from './demand.js';
import type { Post } from './posts.js';
import { pick, type Random } from './random.js';

const CHANNEL_SHARE = 0.35;
const OTHER_CAMPAIGN_SHARE = 0.06;
const FEATURED_SHARE = 0.6;
const REFUND_SHARE = 0.006;
const BIGGEST_DISCOUNT = 0.15;
const FIRST_CUSTOMER = 100_001;

/** What the written rows add up to for each influencer, by the influencer's index. */
export interface Tally {
  orders: Float64Array;
  paise: Float64Array;
}

/** A tally of nothing yet for so many influencers. */
export function emptyTally(influencers: number): Tally {
  return { orders: new Float64Array(influencers), paise: new Float64Array(influencers) };
}

/**
 * The lines of tracking_data.csv, header first, in order of date. The rows are never held together.
 * @param posts in order of date
 * @param size number of rows after the header
 * @param tally takes up the orders and revenue of every row that names an influencer
 */
export function* trackingLines(
  random: Random,
  posts: readonly Post[],
  size: number,
  tally: Tally,
): Generator<string> {
  yield csvLine(['source', 'campaign', 'influencer_id', 'user_id', 'product', 'date', 'orders', 'revenue']);
  const customers = Math.ceil(size * 0.8);
  for (const { day, rows, drawPost } of demandByDay(random, posts, size)) {
    const date = dateOf(day);
    const running = CAMPAIGNS.filter(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay);
    for (let row = 0; row < rows; row += 1) {
      const post = drawPost(random);
      const origin = post === undefined ? inventOrganic(random) : inventOrigin(random, post, running);
      const { product, orders, paise } = inventBasket(random, origin.campaign);
      if (post !== undefined) {
        const { index } = post.influencer;
        tally.orders[index] = (tally.orders[index] ?? 0) + orders;
        tally.paise[index] = (tally.paise[index] ?? 0) + paise;
      }
      const user = FIRST_CUSTOMER + Math.floor(random() * customers);
      yield `${origin.fields},U${user},${csvField(product)},${date},${orders},${rupees(paise)}\n`;
    }
  }
}

interface Origin {
  /** The campaign whose products the sale is of. */
  campaign: Campaign;
  /** The columns source, campaign and influencer_id. */
  fields: string;
}

function inventOrigin(random: Random, { id, campaign, influencer }: Post, running: Campaign[]): Origin {
  const byChannel = influencer.channel !== undefined && random() < CHANNEL_SHARE;
  const source = byChannel ? influencer.channel : id;
  const sold = random() < OTHER_CAMPAIGN_SHARE ? anotherOf(random, campaign, running) : campaign;
  return { campaign: sold, fields: `${source},${sold.name},${influencer.id}` };
}

function anotherOf(random: Random, campaign: Campaign, running: Campaign[]): Campaign {
  const candidates = running.filter(({ brand }) => brand === campaign.brand);
  return candidates[Math.floor(random() * candidates.length)] ?? campaign;
}

function inventOrganic(random: Random): Origin {
  return { campaign: pick(random, CAMPAIGNS), fields: `${random() < 0.6 ? 'organic' : 'direct'},,` };
}

function inventBasket(
  random: Random,
  { brand, featured }: Campaign,
): { product: string; orders: number; paise: number } {
  const product = random() < FEATURED_SHARE ? featured : pick(random, PRODUCTS[brand]);
  const paise = Math.round(product.price * 100 * (1 - BIGGEST_DISCOUNT * random()));
  const chance = random();
  if (chance < REFUND_SHARE) return { product: product.name, orders: -1, paise: -paise };
  const orders = chance < 0.9 ? 1 : chance < 0.98 ? 2 : 3;
  return { product: product.name, orders, paise: orders * paise };
}
