import { createHash } from 'node:crypto';
import { type Filters, isFiltered } from '../model/filters.js';

const LONGEST = 60;

/**
 * The name of an edition's folder: the day it speaks as of, and what it is narrowed to, so that a filtered report does not
 * replace the whole one of the same day. The same whatever the order of the names, and however often each stands. Safe as a file name on every system.
 */
export function editionName(asOf: string, filters: Filters): string {
  if (!isFiltered(filters)) return asOf;
  const sorted = {
    ...filters,
    campaigns: once(filters.campaigns),
    categories: once(filters.categories),
    platforms: once(filters.platforms),
  };
  const { campaigns, categories, platforms, minFollowers, maxFollowers, from, to } = sorted;
  const parts = [
    ...campaigns,
    ...categories,
    ...platforms,
    minFollowers === null ? '' : `from ${minFollowers} followers`,
    maxFollowers === null ? '' : `to ${maxFollowers} followers`,
    from === null ? '' : `from ${from}`,
    to === null ? '' : `to ${to}`,
  ];
  const readable = parts
    .filter((part) => part !== '')
    .join(' ')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, LONGEST);
  const mark = createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 6);
  return `${asOf}_${readable}-${mark}`;
}

function once(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
