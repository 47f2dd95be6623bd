import type { TableLabel } from '../settings.js';
import type { Candidate } from './candidate.js';
import { spelling } from './spelling.js';

/** Columns that one table alone has. Name, platform, campaign and product are not among them: they describe rows of any kind. */
const OWN: Record<TableLabel, readonly string[]> = {
  influencers: ['category', 'gender', 'follower_count'],
  posts: ['url', 'caption', 'reach', 'likes', 'comments'],
  tracking_data: ['revenue'],
  payouts: ['basis', 'rate', 'total_payout'],
};

const METRICS: ReadonlySet<string> = new Set(
  ['ROAS', 'Incremental ROAS', 'ROI', 'CPO', 'CPA', 'AOV', 'Avg order value', 'Average order value'].map(
    spelling,
  ),
);

/**
 * Header names of a candidate that belong to other tables, or are computed from them.
 *
 * @param readings the same head read as each table
 */
export function strangersIn(candidate: Candidate, readings: readonly Candidate[]): string[] {
  const own = new Set(candidate.map.found.map(({ index }) => index));
  const foreign = readings
    .filter((other) => other.table !== candidate.table && other.headerLine === candidate.headerLine)
    .flatMap(({ table, map }) =>
      map.found.filter(({ name, rank }) => OWN[table.label].includes(name) && rank < 2),
    )
    .filter(({ index }) => !own.has(index))
    .map(({ header }) => header);
  const computed = candidate.header.filter((name) => METRICS.has(spelling(name)));
  return [...new Set([...foreign, ...computed, ...joinTraces(candidate.header)])];
}

/** Whether a candidate looks like a join or a summary of several tables, so that its rows would count more than once. */
export function looksMerged(candidate: Candidate, strangers: readonly string[]): boolean {
  return strangers.length > 1 && !hasUniqueKeys(candidate);
}

/** Names that a join leaves behind where both sides have a column: "orders_x" and "orders_y". */
function joinTraces(header: readonly string[]): string[] {
  const names = new Set(header);
  return header.filter((name) => {
    const [, stem, side] = /^(.+)_([xy])$/.exec(name) ?? [];
    return stem !== undefined && names.has(`${stem}_${side === 'x' ? 'y' : 'x'}`);
  });
}

function hasUniqueKeys({ table, map, rows }: Candidate): boolean {
  const key = map.found.find(({ name }) => name === table.key);
  if (key === undefined) return false;
  const values = rows.map((row) => row[key.index] ?? '').filter((value) => value !== '');
  return values.length > 1 && new Set(values).size === values.length;
}
