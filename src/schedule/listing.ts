import { columns } from '../format/columns.js';
import type { Cron } from './cron.js';
import { durationText } from './duration.js';
import { asOfDay, nextSlots, type Slot } from './slots.js';
import { offsetAt } from './zone-spans.js';

/** One of the next runs of a schedule; written as it is by `--json`. */
export interface ListedRun {
  schedule: string;
  /** ISO, in UTC. */
  instant: string;
  /** On the clock on the wall: "2026-11-23T07:00". */
  local: string;
  weekday: string;
  offset: string;
  zone: string;
  /** "in 2 days 3 hours" */
  wait: string;
  /** What clock changes have to do with it; mostly nothing. */
  notes: string[];
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/**
 * The next runs of each schedule, in the order given, each rising.
 *
 * @param count - how many of each
 */
export function scheduleListing(
  schedules: readonly { id: string; cron: Cron; zone: string }[],
  now: Date,
  count: number,
): ListedRun[] {
  return schedules.flatMap(({ id, cron, zone }) => {
    const slots = nextSlots(cron, zone, now, count);
    return slots.map((slot, index) => ({
      schedule: id,
      instant: slot.instant.toISOString(),
      local: slot.local,
      weekday: WEEKDAYS[new Date(`${slot.local}Z`).getUTCDay()] ?? '',
      offset: slot.offset,
      zone,
      wait: `in ${durationText(slot.instant.getTime() - now.getTime())}`,
      notes: notesOf(slot, slots[index - 1]?.offset ?? offsetAt(zone, now)),
    }));
  });
}

/** The listing as a table of text, a line a run; a sentence where there is none. */
export function listingText(runs: readonly ListedRun[]): string {
  if (runs.length === 0) return 'No schedule is configured.';
  const rows = runs.map(({ schedule, weekday, local, offset, zone, wait, notes }) => [
    schedule,
    `${weekday} ${local.replace('T', ' ')}`,
    offset,
    zone,
    wait,
    notes.join('; '),
  ]);
  return columns([['SCHEDULE', 'NEXT RUNS', 'OFFSET', 'ZONE', 'WHEN', ''], ...rows]);
}

function notesOf(slot: Slot, lastOffset: string): string[] {
  const { note, local, meant, offset } = slot;
  const [time, meantTime] = [local, meant].map((text) =>
    asOfDay(slot) === meant.slice(0, 10) ? text.slice(11) : text.replace('T', ' '),
  );
  return [
    ...(note === 'skipped' ? [`clock change: ${meantTime} does not exist, runs ${time}`] : []),
    ...(note === 'twice' ? [`clock change: ${time} occurs twice, runs once, the first time`] : []),
    ...(offset === lastOffset ? [] : [`offset changes from ${lastOffset} to ${offset}`]),
  ];
}
