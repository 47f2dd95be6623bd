import { bareAddress } from '../config/mail-address.js';
import type { AttachmentKind, ScheduleConfig } from '../config/schedules.js';
import type { Config } from '../config/schema.js';
import { EXIT, ReportError } from '../errors.js';
import { type Filters, isFiltered, noFilters } from '../model/filters.js';

/** One report among those of an edition, and what its audience may see. */
export interface Slice {
  /** Names its folder: `all`, or `slice-1` and so on. */
  name: string;
  filters: Filters;
  /** Whether nothing of the data outside the filters may reach the audience. */
  isolated: boolean;
}

/** One person, the slice they get, and what is attached to their message. */
export interface Recipient {
  /** As configured, with a name before the address where there is one. */
  to: string;
  /** The bare address, as the ledger knows it. */
  address: string;
  slice: string;
  attach: readonly AttachmentKind[];
}

export interface Audiences {
  slices: Slice[];
  recipients: Recipient[];
}

/**
 * Who gets which report. People with the same filters share one.
 *
 * @throws ReportError exit code 2 for an address that stands twice, or filters of which nothing is left
 */
export function audiencesOf(
  reportFilters: Config['filters'],
  schedule: Pick<ScheduleConfig, 'id' | 'filters' | 'attach' | 'recipients'>,
): Audiences {
  const slices = new Map<string, Slice>();
  const recipients: Recipient[] = [];
  const seen = new Set<string>();
  for (const audience of schedule.recipients) {
    const place = `schedules ${schedule.id}, recipient ${audience.to[0]}`;
    const filters = [schedule.filters, audience.filters ?? noFilters].reduce(
      (outer, inner) => narrowed(outer, inner, place),
      reportFilters,
    );
    const key = JSON.stringify(filters);
    const isolated = isNarrow(filters);
    const slice = slices.get(key) ?? { name: sliceName(isFiltered(filters), slices.size), filters, isolated };
    slices.set(key, slice);
    for (const to of audience.to) {
      const address = bareAddress(to);
      if (seen.has(address.toLowerCase())) {
        throw usage(
          `schedules ${schedule.id}: ${address} is a recipient twice.`,
          'Name each address once; one message goes to each.',
        );
      }
      seen.add(address.toLowerCase());
      recipients.push({ to, address, slice: slice.name, attach: audience.attach ?? schedule.attach });
    }
  }
  return { slices: [...slices.values()], recipients };
}

/** @throws ReportError `no-owner` (exit code 2) where nobody would hear of failures */
export function assertOwner({ delivery }: Pick<Config, 'delivery'>): void {
  if (delivery.owner.length > 0) return;
  throw new ReportError('There are schedules, but no delivery.owner.', {
    code: 'no-owner',
    exitCode: EXIT.usage,
    hint: 'Name who is told when an edition cannot be made or sent, such as owner: ops@example.com.',
  });
}

function sliceName(filtered: boolean, before: number): string {
  return filtered ? `slice-${before + 1}` : 'all';
}

/** Days alone hide no brand and no person from the audience. */
function isNarrow({ from: _from, to: _to, ...rest }: Filters): boolean {
  return isFiltered({ ...rest, from: null, to: null });
}

/**
 * What two filters have in common.
 *
 * @param place - names the recipient in errors
 */
function narrowed(outer: Filters, inner: Filters, place: string): Filters {
  const common = (key: 'campaigns' | 'categories' | 'platforms'): string[] => {
    if (outer[key].length === 0) return inner[key];
    if (inner[key].length === 0) return outer[key];
    const allowed = new Set(outer[key].map((text) => text.toLowerCase()));
    const both = inner[key].filter((text) => allowed.has(text.toLowerCase()));
    if (both.length > 0) return both;
    throw usage(
      `${place}: filters.${key} (${inner[key].join(', ')}) has nothing in common with the filters around it (${outer[key].join(', ')}).`,
      'A recipient sees a part of what the schedule shows, and that a part of what the report shows.',
    );
  };
  const filters = {
    campaigns: common('campaigns'),
    categories: common('categories'),
    platforms: common('platforms'),
    minFollowers: latest(outer.minFollowers, inner.minFollowers, (a, b) => a > b),
    maxFollowers: latest(outer.maxFollowers, inner.maxFollowers, (a, b) => a < b),
    from: latest(outer.from, inner.from, (a, b) => a > b),
    to: latest(outer.to, inner.to, (a, b) => a < b),
  };
  for (const [low, high] of [
    ['minFollowers', 'maxFollowers'],
    ['from', 'to'],
  ] as const) {
    const [lowest, highest] = [filters[low], filters[high]];
    if (lowest === null || highest === null || lowest <= highest) continue;
    throw usage(
      `${place}: nothing lies between filters.${low} (${lowest}) and filters.${high} (${highest}).`,
      'Look at the filters of the report, of the schedule and of the recipient together.',
    );
  }
  return filters;
}

function latest<Value>(
  a: Value | null,
  b: Value | null,
  wins: (a: Value, b: Value) => boolean,
): Value | null {
  if (a === null || b === null) return a ?? b;
  return wins(a, b) ? a : b;
}

function usage(message: string, hint: string): ReportError {
  return new ReportError(message, { code: 'config-invalid', exitCode: EXIT.usage, hint });
}
