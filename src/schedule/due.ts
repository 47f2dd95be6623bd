import type { Cron } from './cron.js';
import { durationText } from './duration.js';
import { newestSlots, type Slot } from './slots.js';

/** What becomes of the slots that passed since a schedule was last looked at. */
export interface Due {
  /** The one that is to run now. */
  run: Slot | null;
  /** Those that are not, rising, with a reason for a person; the newest 50 of them. */
  skipped: { slot: Slot; reason: string }[];
  /** Of all that are not to run, also those before the newest 50. */
  skippedCount: number;
  /** The moment up to which every slot is decided; to be kept together with what was decided. */
  considered: Date;
}

const LISTED = 50;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A process that is at work is not always there to the minute. */
const ON_TIME = 5 * MINUTE;

/**
 * Decides about the slots since the last decision: the newest runs unless it is too late for it, the others do not.
 * With `run: 'once'`, too late is later than `maxHoursLate`; with `skip`, later than five minutes.
 *
 * @param zone - of the IANA database
 * @param considered - as the last decision gave it; null at the very first, which looks no further back than the minute it
 *   is made in. Where it is later than now, the clock was put back: nothing is decided until it has caught up.
 */
export function decideDue({
  cron,
  zone,
  missed,
  considered,
  now,
}: {
  cron: Cron;
  zone: string;
  missed: { run: 'once' | 'skip'; maxHoursLate: number };
  considered: Date | null;
  now: Date;
}): Due {
  if (considered !== null && now < considered) return { run: null, skipped: [], skippedCount: 0, considered };
  const after = considered ?? new Date(Math.floor(now.getTime() / MINUTE) * MINUTE - 1);
  const { slots, count } = newestSlots(cron, zone, after, now, LISTED + 1);
  const newest = slots.at(-1);
  if (newest === undefined) return { run: null, skipped: [], skippedCount: 0, considered: now };

  const tooLate = reasonAgainst(now.getTime() - newest.instant.getTime(), missed);
  const superseded = `superseded by the edition of ${newest.local.replace('T', ' ')}`;
  const skipped = [
    ...slots.slice(0, -1).map((slot) => ({ slot, reason: superseded })),
    ...(tooLate === null ? [] : [{ slot: newest, reason: tooLate }]),
  ];
  return {
    run: tooLate === null ? newest : null,
    skipped: skipped.slice(-LISTED),
    skippedCount: tooLate === null ? count - 1 : count,
    considered: now,
  };
}

function reasonAgainst(
  late: number,
  { run, maxHoursLate }: { run: 'once' | 'skip'; maxHoursLate: number },
): string | null {
  if (run === 'skip') {
    return late <= ON_TIME ? null : `${durationText(late)} late, and missed.run is "skip"`;
  }
  if (late <= Math.max(MINUTE, maxHoursLate * HOUR)) return null;
  return `${durationText(late)} late, more than missed.maxHoursLate: ${maxHoursLate} allows`;
}
