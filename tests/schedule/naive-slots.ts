import { createTask } from 'node-cron';
import type { Slot } from '../../src/schedule/slots.js';

export const MINUTE = 60_000;

/** How far the walk goes beyond a window, on both sides: longer than any clock change. */
const MARGIN = 27 * 60 * MINUTE;

/** The slots of a window, found by looking at the clock on the wall in every minute. */
export function naiveSlots(expression: string, zone: string, after: number, until: number): Slot[] {
  const task = createTask(expression, () => {}, { timezone: 'UTC' });
  task.destroy();
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const wall = (instant: number) => Date.parse(`${format.format(instant).replace(' ', 'T')}Z`);
  const minutes = Array.from(
    { length: (until - after + 2 * MARGIN) / MINUTE },
    (_, index) => after - MARGIN + index * MINUTE,
  ).map((time) => ({ time, now: wall(time) }));
  const lastTime = new Map(minutes.map(({ time, now }) => [now, time]));

  const slots: Slot[] = [];
  let shown = (minutes[0]?.now ?? 0) - MINUTE;
  for (const { time, now } of minutes) {
    const candidates = [];
    for (let minute = shown + MINUTE; minute <= now; minute += MINUTE) candidates.push(minute);
    shown = Math.max(shown, now);
    if (time <= after || time > until) continue;
    const meant = candidates.find((minute) => task.match(new Date(minute)));
    if (meant === undefined) continue;
    const comesAgain = (lastTime.get(now) ?? time) > time;
    slots.push({
      instant: new Date(time),
      local: text(now),
      offset: offsetText(now - time),
      note: meant < now ? 'skipped' : comesAgain ? 'twice' : null,
      meant: text(meant),
    });
  }
  return slots;
}

function text(wall: number): string {
  return new Date(wall).toISOString().slice(0, 16);
}

function offsetText(offset: number): string {
  const minutes = Math.abs(offset) / MINUTE;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
