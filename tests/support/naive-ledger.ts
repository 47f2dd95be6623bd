import {
  ascending,
  groupBy,
  type NaiveActivity,
  type NaivePost,
  type NaiveSale,
  sumOf,
} from './naive-tables.js';
import { minor, type Tables } from './tables.js';

/** A row of the payout ledger; the amount in minor units. */
export interface NaiveEntry {
  influencer: string;
  basis: string | null;
  rule: string;
  post: string | null;
  campaign: string | null;
  platform: string | null;
  date: string | null;
  amount: bigint;
}

type Key = readonly (string | null)[];
interface Weighed<Item> {
  item: Item;
  key: Key;
  weight: bigint;
}

/** Largest remainder: floors first, then one unit each to the largest fractions, ties by ascending key. */
function divide<Item>(amount: bigint, parts: readonly Weighed<Item>[]): { item: Item; amount: bigint }[] {
  const total = sumOf(parts, ({ weight }) => weight);
  const size = amount < 0n ? -amount : amount;
  const floors = parts.map((part) => ({
    ...part,
    share: (size * part.weight) / total,
    fraction: (size * part.weight) % total,
  }));
  let left = size - sumOf(floors, ({ share }) => share);
  floors.sort((a, b) =>
    a.fraction === b.fraction ? compareKeys(a.key, b.key) : a.fraction > b.fraction ? -1 : 1,
  );
  return floors.map(({ item, share }) => {
    const whole = left > 0n ? share + 1n : share;
    left -= 1n;
    return { item, amount: amount < 0n ? -whole : whole };
  });
}

function compareKeys(a: Key, b: Key): number {
  for (const [index, part] of a.entries()) {
    const order = ascending(part, b[index] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

/** Groups weighed by their orders, a negative sum as 0; equally where no group has an order. */
function byOrders(groups: readonly NaiveSale[][], keyOf: (sale: NaiveSale) => Key): Weighed<NaiveSale>[] {
  const weighed = groups.flatMap((group) => {
    const [item] = group;
    const orders = sumOf(group, (sale) => sale.orders);
    return item ? [{ item, key: keyOf(item), weight: orders > 0n ? orders : 0n }] : [];
  });
  return weighed.some(({ weight }) => weight > 0n)
    ? weighed
    : weighed.map((part) => ({ ...part, weight: 1n }));
}

const byCampaign = (sales: readonly NaiveSale[]) =>
  byOrders(
    groupBy(sales, (sale) => sale.campaign),
    (sale) => [sale.campaign],
  );

/** The payout ledger by the rules of metrics.md, in loops. */
export function naiveLedger(tables: Tables, activity: NaiveActivity): NaiveEntry[] {
  const totals = groupBy(tables.payouts ?? [], (row) => [row.influencer_id, row.basis ?? null]);
  return totals
    .flatMap((rows) => {
      const influencer = rows[0]?.influencer_id ?? '';
      const basis = rows[0]?.basis ?? null;
      const amount = sumOf(rows, (row) => BigInt(minor(row.total_payout)));
      const posts = activity.posts.filter((post) => post.influencer === influencer);
      const sales = activity.sales.filter((sale) => sale.influencer === influencer);
      const home = activity.homeOf(influencer);
      return place(amount, basis, posts, sales, home).map((placed) => ({ influencer, basis, ...placed }));
    })
    .filter(({ amount }) => amount !== 0n);
}

type Placed = Omit<NaiveEntry, 'influencer' | 'basis'>;

function place(
  amount: bigint,
  basis: string | null,
  posts: readonly NaivePost[],
  sales: readonly NaiveSale[],
  home: string | null,
): Placed[] {
  const hasOrders = groupBy(sales, (sale) => sale.campaign).some(
    (group) => sumOf(group, (sale) => sale.orders) > 0n,
  );
  if (hasOrders && (basis === 'order' || posts.length === 0)) return placeByOrders(amount, sales);
  if (posts.length > 0) return placeByPosts(amount, posts, sales);
  const undated = { post: null, platform: home, date: null };
  const campaigns = groupBy(
    sales.filter((sale) => sale.campaign !== null),
    (sale) => sale.campaign,
  ).map(([sale]) => sale?.campaign ?? null);
  if (campaigns.length === 0) return [{ ...undated, rule: 'no_activity', campaign: null, amount }];
  const equally = campaigns.map((item) => ({ item, key: [item], weight: 1n }));
  return divide(amount, equally).map(({ item, amount: share }) => ({
    ...undated,
    rule: 'equal_campaigns',
    campaign: item,
    amount: share,
  }));
}

function placeByOrders(amount: bigint, sales: readonly NaiveSale[]): Placed[] {
  return divide(amount, byCampaign(sales)).flatMap(({ item: { campaign }, amount: share }) => {
    const cells = groupBy(
      sales.filter((sale) => sale.campaign === campaign),
      cellOf,
    );
    return divide(share, byOrders(cells, cellOf)).map(({ item, amount: part }) => ({
      rule: 'order',
      post: item.post,
      campaign,
      platform: item.platform,
      date: item.date,
      amount: part,
    }));
  });
}

const cellOf = (sale: NaiveSale) => [sale.post, sale.platform, sale.date];

function placeByPosts(amount: bigint, posts: readonly NaivePost[], sales: readonly NaiveSale[]): Placed[] {
  const equally = posts.map((item) => ({ item, key: [item.id], weight: 1n }));
  return divide(amount, equally).flatMap(({ item: { id, platform, date }, amount: share }) => {
    const own = { post: id, platform, date };
    const linked = sales.filter((sale) => sale.post === id);
    const channel = sales.filter((sale) => sale.channel !== null && sale.channel === platform?.toLowerCase());
    const carriers = linked.length > 0 ? linked : channel;
    if (carriers.length === 0) return [{ ...own, rule: 'unlinked_post', campaign: null, amount: share }];
    return divide(share, byCampaign(carriers)).map(({ item, amount: part }) => ({
      ...own,
      rule: linked.length > 0 ? 'linked_post' : 'channel',
      campaign: item.campaign,
      amount: part,
    }));
  });
}
