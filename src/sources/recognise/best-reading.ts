import type { TableLabel } from '../settings.js';
import { type Candidate, implausible, isComplete } from './candidate.js';
import { isBlank } from './plausible.js';
import { lack } from './problems.js';
import { spelling } from './spelling.js';

/** Names of a column that may be revenue as well as a payout. */
const EITHER: ReadonlySet<string> = new Set(['amount', 'total', 'totalamount', 'subtotal']);

/** The reading of a head that fits best; null where none of them is beyond doubt. */
export function bestReading(readings: readonly Candidate[]): Candidate | null {
  const sound = readings.filter((reading) => isComplete(reading) && isEnough(reading));
  return sound.reduce<Candidate | null>(
    (best, next) => (best && best.score >= next.score ? best : next),
    null,
  );
}

/** Why a head is none of the tables, as a clause: "looks like payouts, but has no column total_payout". */
export function whyNone(readings: readonly Candidate[]): string {
  const [nearest] = readings.filter(isNear).sort((a, b) => b.score - a.score);
  if (nearest === undefined) return 'has no columns by which it could be one of the four tables';
  return `looks like ${nearest.table.label}, but ${doubtAbout(nearest)}`;
}

/** What keeps a head from being taken for a table, as a clause: "has no column total_payout". */
export function doubtAbout(candidate: Candidate): string {
  const { map, rows } = candidate;
  if (map.missing.length > 0) return lack(candidate);
  const odd = implausible(map);
  if (odd) {
    const kind = odd.type === 'date' ? 'dates' : 'numbers';
    const example = rows.map((row) => row[odd.index] ?? '').find((value) => !isBlank(value)) ?? '';
    return `its column "${odd.header}" does not hold ${kind} ("${example.slice(0, 30)}")`;
  }
  const either = ambiguousMoney(candidate);
  if (either) {
    return `its column "${either.header}" may be revenue or a payout, and its name does not say which`;
  }
  return `has only ${map.found.map(({ header }) => `"${header}"`).join(', ')} in common with it`;
}

/** Whether a head comes near enough to a table to be mentioned where that table is missed. */
export function isNear({ name, table, map }: Candidate): boolean {
  if (name.table === table.label) return true;
  if (map.missing.length === 0 && map.found.length > 1) return true;
  return map.found.filter(({ rank, isPlausible }) => rank < 2 && isPlausible).length > 1;
}

/**
 * Whether a complete file is clearly of its table. A file whose name says so is; any other needs something that only this
 * table has, for an id and a date are in many a file.
 */
function isEnough(candidate: Candidate): boolean {
  if (candidate.name.table === candidate.table.label) return true;
  return PROOFS[candidate.table.label](candidate);
}

const PROOFS: Record<TableLabel, (candidate: Candidate) => boolean> = {
  influencers: ({ map: { found } }) =>
    hasAnyOf(found, ['follower_count']) || (hasAnyOf(found, ['influencer_id']) && found.length > 1),
  posts: ({ map: { found } }) => hasAnyOf(found, ['post_id', 'url', 'caption', 'reach', 'likes', 'comments']),
  tracking_data: (candidate) => ambiguousMoney(candidate) === null,
  payouts: (candidate) => ambiguousMoney(candidate) === null,
};

/** Whether one of the columns is there under a name that is not vague. */
function hasAnyOf(found: Candidate['map']['found'], names: readonly string[]): boolean {
  return found.some(({ name, rank }) => rank < 2 && names.includes(name));
}

function ambiguousMoney({ map }: Candidate): Candidate['map']['found'][number] | null {
  const money = map.found.find(({ type, required }) => type === 'money' && required);
  return money && money.rank > 0 && EITHER.has(spelling(money.header)) ? money : null;
}
