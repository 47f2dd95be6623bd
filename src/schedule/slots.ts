import type { Cron } from './cron.js';
import { type ZoneSpan, zoneSpans } from './zone-spans.js';

/** A moment at which an edition is due. */
export interface Slot {
  instant: Date;
  /** What the clock on the wall shows then: "2026-03-29T03:00". */
  local: string;
  /** Ahead of UTC then: "+02:00". */
  offset: string;
  /**
   * What a clock change has to do with it: `skipped` stands for a time that does not exist, `twice` is the first of two
   * times that look the same.
   */
  note: 'skipped' | 'twice' | null;
  /** What the schedule asks for: as `local`, but the first of the times that do not exist where they were skipped. */
  meant: string;
}

/** Times on the wall clock of one day, in one span of the zone; `meant` is the time they stand for, if it is another. */
interface Day {
  span: ZoneSpan;
  times: readonly number[];
  meant: number | null;
}

const DAY = 86_400_000;

/**
 * The slots of a time window, rising. Where the clock goes forward, the times it leaves out become one slot at the first
 * minute after them, which may be a slot anyway. Where it goes back, each time on the wall runs once, when it first comes.
 *
 * @param zone - of the IANA database
 * @param after - exclusive
 * @param until - inclusive
 */
export function slotsBetween(cron: Cron, zone: string, after: Date, until: Date): Slot[] {
  return newestSlots(cron, zone, after, until, Number.POSITIVE_INFINITY).slots;
}

/**
 * The newest slots of a time window, rising, and how many it has in all. Only these are kept in memory: ten years of every
 * minute take less than a second.
 *
 * @param after - exclusive
 * @param until - inclusive
 * @param limit - the most slots wanted
 */
export function newestSlots(
  cron: Cron,
  zone: string,
  after: Date,
  until: Date,
  limit: number,
): { slots: Slot[]; count: number } {
  const days: Day[] = [];
  let count = 0;
  let kept = 0;
  for (const day of slotDays(cron, zone, after.getTime(), until.getTime())) {
    days.push(day);
    count += day.times.length;
    kept += day.times.length;
    for (let oldest = days[0]; oldest && kept - oldest.times.length >= limit; oldest = days[0]) {
      kept -= oldest.times.length;
      days.shift();
    }
  }
  const slots = days.flatMap(slotsOf);
  return { slots: slots.slice(Math.max(0, slots.length - limit)), count };
}

/**
 * The next slots, rising.
 *
 * @param after - exclusive
 * @param count - how many
 */
export function nextSlots(cron: Cron, zone: string, after: Date, count: number): Slot[] {
  const slots: Slot[] = [];
  if (count <= 0) return slots;
  for (const day of slotDays(cron, zone, after.getTime(), Number.POSITIVE_INFINITY)) {
    slots.push(...slotsOf(day));
    if (slots.length >= count) break;
  }
  return slots.slice(0, count);
}

/** The name of a slot for files and addresses, "2026-11-23T0700+0100"; no two slots of a zone share one. */
export function slotName({ local, offset }: Slot): string {
  return `${local}${offset}`.replaceAll(':', '');
}

/** The day of a slot in its zone, as "2026-11-23". */
export function asOfDay({ local }: Slot): string {
  return local.slice(0, 'YYYY-MM-DD'.length);
}

function* slotDays(cron: Cron, zone: string, after: number, until: number): Generator<Day> {
  for (const span of zoneSpans(zone, after)) {
    if (span.start > until) return;
    const begin = span.start + span.offset;
    const [leftOut] = wallDays(cron, span.shownUntil, begin).next().value ?? [];
    if (leftOut !== undefined && span.start > after) yield { span, times: [begin], meant: leftOut };
    const from = Math.max(
      leftOut === undefined ? begin : begin + 1,
      span.shownUntil,
      after + span.offset + 1,
    );
    const to = Math.min(span.end, until + 1) + span.offset;
    for (const times of wallDays(cron, from, to)) yield { span, times, meant: null };
  }
}

/** Day by day, the times on the wall clock from `from` to before `to`; days without one are left out. */
function* wallDays(cron: Cron, from: number, to: number): Generator<readonly number[], undefined> {
  for (let day = Math.floor(from / DAY) * DAY; day < to; day += DAY) {
    if (!cron.fallsOn(day)) continue;
    const times = cron.times.map((time) => day + time).filter((time) => from <= time && time < to);
    if (times.length > 0) yield times;
  }
}

function slotsOf({ span, times, meant }: Day): Slot[] {
  return times.map((time) => ({
    instant: new Date(time - span.offset),
    local: wallText(time),
    offset: span.offsetText,
    note: meant === null ? (time < span.repeatsFrom ? null : 'twice') : 'skipped',
    meant: wallText(meant ?? time),
  }));
}

function wallText(time: number): string {
  return new Date(time).toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length);
}
