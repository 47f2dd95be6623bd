import { Temporal } from 'temporal-polyfill';

/**
 * A time in which a zone keeps one offset, from one clock change to the next.
 * Instants are milliseconds since 1970 UTC; times on the wall clock are such milliseconds read as if in UTC.
 */
export interface ZoneSpan {
  /** First instant; −Infinity where no clock change came before. */
  start: number;
  /** First instant after it; Infinity where no clock change follows. */
  end: number;
  /** Milliseconds that the wall clock is ahead of UTC. */
  offset: number;
  /** The offset as "+05:30". */
  offsetText: string;
  /** Wall-clock time at which the span before ended: what is earlier was shown already. */
  shownUntil: number;
  /** Wall-clock time from which on the next span shows the same times again; not before the end's where it does not. */
  repeatsFrom: number;
}

/**
 * The spans of a zone in order, without end where its clock changes have none.
 *
 * @param zone - of the IANA database
 * @param from - an instant in the first span
 */
export function* zoneSpans(zone: string, from: number): Generator<ZoneSpan> {
  let at = zoned(zone, from);
  const begin = zoned(zone, from + 1).getTimeZoneTransition('previous');
  let start = begin?.epochMilliseconds ?? Number.NEGATIVE_INFINITY;
  let before = begin === null ? 0 : offsetOf(begin.subtract({ nanoseconds: 1 }));
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    const end = next?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
    const offset = offsetOf(at);
    yield {
      start,
      end,
      offset,
      offsetText: at.offset,
      shownUntil: start + before,
      repeatsFrom: end + (next === null ? 0 : offsetOf(next)),
    };
    if (next === null) return;
    [at, start, before] = [next, end, offset];
  }
}

/** The offset of a zone at an instant, as "+05:30". */
export function offsetAt(zone: string, instant: Date): string {
  return zoned(zone, instant.getTime()).offset;
}

function zoned(zone: string, instant: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
}

function offsetOf(time: Temporal.ZonedDateTime): number {
  return time.offsetNanoseconds / 1e6;
}
