import type { TableLabel } from '../settings.js';
import { SOURCE_TABLES } from '../tables.js';
import { spelling } from './spelling.js';

/** A column for which a header name may stand. */
export interface NameUse {
  /** A canonical column of the table, or one that is kept out on purpose. */
  column: string;
  /** 0 for the column's own name, else the place of the list of aliases that has the name, from 1. */
  rank: number;
}

/**
 * What the header names of a table may stand for, by their spelling. A name counts only where those of a better rank find
 * nothing, and of the same rank none is better than another. From rank 2 on the names are vague, and the values must fit.
 */
export function namesOf(table: TableLabel): ReadonlyMap<string, readonly NameUse[]> {
  return NAMES.get(table) ?? new Map();
}

const PERSON_IDS = `creator id, affiliate id, partner id, ambassador id, influencer code, creator code, influencer no,
  creator no, influencer number, influencer ref, influencer key, inf id, kol id, talent id`;
const PERSONS = `influencer, creator; influencer handle, creator handle, influencer username, creator username, handle,
  username, account username, affiliate, ambassador, kol, talent`;
const PLATFORMS = `social platform, social media platform, social media, social network, network, platform name`;
const ORDER_COUNTS = `order count, orders count, no of orders, number of orders, nr of orders, num orders, total orders;
  conversions, conversion count, purchases, transactions`;
const VAGUE_DATES = 'timestamp, datetime, created at, created on, created date, date created, day';

// Lists are separated by semicolons, names by commas. A name that means something else is not among them, however near it is:
// impressions and views are not reach, units are not orders, a unit price is not revenue, a person's name is not the id.
const ALIASES: Record<TableLabel, Record<string, string>> = {
  influencers: {
    influencer_id: `${PERSON_IDS}; id; ${PERSONS}`,
    name: `influencer name, creator name, full name, display name, affiliate name, partner name, ambassador name,
      profile name, account name, talent name; influencer, creator, affiliate, ambassador`,
    category: `niche, vertical, genre, content category, influencer category, creator category, influencer niche`,
    gender: 'sex, influencer gender, creator gender',
    follower_count: `followers, follower, followers count, no of followers, number of followers, num followers,
      total followers, subscribers, subscriber count, subscribers count, number of subscribers, fans, fan count`,
    platform: `${PLATFORMS}, primary platform, main platform; channel`,
  },
  posts: {
    post_id: `content id, media id, video id, reel id, post code, post ref, post key, shortcode; id; post`,
    influencer_id: `${PERSON_IDS}; ${PERSONS}`,
    platform: `post platform, ${PLATFORMS}; channel`,
    date: `post date, date of post, posted date, date posted, posting date, posted on, posted at, published, publish date,
      published date, date published, published on, published at, publication date, publish time, go live date,
      live date, upload date; ${VAGUE_DATES}`,
    url: `post url, post link, link, permalink, post permalink, content url, content link, video url, reel url`,
    caption: `post caption, caption text, post text, post description; text, description, post content, message; title`,
    reach: `post reach, total reach, unique reach, reach count, reached accounts, accounts reached, people reached`,
    likes: `like count, likes count, no of likes, number of likes, num likes, total likes, post likes`,
    comments: `comment count, comments count, no of comments, number of comments, num comments, total comments,
      post comments`,
  },
  tracking_data: {
    source: `post id, content id, media id, source id, source post, source post id;
      utm source, traffic source, source name, referral source; platform, channel, network`,
    campaign: 'campaign name, campaign title, utm campaign; campaign id, campaign code',
    influencer_id: `${PERSON_IDS}; ${PERSONS}`,
    user_id: `customer id, customer, customer name, client id, buyer id, shopper id, email, customer email`,
    product: `product name, product title, item name, item title, lineitem name, line item;
      item, product id, product sku, sku, item id, item sku, lineitem sku`,
    date: `order date, date of order, ordered at, ordered on, transaction date, sale date, sales date, date of sale,
      purchase date, purchased at, conversion date, event date; ${VAGUE_DATES}, order time, transaction time`,
    orders: ORDER_COUNTS,
    revenue: `net revenue, total revenue, gross revenue, revenue amount, sales revenue, attributed revenue, net sales,
      total sales, gross sales, sales amount, sale amount, sales value, sale value, order value, order amount,
      order total, purchase value, transaction value, transaction amount, conversion value;
      sales, amount, total, total amount, subtotal, gmv`,
  },
  payouts: {
    influencer_id: `${PERSON_IDS}; ${PERSONS}`,
    basis: `payment basis, payout basis, pay basis, rate basis, basis of payment, paid per, payment model,
      compensation model, pricing model; rate type, payment type, payout type, deal type, compensation type`,
    rate: `payout rate, payment rate, unit rate, rate amount, rate per unit, rate per post, rate per order;
      fee per post, cost per post, fee per unit, fee per order, cost per order, commission per order; fee, commission`,
    orders: `paid orders, orders paid; ${ORDER_COUNTS}`,
    total_payout: `payout, payouts, payout amount, payout total, total payouts, net payout, amount paid, paid amount,
      total paid, amount payable, total payable, payment, payments, payment amount, payment total, total payment,
      total payments, total fee, total fees, total commission, commission amount, commission paid, total cost,
      total earnings; amount, total, total amount, fee, fees, commission, commissions, cost, spend, earnings, paid`,
  },
};

const NAMES = new Map(
  SOURCE_TABLES.map(({ label, columns, unstored }) => {
    const uses = new Map<string, NameUse[]>();
    for (const column of [...columns.map(({ name }) => name), ...unstored]) {
      const aliases = ALIASES[label][column]?.split(';').map((list) => list.split(',')) ?? [];
      for (const [rank, names] of [[column], ...aliases].entries()) {
        for (const name of names.map(spelling)) uses.set(name, [...(uses.get(name) ?? []), { column, rank }]);
      }
    }
    return [label, uses] as const;
  }),
);
