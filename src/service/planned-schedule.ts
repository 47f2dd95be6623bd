import type { Config } from '../config/schema.js';
import { type Audiences, assertOwner, audiencesOf } from '../editions/audiences.js';
import type { NewRun } from '../ledger/runs.js';
import { type Cron, parseCron } from '../schedule/cron.js';
import { asOfDay, type Slot, slotName } from '../schedule/slots.js';

/** A schedule of the configuration, checked and ready to run. */
export interface PlannedSchedule {
  id: string;
  cron: Cron;
  zone: string;
  missed: { run: 'once' | 'skip'; maxHoursLate: number };
  deadlineHours: number;
  audiences: Audiences;
}

/**
 * Checks every schedule: its times, its zone, its recipients and their filters.
 *
 * @throws ReportError (exit code 2) for the first one that cannot run, or where nobody would hear of failures
 */
export function planSchedules(config: Config): PlannedSchedule[] {
  const planned = config.schedules.map((schedule) => ({
    id: schedule.id,
    cron: parseCron(schedule.cron, schedule.id),
    zone: schedule.timezone ?? config.report.timezone,
    missed: schedule.missed,
    deadlineHours: schedule.deadlineHours,
    audiences: audiencesOf(config.filters, schedule),
  }));
  if (planned.length > 0) assertOwner(config);
  return planned;
}

const HOUR_MS = 3_600_000;

/**
 * The run of a slot, with its deadline. One that begins late gets as long as one in time.
 *
 * @param now - when it is opened
 */
export function runOf({ id, missed, deadlineHours }: PlannedSchedule, slot: Slot, now: Date): NewRun {
  const allowed = deadlineHours * HOUR_MS;
  const late = missed.run === 'once' ? missed.maxHoursLate * HOUR_MS : 0;
  const giveUp = new Date(Math.max(slot.instant.getTime(), now.getTime()) + allowed);
  return {
    schedule: id,
    slot: slotName(slot),
    due: slot.instant,
    asOf: asOfDay(slot),
    deadline: new Date(slot.instant.getTime() + allowed),
    giveUp,
    expires: new Date(Math.max(giveUp.getTime(), slot.instant.getTime() + late)),
  };
}
